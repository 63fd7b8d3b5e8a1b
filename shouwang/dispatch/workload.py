"""Calls of a ground in figures: by hour, type and area, how long each stage took, what each crew had to do (S-CMD-012).

Counted afresh from calls each time; no store of residents stands behind it. A cell under 5 could point to a dwelling.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.actor import Actor
from shouwang.core.clock import SHANGHAI
from shouwang.dispatch.models import Assignment
from shouwang.kinds.incident.calls import GROUPS
from shouwang.kinds.incident.models import Stamp, StampName
from shouwang.matters.models import Matter
from shouwang.people.access import Verb, spans, within

SMALLEST = 5
MOST_CALLS = 50_000
STAGES: tuple[tuple[str, str, Promise], ...] = (
    (StampName.CALLED, StampName.DISPATCHED, _("From the call until a crew was sent")),
    (StampName.DISPATCHED, StampName.ACKNOWLEDGED, _("Until it signed")),
    (StampName.ACKNOWLEDGED, StampName.DEPARTED, _("Until it set out")),
    (StampName.DEPARTED, StampName.ARRIVED, _("Until it was at the scene")),
    (StampName.ARRIVED, StampName.HANDLED, _("Until it was handled")),
    (StampName.CALLED, StampName.CLOSED, _("From the call until it was closed")),
)
# C13: report bins as one city publishes them each week; a time at an edge belongs to the bin it ends.
BINS: tuple[tuple[Promise, str, tuple[str, ...], tuple[int, ...]], ...] = (
    (_("Until it signed"), StampName.DISPATCHED, (StampName.ACKNOWLEDGED,), (30, 60, 120, 180)),
    (_("Until it set out"), StampName.ACKNOWLEDGED, (StampName.DEPARTED,), (300, 600, 900, 1800)),
    (_("Until it was fed back"), StampName.DISPATCHED, (StampName.FED_BACK, StampName.HANDLED),
     (1800, 3600, 7200, 14400)),
)  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """One line. `shown` is what may be read: the count, `<5`, or `*` where it would give a hidden one away."""

    words: Promise | str
    count: int
    shown: str


@dataclass(frozen=True)
class Stage:
    """Median seconds of a stage, over the `n` calls that have both times."""

    words: Promise
    n: int
    median_s: float | None


@dataclass(frozen=True)
class Bin:
    """How many took more than `above_s`, and at most `until_s` (None: however long)."""

    above_s: int
    until_s: int | None
    n: int


@dataclass(frozen=True)
class Spread:
    """A stage over its bins, of the `n` calls that have both times."""

    words: Promise
    n: int
    bins: list[Bin]


@dataclass(frozen=True)
class Load:
    """What a crew was sent to, and how many hours it was on it. Of crews, never of persons."""

    unit: str
    tasks: int
    hours: float


@dataclass(frozen=True)
class Workload:
    total: int
    hours: list[int]
    sorts: list[Cell]
    areas: list[Cell]
    stages: list[Stage]
    spreads: list[Spread]
    crews: list[Load]

    @property
    def busiest(self) -> int:
        return max(self.hours, default=0)


def workload(duty_path: str, *, since: dt.datetime, until: dt.datetime, by: Actor, at: dt.datetime) -> Workload:
    """Calls opened in [since, until) as far as `by` sees figures; joined duplicates count once. Four queries."""
    rows = Matter.objects.filter(
        within(spans(by, Verb.FIGURES_READ, at)), kind="incident", duty_path__startswith=duty_path,
        opened_at__gte=since, opened_at__lt=until, merged_into__isnull=True,
    ).order_by("-opened_at")  # fmt: skip
    calls: list[Any] = list(rows.values_list("pk", "subkind", "area__name", "opened_at")[:MOST_CALLS])
    keys = [pk for pk, *_rest in calls]
    by_hour = Counter(opened.astimezone(SHANGHAI).hour for *_rest, opened in calls)
    sorts = Counter(subkind.partition(".")[0] or "other" for _pk, subkind, _area, _opened in calls)
    stamped = _stamped(keys)
    areas = Counter(area for _pk, _subkind, area, _opened in calls)
    return Workload(
        len(calls), [by_hour[hour] for hour in range(24)],
        cells({GROUPS.get(name, name): n for name, n in sorts.items()}), cells(dict(areas)),
        _stages(stamped), spreads_of(stamped), _loads(keys, until),
    )  # fmt: skip


def cells(counts: Mapping[Promise | str, int]) -> list[Cell]:
    """The most first. Under five is `<5`; where only one is hidden the next smallest is hidden too (IND-07)."""
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))
    small = [words for words, n in ranked if n < SMALLEST]
    beside = ranked[-2][0] if len(small) == 1 and len(ranked) > 1 else None
    return [
        Cell(words, n, f"<{SMALLEST}" if n < SMALLEST else "*" if words is beside else str(n)) for words, n in ranked
    ]


def _stamped(keys: Sequence[UUID]) -> list[dict[str, dt.datetime]]:
    """The times of each call, from the newest row of each stamp: an amended time counts."""
    stamped: dict[UUID, dict[str, dt.datetime]] = {}
    rows = Stamp.objects.filter(matter__in=keys).order_by("id").values_list("matter", "name", "at")
    for matter, name, at in rows.iterator():
        stamped.setdefault(matter, {})[name] = at
    return list(stamped.values())


def _took(stamped: Sequence[Mapping[str, dt.datetime]], start: str, ends: Sequence[str]) -> list[float]:
    """Seconds from `start` to the first of `ends` that a call has."""
    found = []
    for one in stamped:
        end = next((one[name] for name in ends if name in one), None)
        if start in one and end is not None:
            found.append((end - one[start]).total_seconds())
    return found


def _stages(stamped: Sequence[Mapping[str, dt.datetime]]) -> list[Stage]:
    found = []
    for start, end, words in STAGES:
        took = _took(stamped, start, (end,))
        found.append(Stage(words, len(took), median(took) if took else None))
    return found


def spreads_of(stamped: Sequence[Mapping[str, dt.datetime]]) -> list[Spread]:
    found = []
    for words, start, ends, edges in BINS:
        took = _took(stamped, start, ends)
        counts = Counter(bisect_left(edges, seconds) for seconds in took)
        bounds: list[int | None] = [*edges, None]
        found.append(Spread(words, len(took), [
            Bin(0 if n == 0 else edges[n - 1], until, counts[n]) for n, until in enumerate(bounds)
        ]))  # fmt: skip
    return found


def _loads(keys: Sequence[UUID], until: dt.datetime) -> list[Load]:
    tasks: Counter[str] = Counter()
    seconds: Counter[str] = Counter()
    rows = Assignment.objects.filter(matter__in=keys).values_list("unit__name", "sent_at", "ended_at")
    for unit, sent, ended in rows:
        tasks[unit] += 1
        seconds[unit] += round(((ended or until) - sent).total_seconds())
    return [Load(unit, n, round(seconds[unit] / 3600, 1)) for unit, n in tasks.most_common()]
