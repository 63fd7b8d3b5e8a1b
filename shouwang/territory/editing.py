"""A drawing on the way to a draft: taken from today's borders or from a draft, read back, looked over, laid down."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shouwang.core.actor import Actor
from shouwang.people.access import require
from shouwang.people.verbs import Verb
from shouwang.places.models import Area, AreaVersion
from shouwang.places.models.area import Layer, Status, Tier
from shouwang.territory.corners import Cell, polygons_from, tied
from shouwang.territory.cuts import ANSWERING, Cut, CutMovedOn, load_cut
from shouwang.territory.drawing import draw_cut
from shouwang.territory.files import MOST_PIECES, DrawingUnreadable, read_drawing
from shouwang.territory.tiling import Fault, Kind, faults_of

MOST_CORNERS = 20_000
OPEN = (Status.DRAFT, Status.CHECKED)


@dataclass(frozen=True)
class Around:
    """What a drawing lies in and stands beside: the area, its border, its children today, points that must stay in."""

    area: Area
    border: Cell | None
    today: list[Cell]
    points: dict[str, list[tuple[str, dict[str, Any]]]]  # by the code of a child: its own children

    @property
    def within(self) -> list[Cell]:
        return [self.border] if self.border else []


def around(area: Area, at: dt.datetime) -> Around:
    rows = list(AreaVersion.objects.in_force_at(at).filter(layer__in=ANSWERING, area=area))
    children = _once(AreaVersion.objects.in_force_at(at).filter(layer__in=ANSWERING, parent=area))
    below = _once(
        AreaVersion.objects.in_force_at(at).filter(layer__in=ANSWERING, parent__in=[c.area for c in children])
    )
    points: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for one in below:
        if one.parent is not None and one.area.tier == Tier.GRID_POINT:
            points.setdefault(one.parent.code, []).append((one.name, one.boundary))
    border = Cell(polygons_from(rows[0].boundary), area.code, area.name) if rows and rows[0].boundary else None
    return Around(area, border, [_cell(one) for one in children], points)


def cells_of_draft(key: UUID, area: Area, *, by: Actor, at: dt.datetime) -> list[Cell]:
    """The areas that a draft lays under `area`. Raises CutNotFound, NotAllowed, NotVisible, CutMovedOn"""
    cut = load_cut(key, by=by, at=at, verb=Verb.AREA_DRAW)
    if cut.status not in OPEN:
        raise CutMovedOn(state=cut.status.label)
    rows = {one.area_id: one for one in cut.drawn if one.parent_id == area.pk}
    return [_cell(one) for one in rows.values()]


def drawing_of(cells: Sequence[Cell], area: Area) -> dict[str, Any]:
    """GeoJSON, in the form that `read_cells` and `read_drawing` take."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature", "geometry": cell.boundary,
                "properties": {
                    "parent": area.code, "code": cell.code, "title": cell.title, "households": cell.households,
                },
            }
            for cell in cells
        ],
    }  # fmt: skip


def read_cells(text: str) -> list[Cell]:
    """The cells of a drawing, as they are edited. Raises DrawingUnreadable"""
    try:
        features = json.loads(text)["features"]
        cells = [
            Cell(
                polygons_from(one["geometry"]), str(one["properties"].get("code") or "")[:24],
                str(one["properties"].get("title") or "")[:80], max(int(one["properties"].get("households") or 0), 0),
            )
            for one in features
        ]  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OverflowError):
        raise DrawingUnreadable(field="file", most=MOST_PIECES) from None
    corners = sum(len(ring) for cell in cells for ring in cell.rings)
    if not 0 < len(cells) <= MOST_PIECES or corners > MOST_CORNERS or not all(cell.polygons for cell in cells):
        raise DrawingUnreadable(field="file", most=MOST_PIECES)
    return cells


def faults_of_cells(cells: Sequence[Cell], ground: Around) -> list[Fault]:
    """What would stop this drawing as a draft: it does not tile, or leaves a grid point outside its grid."""
    if ground.border is None:
        return []
    names = called(cells)
    found = faults_of(ground.border.boundary, {n: cell.boundary for n, cell in zip(names, cells, strict=True)})
    for cell in cells:
        points = dict(ground.points.get(cell.code, ()))
        found += [one for one in faults_of(cell.boundary, points) if one.kind == Kind.OUTSIDE] if points else []
    return found


def called(cells: Sequence[Cell]) -> list[str]:
    """A name for each, no two alike: a new area has none yet and goes by its number."""
    names: list[str] = []
    for number, cell in enumerate(cells, start=1):
        names.append(cell.title if cell.title and cell.title not in names else f"{cell.title}+{number}")
    return names


def lay_down(
    cells: Sequence[Cell], area: Area, *, instead_of: UUID | None = None, by: Actor, at: dt.datetime
) -> Cut:  # fmt: skip
    """The drawing as a draft; `instead_of` an earlier one, which is kept as superseded.

    Raises  as `draw_cut`; DrawingUnreadable, PieceUnclear, CutNotFound, CutMovedOn
    """
    require(by, Verb.AREA_DRAW, area, at)
    pieces = read_drawing(json.dumps(drawing_of(cells, area)).encode())
    return draw_cut(pieces, instead_of=instead_of, by=by, at=at)


def retied(cells: Sequence[Cell], ground: Around) -> list[Cell]:
    """As the cells are edited: shared borders with shared corners, and with those of what they lie in."""
    return tied(cells, ground.within)


def _once(rows: Any) -> list[AreaVersion]:
    """One version of each area, duty before government."""
    found: dict[UUID, AreaVersion] = {}
    for one in rows.select_related("area", "parent").order_by("ordinal", "area__number"):
        if one.area_id not in found or one.layer == Layer.DUTY:
            found[one.area_id] = one
    return list(found.values())


def _cell(one: AreaVersion) -> Cell:
    return Cell(polygons_from(one.boundary), one.area.code, one.name, one.households)
