"""Working days of China and when a time limit ends (rules CAL-01 … CAL-13).

Holidays are known only for the years the State Council has announced (`data/holidays.csv`); a result that had to
guess about another year is marked `estimated` and worked out again when the year is added.
"""

from __future__ import annotations

import calendar as gregorian
import csv
import datetime as dt
import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from shouwang.core.clock import SHANGHAI, local_date

TABLE = Path(__file__).parent / "data" / "holidays.csv"
FIXED_HOLIDAYS = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}  # by law on these dates; the rest follow the moon
REMINDERS = (0.5, 0.8, 1.0)  # CAL-12: shares of the time, then one day after
DAY = dt.timedelta(days=1)
Pause = tuple[dt.datetime, dt.datetime]


class Span(StrEnum):
    """What a limit counts in."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    CALENDAR_DAY = "calendar_day"
    WORKING_DAY = "working_day"
    MONTH = "month"
    YEAR = "year"


_SECONDS = {Span.SECOND: 1, Span.MINUTE: 60, Span.HOUR: 3600}


@dataclass(frozen=True)
class Limit:
    """How long something may take, and who says so. No bare integers.

    certainty      read, seen, known, local, seed or design (see the rules); `known` is never shown as law
    extendable_by  how much may be added once, by `approver_role`, before it has run out (CAL-12)
    closes_at      hour of the last day at which it ends where business hours exist (CAL-02); None: 24:00
    """

    amount: int
    unit: Span
    legal_basis: str = ""
    certainty: str = "design"
    extendable_by: int = 0
    approver_role: str = ""
    closes_at: dt.time | None = None

    def extended(self) -> Limit:
        """With all that may be added to it (CAL-12)."""
        return replace(self, amount=self.amount + self.extendable_by, extendable_by=0)


@dataclass(frozen=True)
class Due:
    """When a limit ends. `estimated`: a year that is not announced yet had to be guessed."""

    at: dt.datetime
    estimated: bool = False


@dataclass(frozen=True)
class DayRule:
    """Which day counts of a law are working days (CAL-03 … CAL-06, CAL-13). `working` None: all of them."""

    legal_basis: str
    working: frozenset[int] | None

    def days(self, amount: int) -> Limit:
        """`amount` days under this law."""
        counted = self.working is None or amount in self.working
        return Limit(amount, Span.WORKING_DAY if counted else Span.CALENDAR_DAY, self.legal_basis, "read")


PENALTY = DayRule("行政处罚法第八十五条", frozenset({2, 3, 5, 7}))
LICENCE = DayRule("行政许可法第八十二条", None)
TRAFFIC = DayRule("道路交通安全违法行为处理程序规定附则", frozenset({2, 3, 5, 7, 10, 15}))
LICENCE_DRV = DayRule("机动车驾驶证申领和使用规定第一百一十条", frozenset({1, 3, 5}))

# Reasons that stop a clock. True: the person must be told in writing how long before it may stop (CAL-08).
PAUSES = {"hearing": True, "test": True, "appraisal": False, "expert_review": True, "waiting_for_caller": False}


@functools.cache
def _table() -> tuple[frozenset[dt.date], frozenset[dt.date], frozenset[int]]:
    """(days off, make-up working days, announced years)."""
    off: set[dt.date] = set()
    made_up: set[dt.date] = set()
    with TABLE.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            day, last = dt.date.fromisoformat(row["off_from"]), dt.date.fromisoformat(row["off_to"])
            while day <= last:
                off.add(day)
                day += DAY
            made_up |= {dt.date.fromisoformat(text) for text in row["makeup_working_days"].split()}
    return frozenset(off), frozenset(made_up), frozenset(day.year for day in off)


def announced(year: int) -> bool:
    """Whether the holidays of that year are known."""
    return year in _table()[2]


def is_working_day(day: dt.date) -> bool:
    """Make-up days at weekends count as working days (CAL-10). Unannounced years: the week and the fixed dates."""
    off, made_up, years = _table()
    if day.year in years:
        return day in made_up or (day.weekday() < 5 and day not in off)
    return day.weekday() < 5 and (day.month, day.day) not in FIXED_HOLIDAYS


def working_days_between(first: dt.date, last: dt.date) -> int:
    """Working days after `first`, up to and including `last` (CAL-07: the number itself is included)."""
    return sum(is_working_day(first + DAY * step) for step in range(1, (last - first).days + 1))


def due_at(start: dt.datetime, limit: Limit, pauses: Sequence[Pause] = ()) -> Due:
    """When `limit` ends if it starts with the event at `start`; `pauses` are ended stops and are not counted.

    Hours start at once; days, months and years on the day after (CAL-01). A last day off moves to the first
    working day after it (CAL-02). Days end at 24:00, which is 00:00 of the next day, or at `closes_at`.
    """
    if limit.unit in _SECONDS:
        stopped = sum((end - begin for begin, end in pauses), dt.timedelta())
        return Due(start + dt.timedelta(seconds=limit.amount * _SECONDS[limit.unit]) + stopped)
    first, still = local_date(start), _paused_dates(pauses)
    guessed: set[int] = set()
    if limit.unit in (Span.MONTH, Span.YEAR):
        months = limit.amount * (12 if limit.unit == Span.YEAR else 1)
        last = _counted(_months_after(first, months), len(still), frozenset(), None)
    elif limit.unit == Span.WORKING_DAY:
        last = _counted(first, limit.amount, still, guessed)
    else:
        last = _counted(first, limit.amount, still, None)
    while not is_working_day(last):
        guessed.add(last.year)
        last += DAY
    guessed.add(last.year)
    return Due(_end_of(last, limit.closes_at), not all(announced(year) for year in guessed))


def _counted(day: dt.date, amount: int, skipped: frozenset[dt.date], guessed: set[int] | None) -> dt.date:
    """The `amount`-th counted day after `day`. With `guessed` only working days count, and their years are noted."""
    while amount > 0:
        day += DAY
        if guessed is not None:
            guessed.add(day.year)
        if day not in skipped and (guessed is None or is_working_day(day)):
            amount -= 1
    return day


def _months_after(day: dt.date, months: int) -> dt.date:
    """The same date so many months on, or the month's last day if there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, gregorian.monthrange(year, month + 1)[1]))


def _paused_dates(pauses: Iterable[Pause]) -> frozenset[dt.date]:
    """Days that do not count: those after the stop, up to and including the day it ended."""
    return frozenset(
        local_date(begin) + DAY * step
        for begin, end in pauses
        for step in range(1, (local_date(end) - local_date(begin)).days + 1)
    )


def _end_of(day: dt.date, closes_at: dt.time | None) -> dt.datetime:
    local = dt.datetime.combine(day, closes_at) if closes_at else dt.datetime.combine(day + DAY, dt.time())
    return local.replace(tzinfo=SHANGHAI).astimezone(dt.UTC)


def reminders(start: dt.datetime, due: dt.datetime) -> list[tuple[str, dt.datetime]]:
    """When staff are reminded (CAL-12): at 50 %, at 80 %, when due, and one day after."""
    marks = [(f"{share:.0%}", start + (due - start) * share) for share in REMINDERS]
    return [*marks, ("+1d", due + DAY)]


def shift_date(start: dt.datetime) -> dt.date:
    """The date a shift counts for: that of its start, also when it crosses midnight (CAL-11)."""
    return local_date(start)
