"""The board of a station or of the county: for each part of its ground what waits, who can go, and what is late.

Of areas and crews, never of persons: who leads is named, nobody is counted. A fixed number of questions, however many
parts there are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import shapely
from django.db.models import Q
from shapely.geometry import shape

from shouwang.core.actor import Actor
from shouwang.core.clock import SHANGHAI
from shouwang.desk.board import Filters, rows_by_path
from shouwang.desk.directives import Filters as Directives
from shouwang.dispatch.board import OPEN_STATES
from shouwang.dispatch.compliance import served_calls
from shouwang.dispatch.coverage import free_crews, own_ground
from shouwang.dispatch.models import Assignment
from shouwang.dispatch.rapid import rapids_below
from shouwang.duty.models import Availability, Shift, Watch
from shouwang.matters.models import Matter
from shouwang.people.access import reaches, spans, within
from shouwang.people.models import Post
from shouwang.people.verbs import Verb
from shouwang.places.models import Area, AreaVersion
from shouwang.places.models.area import Layer
from shouwang.tracking.models import LastFix

LEADERS = ("duty_lead", "station_head", "community_officer")  # who is named, the first of these that is there
MOST_PARTS = 60


@dataclass(frozen=True)
class Share:
    """So many of so many; nothing to say of none."""

    n: int = 0
    of: int = 0

    @property
    def percent(self) -> str:
        return f"{self.n / self.of:.0%}" if self.of else "—"


@dataclass(frozen=True)
class Line:
    """One part of the ground. `opens`: it has parts of its own, and so a board.

    unsent, first, over   of the `open` calls: nobody is sent, life is in danger, a clock ran over
    free, busy, away      crews on shift: those of this ground, in a part of their ground those that are there now
    in_time               calls of today that were reached in the promised minutes
    homes                 of those that have a free crew in the promised minutes
    """

    area: Area
    opens: bool
    leads: str
    open: int
    unsent: int
    first: int
    over: int
    free: int
    busy: int
    away: int
    in_time: Share
    homes: Share
    directives: int
    late: int


@dataclass(frozen=True)
class Board:
    area: Area
    above: Area | None
    whole: Line
    parts: list[Line]


def board_of(area: Area, by: Actor, at: dt.datetime) -> Board:
    """The ground of `area` as a whole, and each part right below it."""
    versions = AreaVersion.objects.in_force_at(at).filter(layer=Layer.DUTY)
    near = versions.filter(Q(area=area) | Q(parent=area)).select_related("area").order_by("ordinal", "name")
    found = sorted(near[: MOST_PARTS + 1], key=lambda one: one.area_id != area.pk)
    areas = [area, *(one.area for one in found if one.area_id != area.pk)]
    borders = {one.area_id: shape(one.boundary) for one in found if one.boundary}
    deeper = set(versions.filter(parent__in=areas).values_list("parent", flat=True))
    lines = _lines(areas, borders, deeper, by, at)
    return Board(area, _above(area, by, at), lines[0], lines[1:])


def _above(area: Area, by: Actor, at: dt.datetime) -> Area | None:
    """The board one level up, if it is the reader's too."""
    over = AreaVersion.objects.in_force_at(at).filter(layer=Layer.DUTY, area=area).values("parent")
    return Area.objects.filter(within(spans(by, Verb.UNIT_TRACK, at)), pk__in=over).first()


def _lines(
    areas: Sequence[Area], borders: Mapping[UUID, Any], deeper: Collection[UUID], by: Actor, at: dt.datetime
) -> list[Line]:
    path = areas[0].duty_path
    calls = rows_by_path(by, at, Filters(area=path))
    crews = _crews(path, by, at)
    served = _served(path, by, at)
    homes = _homes(areas[0], borders, by, at)
    asked = Directives(show="open").of(by, at).filter(duty_path__startswith=path).values_list("pk", "duty_path")
    late = set(Directives(show="late").of(by, at).filter(duty_path__startswith=path).values_list("pk", flat=True))
    directives, leads = list(asked), _leads(areas, at)
    found = []
    for area in areas:
        own = [row for where, row in calls if where.startswith(area.duty_path)]
        standing = [crew.state for crew in crews if crew.counts_in(area, borders.get(area.pk))]
        times = [in_time for where, in_time in served if where.startswith(area.duty_path)]
        told = [pk for pk, where in directives if where.startswith(area.duty_path)]
        found.append(Line(
            area, area.pk in deeper, leads.get(area.pk, ""), len(own), sum(row.status == "new" for row in own),
            sum(row.urgency == 1 for row in own), sum(row.over for row in own), standing.count("free"),
            standing.count("busy"), standing.count("away"), Share(sum(times), len(times)),
            homes.get(area.pk, Share()), len(told), len(late.intersection(told)),
        ))  # fmt: skip
    return found


