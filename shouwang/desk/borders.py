"""The page where borders are drawn: a drawing and an act become the next drawing, its faults and its worksheet."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.people.access import NotVisible, reaches, spans
from shouwang.people.verbs import Verb
from shouwang.places.models import Area
from shouwang.places.models.area import Tier
from shouwang.planning.reading import NoGround
from shouwang.planning.showing import path_of, scale_of
from shouwang.planning.worksheet import Worksheet, worksheet
from shouwang.territory import shaping
from shouwang.territory.corners import Cell, Corner, Plane, corners_of, rounded
from shouwang.territory.drawing import CHILD
from shouwang.territory.editing import (
    Around,
    around,
    called,
    cells_of_draft,
    drawing_of,
    faults_of_cells,
    read_cells,
    retied,
)
from shouwang.territory.tiling import Fault

MOST_LISTED = 400  # corners of one area offered in the list; the map and typed places reach the others
NUDGE_M = 1.0
NUDGES = {"north": (0, NUDGE_M), "south": (0, -NUDGE_M), "west": (-NUDGE_M, 0), "east": (NUDGE_M, 0)}
_PLACE = re.compile(r"^\s*(-?\d{1,3}(?:\.\d+)?)\s*[,，\s]\s*(-?\d{1,2}(?:\.\d+)?)\s*$")


class NotAPlace(Problem):
    code, status = "desk.not_a_place", 422
    says = _("“{said}” is no place. Give longitude and latitude with a comma between them.")


@dataclass(frozen=True)
class Row:
    """One area of the drawing as it is listed."""

    number: int
    name: str
    code: str
    work: Any
    share: int  # of the largest, in hundredths


@dataclass
class Drawing:
    """What is being drawn, and what was chosen last: an area by its number, a corner by its place."""

    area: Area
    ground: Around
    cells: list[Cell]
    cut: UUID | None = None
    chosen: int = 0
    corner: Corner | None = None
    sheet: Worksheet | None = None
    faults: list[Fault] = field(default_factory=list)

    @property
    def text(self) -> str:
        return json.dumps(drawing_of(self.cells, self.area), separators=(",", ":"))

    @property
    def names(self) -> list[str]:
        return called(self.cells)

    @property
    def faults_text(self) -> str:
        """GeoJSON for the map."""
        found = [
            {"type": "Feature", "geometry": one.outline, "properties": {"number": n}}
            for n, one in enumerate(self.faults, start=1)
            if one.outline
        ]
        return json.dumps({"type": "FeatureCollection", "features": found}, separators=(",", ":"))

    @property
    def rows(self) -> list[Row]:
        work = self.sheet.rows if self.sheet else [None] * len(self.cells)
        sizes = [cell.households for cell in self.cells]
        largest = max(sizes, default=0) or 1
        return [
            Row(n, name, cell.code, work[n], round(100 * cell.households / largest))
            for n, (name, cell) in enumerate(zip(self.names, self.cells, strict=True))
        ]

    @property
    def corner_words(self) -> str:
        return place(self.corner) if self.corner else ""

    @property
    def chosen_name(self) -> str:
        return self.cells[self.chosen].title if 0 <= self.chosen < len(self.cells) else ""

    @property
    def moved(self) -> list[dict[str, Any]]:
        """Who changes area, in words."""
        today = {cell.code: cell.title for cell in self.ground.today}
        return [
            {"was": today.get(one.was, one.was),
             "becomes": f"{one.becomes + 1} {self.cells[one.becomes].title}".strip(), "households": one.households,
             "labels": "、".join(one.labels)}
            for one in (self.sheet.moved if self.sheet else ())
        ]  # fmt: skip

    @property
    def picture(self) -> dict[str, Any]:
        """The drawing for a page without a map: paths, and a number in each area."""
        if not self.cells:
            return {}
        scale, (width, height) = scale_of([cell.boundary for cell in self.cells])
        inside = [cell.shape.representative_point() for cell in self.cells]
        labels = [(*scale(point.x, point.y), n) for n, point in enumerate(inside, start=1)]
        paths = [path_of(cell.shape, scale) for cell in self.cells]
        return {"width": width, "height": height, "labels": labels, "paths": paths}

    @property
    def corners(self) -> list[tuple[str, str]]:
        """Corners of the chosen area: the place, and who shares it."""
        if not 0 <= self.chosen < len(self.cells):
            return []
        own = corners_of([self.cells[self.chosen]])[:MOST_LISTED]
        shared: dict[Corner, list[str]] = {corner: [] for corner in own}
        for n, cell in enumerate(self.cells):
            if n != self.chosen:
                for corner in set(corners_of([cell])) & shared.keys():
                    shared[corner].append(self.names[n])
        return [(place(corner), "、".join(shared[corner])) for corner in own]


def area_to_draw(code: str, by: Actor, at: dt.datetime) -> Area:
    """Raises NotVisible."""
    tiers = [*CHILD, Tier.STATION]
    found = Area.objects.filter(reaches(spans(by, Verb.AREA_DRAW, at)), code=code, tier__in=tiers).first()
    if found is None:
        raise NotVisible
    return found


def begin(area: Area, cut: UUID | None, *, by: Actor, at: dt.datetime) -> Drawing:
    """Today's borders, those of a draft, or all of the ground as one new area where nothing is drawn yet."""
    ground = around(area, at)
    cells = cells_of_draft(cut, area, by=by, at=at) if cut else list(ground.today)
    if not cells and ground.border is not None:
        cells = [Cell(ground.border.polygons)]
    return looked_over(Drawing(area, ground, retied(cells, ground), cut), at)


