"""What an order asks of rosters, and where they fall short: the share on duty each day, and rest between turns."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from shouwang.core.clock import local_date
from shouwang.duty.levels.in_force import orders_over, stretch
from shouwang.duty.models import LevelOrder, Roster, RosterState, Turn
from shouwang.duty.rosters.pool import GRID, pool_of
from shouwang.people.access import paths_of, reaches
from shouwang.people.models import Person
from shouwang.places.models import Area

MOST_DAYS = 31


@dataclass(frozen=True)
class DayUnder:
    """One day of an order: how many of the force are rostered, and how many are asked for."""

    on: dt.date
    there: int
    needed: int
    force: int
    level: int

    @property
    def short(self) -> int:
        return max(0, self.needed - self.there)


@dataclass(frozen=True)
class ShortRest:
    """Two turns of somebody with less rest between them than the order asks."""

    person: Person
    on: dt.date
    rest_h: float


def force_of(area: Area, at: dt.datetime) -> set[UUID]:
    """Police and auxiliaries of the office: grid workers are not the police's to order."""
    return {key for key, one in pool_of(area, at).items() if any(post.role not in GRID for post in one.posts)}


def days_under(order: LevelOrder, at: dt.datetime) -> list[DayUnder]:
    """Each day that the order touches, with everybody rostered there."""
    first, last = local_date(order.during.lower), local_date(order.during.upper - dt.timedelta(seconds=1))
    days = [first + dt.timedelta(days=n) for n in range(min((last - first).days + 1, MOST_DAYS))]
    force = force_of(order.area, at)
    on = _rostered(order.area, days, force)
    return [_day(one, on[one], len(force), order) for one in days]


def short_days(row: Roster, at: dt.datetime) -> list[DayUnder]:
    """Days of a roster on which an order asks for more people than it and the rosters in force bring together."""
    days = [row.first_on + dt.timedelta(days=n) for n in range(row.days)]
    orders = orders_over(row.area, *stretch(row.first_on, row.days))
    if not orders:
        return []
    force = force_of(row.area, at)
    on = _rostered(row.area, days, force)
    for person, day in row.turns.values_list("person", "on"):
        on[day] |= {person} & force
    found = []
    for day in days:
        start, end = stretch(day, 1)
        order = next((one for one in orders if one.during.lower < end and one.during.upper > start), None)
        if order is not None:
            found.append(_day(day, on[day], len(force), order))
    return [one for one in found if one.short]


def short_rests(order: LevelOrder) -> list[ShortRest]:
    """Pairs of turns within the order that leave less rest than it asks."""
    turns = Turn.objects.filter(
        reaches(paths_of(order.area), "roster__area__"), roster__state=RosterState.IN_FORCE, missed_at__isnull=True,
        during__overlap=(order.during.lower, order.during.upper),
    ).select_related("person")  # fmt: skip
    found, before = [], dict[UUID, Turn]()
    for turn in turns.order_by("during"):
        last = before.get(turn.person_id)
        if last is not None:
            rest = (turn.during.lower - last.during.upper) / dt.timedelta(hours=1)
            if rest < order.rest_h:
                found.append(ShortRest(turn.person, turn.on, rest))
        before[turn.person_id] = turn
    return found


def _rostered(area: Area, days: list[dt.date], force: set[UUID]) -> dict[dt.date, set[UUID]]:
    turns = Turn.objects.filter(
        reaches(paths_of(area), "roster__area__"), roster__state=RosterState.IN_FORCE, missed_at__isnull=True,
        on__in=days, person__in=force,
    )  # fmt: skip
    found: dict[dt.date, set[UUID]] = defaultdict(set)
    for person, day in turns.values_list("person", "on"):
        found[day].add(person)
    return found


def _day(on: dt.date, there: set[UUID], force: int, order: LevelOrder) -> DayUnder:
    return DayUnder(on, len(there), math.ceil(round(order.share * force, 6)), force, order.level.number)
