"""Calls of a ground in figures: by hour, type and area, how long each stage took, what each crew had to do (S-CMD-012).

Counted afresh from calls each time; no store of residents stands behind it. A cell under 5 could point to a dwelling.
"""

from __future__ import annotations

import datetime as dt
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
    areas = Counter(area for _pk, _subkind, area, _opened in calls)
    return Workload(
        len(calls), [by_hour[hour] for hour in range(24)],
        cells({GROUPS.get(name, name): n for name, n in sorts.items()}), cells(dict(areas)),
        _stages(keys), _loads(keys, until),
    )  # fmt: skip


def cells(counts: Mapping[Promise | str, int]) -> list[Cell]:
    """The most first. Under five is `<5`; where only one is hidden the next smallest is hidden too (IND-07)."""
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))
    small = [words for words, n in ranked if n < SMALLEST]
    beside = ranked[-2][0] if len(small) == 1 and len(ranked) > 1 else None
    return [
        Cell(words, n, f"<{SMALLEST}" if n < SMALLEST else "*" if words is beside else str(n)) for words, n in ranked
    ]


def _stages(keys: Sequence[UUID]) -> list[Stage]:
    """From the newest row of each stamp: an amended time counts."""
    stamped: dict[UUID, dict[str, dt.datetime]] = {}
    rows = Stamp.objects.filter(matter__in=keys).order_by("id").values_list("matter", "name", "at")
    for matter, name, at in rows.iterator():
        stamped.setdefault(matter, {})[name] = at
    found = []
    for start, end, words in STAGES:
        took = [(one[end] - one[start]).total_seconds() for one in stamped.values() if start in one and end in one]
        found.append(Stage(words, len(took), median(took) if took else None))
    return found


def _loads(keys: Sequence[UUID], until: dt.datetime) -> list[Load]:
    tasks: Counter[str] = Counter()
    seconds: Counter[str] = Counter()
    rows = Assignment.objects.filter(matter__in=keys).values_list("unit__name", "sent_at", "ended_at")
    for unit, sent, ended in rows:
        tasks[unit] += 1
        seconds[unit] += round(((ended or until) - sent).total_seconds())
    return [Load(unit, n, round(seconds[unit] / 3600, 1)) for unit, n in tasks.most_common()]