@dataclass(frozen=True)
class Crew:
    """A crew on shift: its own ground, where it is now (None: nobody knows), and free · busy · away."""

    duty_path: str
    at: tuple[float, float] | None
    state: str

    def counts_in(self, area: Area, border: Any) -> bool:
        """In its own ground and all above it; in a part of its own ground while it is there."""
        if self.duty_path.startswith(area.duty_path):
            return True
        above = area.duty_path.startswith(self.duty_path)
        return above and self.at is not None and border is not None and bool(shapely.contains_xy(border, *self.at))


def _crews(path: str, by: Actor, at: dt.datetime) -> list[Crew]:
    followed = Shift.objects.filter(
        reaches(spans(by, Verb.UNIT_TRACK, at), "unit__"), unit__duty_path__startswith=path, during__contains=at
    )
    busy = set(Assignment.objects.filter(state__in=OPEN_STATES, shift__in=followed).values_list("shift", flat=True))
    fixes = LastFix.objects.filter(shift__in=followed.values("pk")).values_list("shift", "lon", "lat")
    seen = {shift: (lon, lat) for shift, lon, lat in fixes}
    rows = followed.values_list("pk", "unit__duty_path", "availability", "unit__lon", "unit__lat")
    return [
        Crew(
            where, (lon, lat) if lon is not None and lat is not None else seen.get(shift),
            "busy" if shift in busy else "free" if availability == Availability.FREE else "away",
        )
        for shift, where, availability, lon, lat in rows
    ]  # fmt: skip


def _served(path: str, by: Actor, at: dt.datetime) -> list[tuple[str, bool]]:
    """(ground, whether in time) of each call since midnight that counts."""
    midnight = at.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    counted = [
        one
        for one in served_calls(path, rapids_below(path, at), since=midnight, until=at, by=by, at=at, begins="sent")
        if not one.excluded
    ]
    where = dict(Matter.objects.filter(pk__in=[one.matter for one in counted]).values_list("pk", "duty_path"))
    return [(where[one.matter], one.in_time) for one in counted]


def _homes(area: Area, borders: Mapping[UUID, Any], by: Actor, at: dt.datetime) -> dict[UUID, Share]:
    """By area: homes with a free crew in time, of all that lie inside its border."""
    own = own_ground(area, at)
    if own is None:
        return {}
    reached = own.reached(free_crews(spans(by, Verb.UNIT_TRACK, at), at))
    lon, lat = own.graph.lon[own.demand.nodes], own.graph.lat[own.demand.nodes]
    homes, found = own.demand.homes, {}
    for key, border in borders.items():
        inside = shapely.contains_xy(border, lon, lat)
        reach = inside & reached
        found[key] = Share(round(float(homes[reach].sum())), round(float(homes[inside].sum())))
    return found


def _leads(areas: Sequence[Area], at: dt.datetime) -> dict[UUID, str]:
    """By area: who leads the watch, or else the highest post there that somebody holds."""
    posts = Post.objects.held_at(at).filter(area__in=areas, role__in=LEADERS).select_related("person")
    found: dict[UUID, str] = {}
    for post in sorted(posts, key=lambda one: (LEADERS.index(one.role), one.person.name)):
        found.setdefault(post.area_id, post.person.name)
    watches = Watch.objects.filter(area__in=areas, during__contains=at, closed_at__isnull=True)
    return found | dict(watches.values_list("area", "lead__name"))
