"""How much of a ground is within its promised minutes of a free crew: now, at an earlier hour, or with one gone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
import shapely
from django.db.models import Q
from shapely.geometry import shape

from shouwang.dispatch.board import OPEN_STATES
from shouwang.dispatch.homes import demand_of
from shouwang.dispatch.models import Assignment
from shouwang.dispatch.rapid import Rapid, rapid_of
from shouwang.duty.models import Availability, Shift
from shouwang.people.access import reaches
from shouwang.places.models import Area, AreaVersion
from shouwang.places.models.area import Layer, Tier
from shouwang.places.roads import roads_at
from shouwang.solvers.covering import Covered, Demand, Point, Stand, covered_by_any
from shouwang.solvers.nearest import Box
from shouwang.solvers.roads import RoadGraph
from shouwang.tracking.models import Fix, LastFix
from shouwang.tracking.staleness import Staleness, staleness

NEWEST_WITHIN = dt.timedelta(minutes=5)  # an earlier hour: the last fix before it, no older than this
HOURS = 24


class FreeCrew(NamedTuple):
    """A crew that could be sent, and where it stands or stood."""

    unit: UUID
    name: str
    form: str
    of_station: bool
    at: Point

    def stand(self, rapid: Rapid) -> Stand:
        return Stand(self.at, rapid.unit_s(self.form, self.of_station))


@dataclass(frozen=True)
class Cover:
    """Homes and named places of a ground, and how many of them are reached in time by `crews` free crews."""

    homes: int = 0
    homes_in: int = 0
    places: int = 0
    places_in: int = 0
    crews: int = 0

    @property
    def share(self) -> float | None:
        return self.homes_in / self.homes if self.homes else None

    @property
    def percent(self) -> str:
        return "" if self.share is None else f"{self.share:.0%}"

    def less(self, other: Cover) -> int:
        """Homes that this one reaches and `other` does not."""
        return self.homes_in - other.homes_in


@dataclass(frozen=True)
class Own:
    """A ground with what it was promised: the road graph, its places, and the rule."""

    graph: RoadGraph
    demand: Demand
    rapid: Rapid

    def cover(self, crews: Sequence[FreeCrew]) -> Cover:
        return self.counted(self.reached(crews), len(crews))

    def reached(self, crews: Sequence[FreeCrew]) -> Covered:
        return covered_by_any(self.graph, self.demand, [one.stand(self.rapid) for one in crews])

    def counted(self, reached: Covered, crews: int) -> Cover:
        homes, named = self.demand.homes, self.demand.homes == 0
        return Cover(round(homes.sum()), round(homes[reached].sum()), int(named.sum()), int((named & reached).sum()),
                     crews)  # fmt: skip


def own_ground(area: Area, at: dt.datetime) -> Own | None:
    """None before roads and addresses were loaded, or without a border."""
    (load, graph), rapid = roads_at(at), rapid_of(area.duty_path, at)
    version = AreaVersion.objects.in_force_at(at).filter(area=area, layer=Layer.DUTY).first()
    if load is None or graph is None or version is None or not version.boundary:
        return None
    demand = demand_of(load, rapid, at)
    inside = shapely.contains_xy(shape(version.boundary), graph.lon[demand.nodes], graph.lat[demand.nodes])
    own = np.flatnonzero(inside)
    return Own(graph, Demand(demand.nodes[own], demand.homes[own], demand.limit_s[own]), rapid) if len(own) else None


def free_crews(paths: Sequence[str], at: dt.datetime, box: Box | None = None) -> list[FreeCrew]:
    """Who could be sent now from the ground of `paths`: on shift, not away, on nothing, its place known, in `box`."""
    shifts = Shift.objects.filter(reaches(paths, "unit__"), during__contains=at, availability=Availability.FREE)
    busy = Assignment.objects.filter(state__in=OPEN_STATES)
    near = LastFix.objects.filter(reaches(paths))
    if box is not None:
        west, south, east, north = box
        near = near.filter(lon__range=(west, east), lat__range=(south, north))
        booths = Q(unit__lon__range=(west, east), unit__lat__range=(south, north))
        shifts = shifts.filter(Q(unit__in=near.values("unit")) | booths)
    rows = _rows(shifts.exclude(pk__in=busy.values("shift")))
    newest: Any = near.values_list("shift", "at", "lon", "lat")
    fixes = {shift: (seen_at, (lon, lat)) for shift, seen_at, lon, lat in newest}
    found = []
    for unit, shift, name, form, tier, lon, lat, every_s in rows:
        seen_at, place = fixes.get(shift, (None, None))
        if lon is not None and lat is not None:
            place = (lon, lat)
        elif staleness(seen_at, at, every_s) is Staleness.HOLLOW:
            place = None
        if place is not None:
            found.append(FreeCrew(unit, name, form, tier == Tier.STATION, place))
    return sorted(found, key=lambda one: one.name)


def free_crews_then(paths: Iterable[str], then: dt.datetime) -> list[FreeCrew]:
    """The same for an earlier moment, from the fixes that are still kept. Who was away then is not known any more."""
    shifts = Shift.objects.filter(reaches(paths, "unit__"), during__contains=then)
    on_task = Assignment.objects.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=then), sent_at__lte=then)
    rows = _rows(shifts.exclude(pk__in=on_task.values("shift")))
    fixes = Fix.objects.filter(
        unit__in=[row[0] for row in rows], at__gt=then - NEWEST_WITHIN, at__lte=then, late=False
    ).order_by("at")
    places = {shift: (lon, lat) for shift, lon, lat in fixes.values_list("shift", "lon", "lat")}
    found = []
    for unit, shift, name, form, tier, lon, lat, _every_s in rows:
        place = (lon, lat) if lon is not None and lat is not None else places.get(shift)
        if place is not None:
            found.append(FreeCrew(unit, name, form, tier == Tier.STATION, place))
    return found


def _rows(shifts: Any) -> list[Any]:
    return list(shifts.values_list(
        "unit", "pk", "unit__name", "unit__form", "unit__home__tier", "unit__lon", "unit__lat", "unit__report_every_s"
    ))  # fmt: skip


@dataclass(frozen=True)
class IfSent:
    """One free crew, and the cover that is left when it goes."""

    crew: FreeCrew
    left: Cover
    homes: int


def if_sent(own: Own, crews: Sequence[FreeCrew], now: Cover) -> list[IfSent]:
    """For each free crew what is left without it, the dearest first."""
    left = [(one, own.cover([other for other in crews if other is not one])) for one in crews]
    return sorted((IfSent(one, replace(cover), now.less(cover)) for one, cover in left), key=lambda one: -one.homes)


def by_hour(own: Own, paths: Iterable[str], at: dt.datetime) -> list[tuple[dt.datetime, Cover]]:
    """The cover at each of the last 24 full hours, the earliest first; hours without any known crew have none."""
    hour, paths = at.replace(minute=0, second=0, microsecond=0), tuple(paths)
    whole = [hour - dt.timedelta(hours=n) for n in reversed(range(HOURS))]
    return [(then, own.cover(free_crews_then(paths, then))) for then in whole]
