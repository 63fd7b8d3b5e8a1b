"""Timely, complete, fresh, accurate (table 3.7): rates with how many of how many, and how sure that is.

No targets and no ranking come with them (ETH-08): a rate without its n is not given.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.journal.models import Entry
from shouwang.people.access import Verb, spans

TIMELY_DAYS = 3
A_YEAR = dt.timedelta(days=365)
Z_95 = 1.959964


@dataclass(frozen=True)
class Rate:
    """`n_good` of `n`; `low` to `high` is the 95 % interval. Without any n there is no rate.

    Source  Wilson 1927, J. Am. Stat. Assoc. 22
    """

    n_good: int
    n: int

    @property
    def share(self) -> float | None:
        return self.n_good / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        if not self.n:
            return None
        p, n, z2 = self.n_good / self.n, self.n, Z_95**2
        middle = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = Z_95 * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
        return max(0.0, middle - half), min(1.0, middle + half)

    @property
    def percent(self) -> str:
        """92 % (86–96)."""
        if self.share is None or self.interval is None:
            return ""
        low, high = self.interval
        return f"{self.share:.0%} ({low * 100:.0f}–{high * 100:.0f})"


@dataclass(frozen=True)
class Quality:
    """One grid. `accurate` is of what was re-checked on the spot within the year: still so, or not."""

    area: UUID
    timely: Rate
    complete: Rate
    fresh: Rate
    accurate: Rate


@dataclass(frozen=True)
class Heads:
    """People registered in a grid, of one category; None: fewer than five."""

    area: UUID
    category: str
    n: int | None


def quality_on(by: Actor, at: dt.datetime) -> list[Quality]:
    """Every grid on one's ground that has residences."""
    checked = _rechecked(at)
    return [
        Quality(area, Rate(timely, entered), Rate(filled, fields), Rate(fresh, records), checked.get(area, Rate(0, 0)))
        for area, entered, timely, fields, filled, records, fresh in _ask(
            "SELECT * FROM register_quality(%s::varchar[], %s)", by, at, [TIMELY_DAYS]
        )
    ]


def _rechecked(at: dt.datetime) -> dict[UUID, Rate]:
    """By grid: of residences that somebody checked again, how many still were as written (table 3.7)."""
    lines = Entry.objects.filter(verb__in=("residence.verify", "residence.end"), at__gt=at - A_YEAR, area__isnull=False)
    counts = lines.values_list("area").annotate(
        n=Count("id"), n_good=Count("id", filter=Q(verb="residence.verify"))
    ).values_list("area", "n_good", "n")  # fmt: skip
    return {area: Rate(n_good, n) for area, n_good, n in counts if area}


def heads_on(by: Actor, at: dt.datetime) -> list[Heads]:
    """How many people are registered, by grid and category: what a grid worker sees of the register."""
    return [Heads(*row) for row in _ask("SELECT * FROM count_residents(%s::varchar[])", by, at, [])]


def _ask(statement: str, by: Actor, at: dt.datetime, more: list[int]) -> list[tuple[Any, ...]]:
    reach = list(spans(by, Verb.REGISTER_COUNT, at))
    with acting(by), connection.cursor() as cursor:
        cursor.execute(statement, [reach, *more])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
