"""The grids of an earlier day, and its figures on the grids of today."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from shapely.geometry import Point, shape

from shouwang.core.actor import Actor
from shouwang.core.clock import SHANGHAI
from shouwang.matters.models import Matter
from shouwang.places.models import Area, AreaVersion
from shouwang.places.models.area import Layer
from shouwang.territory.history import Now, Then, grids_at, held_then, place_then, shared_out

YEAR = dt.timedelta(days=365)
MEASURES = ("households", "calls")


@dataclass(frozen=True)
class Past:
    """`same`: nothing was cut since, so that figures of then are figures of now."""

    on: dt.date
    then: list[Then]
    now: list[Now]
    same: bool


@dataclass(frozen=True)
class WhoseThen:
    """The grid a matter lay in when it was opened, and who held it."""

    name: str
    holder: str


def past_of(community: Area, on: dt.date, by: Actor, at: dt.datetime) -> Past:
    """The grids of noon of that day; calls are those of the year before it that `by` may see."""
    noon = dt.datetime.combine(on, dt.time(12), SHANGHAI)
    old, new = grids_at(community, noon), grids_at(community, at)
    holders = held_then(old, noon)
    calls = _calls(community, old, noon, by, at)
    then = [
        Then(one, holders.get(one.area_id, ""), {"households": one.households, "calls": calls[one.area.code]})
        for one in old
    ]
    before, after = ({one.area.code: one.boundary for one in rows} for rows in (old, new))
    shared = {
        measure: shared_out({one.version.area.code: one.figures[measure] for one in then}, before, after)
        for measure in MEASURES
    }
    now = [Now(one, {measure: shared[measure][one.area.code] for measure in MEASURES}) for one in new]
    return Past(on, then, now, before == after)


def whose_then(matter: Matter) -> WhoseThen | None:
    """None where the matter still lies in the grid it was opened in, called as it was."""
    if matter.lon is None or matter.lat is None or _never_cut_since(matter):
        return None
    version = place_then(matter.lon, matter.lat, matter.opened_at)
    if version is None or (version.area_id == matter.area_id and version.name == version.area.name):
        return None
    return WhoseThen(version.name, held_then([version], matter.opened_at).get(version.area_id, ""))


def _never_cut_since(matter: Matter) -> bool:
    """The version its area had then is in force to this day, and so is its border."""
    then = AreaVersion.objects.in_force_at(matter.opened_at).filter(area=matter.area_id, layer=Layer.DUTY)
    return then.filter(during__upper_inf=True, name=F("area__name")).exists()


def _calls(
    community: Area, grids: list[AreaVersion], noon: dt.datetime, by: Actor, at: dt.datetime
) -> dict[str, int]:  # fmt: skip
    shapes: dict[str, Any] = {one.area.code: shape(one.boundary) for one in grids}
    counts = dict.fromkeys(shapes, 0)
    rows = Matter.objects.visible_to(by, at).filter(
        duty_path__startswith=community.duty_path, opened_at__gt=noon - YEAR, opened_at__lte=noon, lon__isnull=False
    )
    for lon, lat in rows.values_list("lon", "lat"):
        code = next((code for code, ground in shapes.items() if ground.covers(Point(lon or 0.0, lat or 0.0))), None)
        if code:
            counts[code] += 1
    return counts
