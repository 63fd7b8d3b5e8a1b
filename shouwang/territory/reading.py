"""What a page shows of a cut: its areas, its faults, how evenly it divides, and a picture."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import Q
from shapely.geometry import shape

from shouwang.core.actor import Actor
from shouwang.journal.models import Entry
from shouwang.people.access import reaches, spans
from shouwang.people.models import Person
from shouwang.people.verbs import Verb
from shouwang.places.models import AreaVersion
from shouwang.places.models.area import Status, Tier
from shouwang.territory.cuts import ANSWERING, DRAWN_BY, Cut, CutNotFound, faults_of_cut
from shouwang.territory.tiling import Fault

SHOWN = 50
PICTURE = 640.0  # units across


@dataclass(frozen=True)
class Shown:
    """A cut as a page shows it. `spread` is the largest share of households against the middle one (S-GRD-007).

    rows      each area as it will be, with the name it has until then
    renames   it was begun as another name and moves no border
    """

    cut: Cut
    rows: list[tuple[AreaVersion, str]]
    ended: list[AreaVersion]
    drawn_by: str
    drawn_at: dt.datetime | None
    faults: list[Fault]
    spread: float | None
    picture: dict[str, Any]
    renames: bool


def visible_cuts(by: Actor, at: dt.datetime) -> list[Cut]:
    """The newest cuts of the ground that `by` may see."""
    paths = spans(by, Verb.AREA_READ, at)
    rows = AreaVersion.objects.filter(cut__isnull=False).filter(reaches(paths, "area__") | reaches(paths, "parent__"))
    keys = [key for key in rows.order_by("-cut").values_list("cut", flat=True).distinct()[:SHOWN] if key]
    found: dict[UUID, list[AreaVersion]] = {key: [] for key in keys}
    for one in AreaVersion.objects.filter(cut__in=keys).select_related("area", "parent").order_by("ordinal"):
        if one.cut:
            found[one.cut].append(one)
    return [Cut(key, tuple(versions)) for key, versions in found.items()]


def show_cut(key: UUID, by: Actor, at: dt.datetime) -> Shown:
    """Raises CutNotFound when there is none on the ground that `by` may see."""
    paths = spans(by, Verb.AREA_READ, at)
    rows = AreaVersion.objects.filter(cut=key).filter(reaches(paths, "area__") | reaches(paths, "parent__"))
    if not rows.exists():
        raise CutNotFound
    versions = AreaVersion.objects.filter(cut=key).select_related("area", "parent")
    cut = Cut(key, tuple(versions.order_by("parent__number", "ordinal")))
    once = {(one.area_id, one.during.isempty): one for one in cut.versions}
    shown = [one for one in once.values() if not one.during.isempty]
    entry = Entry.objects.filter(verb__in=DRAWN_BY, subject=key).first()
    drawer = Person.objects.filter(pk=entry.person).first() if entry and entry.person else None
    open_yet = cut.status in (Status.DRAFT, Status.CHECKED, Status.APPROVED)
    sizes = [one.households for one in shown if one.area.tier == Tier.GRID and one.households]
    faults = faults_of_cut(cut, at) if open_yet else []
    former = _called_before(cut, open_yet)
    return Shown(
        cut, [(one, former.get(one.area_id, one.name)) for one in shown],
        [one for one in once.values() if one.during.isempty], drawer.name if drawer else "",
        entry.at if entry else None, faults, round(max(sizes) / median(sizes), 2) if sizes else None,
        picture_of(shown, faults, at), entry is not None and entry.verb == "area.rename",
    )  # fmt: skip


def _called_before(cut: Cut, open_yet: bool) -> dict[UUID, str]:
    """What each area is called until the cut is in force, or was until then."""
    starts = {one.area_id: one.during.lower for one in cut.drawn}
    rows = AreaVersion.objects.filter(
        area__in=starts, layer__in=ANSWERING, status__in=[Status.IN_FORCE, Status.SUPERSEDED], during__isempty=False
    ).exclude(cut=cut.key)
    return {
        one.area_id: one.name
        for one in rows
        if (one.during.upper is None if open_yet else one.during.upper == starts[one.area_id])
    }


def picture_of(drawn: list[AreaVersion], faults: list[Fault], at: dt.datetime) -> dict[str, Any]:
    """Paths for an SVG: the new borders with their names, the ones of today under them, and what is wrong."""
    shapes = [shape(one.boundary) for one in drawn]
    if not shapes:
        return {}
    west, south = min(one.bounds[0] for one in shapes), min(one.bounds[1] for one in shapes)
    east, north = max(one.bounds[2] for one in shapes), max(one.bounds[3] for one in shapes)
    middle = shape(drawn[0].boundary).centroid.y
    across = PICTURE / max(east - west, 1e-9)
    up = across / max(math.cos(math.radians(middle)), 0.01)

    def place(lon: float, lat: float) -> tuple[float, float]:
        return round((lon - west) * across, 1), round((north - lat) * up, 1)

    def path(geometry: Any) -> str:
        rings = [
            ring
            for polygon in getattr(geometry, "geoms", [geometry])
            for ring in (polygon.exterior, *polygon.interiors)
        ]
        return " ".join(
            "M" + " L".join(f"{x} {y}" for x, y in (place(*corner[:2]) for corner in ring.coords)) + " Z"
            for ring in rings
        )

    areas = Q(area__in=[one.area_id for one in drawn]) | Q(parent__in=[one.parent_id for one in drawn])
    today = AreaVersion.objects.in_force_at(at).filter(areas, layer__in={one.layer for one in drawn})
    leaves = [one for one in drawn if one.area_id not in {other.parent_id for other in drawn}]
    labels = [(*place(*_inside(one)), one.name) for one in leaves]
    return {
        "width": PICTURE, "height": round((north - south) * up, 1), "labels": labels,
        "new": [path(shape(one.boundary)) for one in drawn],
        "old": sorted({path(shape(one.boundary)) for one in today}),
        "faults": [path(shape(one.outline)) for one in faults if one.outline],
    }  # fmt: skip


def _inside(one: AreaVersion) -> tuple[float, float]:
    point = shape(one.boundary).representative_point()
    return point.x, point.y