def go_on(area: Area, told: Mapping[str, str], at: dt.datetime) -> Drawing:
    """The drawing as it came back with the form. Raises DrawingUnreadable"""
    drawing = Drawing(area, around(area, at), read_cells(told.get("drawing", "")), _uuid(told.get("cut", "")))
    drawing.chosen = min(_number(told.get("chosen", "")), len(drawing.cells) - 1)
    drawing.corner = _place(told["corner"]) if told.get("corner") else None
    return drawing


def looked_over(drawing: Drawing, at: dt.datetime) -> Drawing:
    """With its faults and its worksheet; households are counted anew where anybody is known to live."""
    drawing.faults = faults_of_cells(drawing.cells, drawing.ground)
    today = {cell.code: cell.shape for cell in drawing.ground.today}
    try:
        sheet = worksheet(
            drawing.area, [cell.shape for cell in drawing.cells], [cell.code for cell in drawing.cells], today, at
        )
    except NoGround:
        return drawing
    if sheet.counted:
        drawing.sheet = sheet
        drawing.cells = [
            replace(cell, households=row.households) for cell, row in zip(drawing.cells, sheet.rows, strict=True)
        ]
    return drawing


def change(drawing: Drawing, act: str, told: Mapping[str, str]) -> Drawing:
    """One act on the drawing. Raises NotAPlace and whatever stops the act; KeyError for an act there is none of."""
    return ACTS[act](drawing, told)


def _look(drawing: Drawing, _told: Mapping[str, str]) -> Drawing:
    return drawing


def _move(drawing: Drawing, told: Mapping[str, str]) -> Drawing:
    was, to = _place(told.get("corner", "")), _place(told.get("to", ""))
    cells = shaping.move_corner(drawing.cells, was, to, drawing.ground.within)
    plane = Plane(to[1])
    nearest = min(corners_of(cells), key=lambda one: plane.apart(one, to))
    return replace(drawing, cells=cells, corner=nearest)


def _nudge(drawing: Drawing, told: Mapping[str, str]) -> Drawing:
    lon, lat = _place(told.get("corner", ""))
    x, y = NUDGES.get(told.get("nudge", ""), (0.0, 0.0))
    across, up = Plane(lat).scale
    to = rounded((lon + x / across, lat + y / up))
    moved = [cell.reshaped(lambda ring: (to if one == (lon, lat) else one for one in ring)) for cell in drawing.cells]
    return replace(drawing, cells=moved, corner=to)


def _add(drawing: Drawing, told: Mapping[str, str]) -> Drawing:
    cells, corner = shaping.add_corner(drawing.cells, _place(told.get("near", "")))
    return replace(drawing, cells=cells, corner=corner)


def _add_typed(drawing: Drawing, told: Mapping[str, str]) -> Drawing:
    return _add(drawing, {"near": told.get("to", "")})


def _remove(drawing: Drawing, told: Mapping[str, str]) -> Drawing:
    return replace(drawing, cells=shaping.remove_corner(drawing.cells, _place(told.get("corner", ""))), corner=None)


def _split(drawing: Drawing, told: Mapping[str, str]) -> Drawing:
    cells = shaping.split(drawing.cells, drawing.chosen, places_of(told.get("line", "")))
    return replace(drawing, cells=retied(cells, drawing.ground), corner=None)


def _draw(drawing: Drawing, told: Mapping[str, str]) -> Drawing:
    cells = shaping.draw(drawing.cells, places_of(told.get("line", "")), drawing.ground.within)
    return replace(drawing, cells=cells, chosen=len(cells) - 1, corner=None)


def _merge(drawing: Drawing, told: Mapping[str, str]) -> Drawing:
    other = _number(told.get("other", ""), -1)
    cells = shaping.merge(drawing.cells, drawing.chosen, other)
    return replace(drawing, cells=cells, chosen=drawing.chosen - (other < drawing.chosen), corner=None)


def _name(drawing: Drawing, told: Mapping[str, str]) -> Drawing:
    return replace(drawing, cells=shaping.name(drawing.cells, drawing.chosen, told.get("title", "")))


def _bring(drawing: Drawing, told: Mapping[str, str]) -> Drawing:
    cells = read_cells(told.get("brought", ""))
    return replace(drawing, cells=retied(cells, drawing.ground), chosen=0, corner=None)


Act = Callable[[Drawing, Mapping[str, str]], Drawing]
ACTS: dict[str, Act] = {
    "look": _look, "move": _move, "nudge": _nudge, "add": _add, "add_typed": _add_typed, "remove": _remove,
    "split": _split, "draw": _draw, "merge": _merge, "name": _name, "bring": _bring,
}  # fmt: skip


def place(corner: Corner) -> str:
    return f"{corner[0]:.7f}, {corner[1]:.7f}"


def _place(said: str) -> Corner:
    found = _PLACE.match(said)
    if found is None or not (abs(float(found[1])) <= 180 and abs(float(found[2])) <= 90):
        raise NotAPlace(said=said[:40])
    return rounded((float(found[1]), float(found[2])))


def places_of(said: str) -> Sequence[Corner]:
    return [_place(line) for line in said.splitlines()[:200] if line.strip()]


def _number(said: str, otherwise: int = 0) -> int:
    return int(said) if said.isdecimal() and len(said) < 5 else otherwise


def _uuid(said: str) -> UUID | None:
    try:
        return UUID(said) if said else None
    except ValueError:
        return None
