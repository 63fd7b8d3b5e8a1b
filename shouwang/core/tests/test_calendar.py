"""Limits as tables: start, limit, end. Times are Shanghai's; 24:00 is written as 00:00 of the next day."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from shouwang.core.calendar import (
    LICENCE,
    LICENCE_DRV,
    PENALTY,
    TRAFFIC,
    Limit,
    Span,
    announced,
    due_at,
    is_working_day,
    reminders,
    shift_date,
    working_days_between,
)
from shouwang.core.clock import SHANGHAI

PEER = Path(__file__).parents[4] / "shared" / "data" / "cn_holidays" / "chinese_calendar_2004_2026.csv"


def local(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def due(start: str, amount: int, unit: Span, **given) -> str:
    return due_at(local(start), Limit(amount, unit), **given).at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("start", "amount", "unit", "end"),
    [
        # CAL-01: hours at once, days from the day after, months to the same date or the month's last
        ("2026-03-10 09:30", 90, Span.SECOND, "2026-03-10 09:31"),
        ("2026-03-10 09:30", 20, Span.MINUTE, "2026-03-10 09:50"),
        ("2026-03-10 09:30", 24, Span.HOUR, "2026-03-11 09:30"),
        ("2026-10-01 09:30", 24, Span.HOUR, "2026-10-02 09:30"),
        ("2026-03-10 09:30", 1, Span.CALENDAR_DAY, "2026-03-12 00:00"),
        ("2026-03-10 23:59", 1, Span.CALENDAR_DAY, "2026-03-12 00:00"),
        ("2026-01-31 09:00", 1, Span.MONTH, "2026-03-01 00:00"),  # 28 Feb 2026 is a make-up Saturday: a working day
        ("2024-01-31 09:00", 1, Span.MONTH, "2024-03-01 00:00"),  # leap year: 29 Feb, a Thursday
        ("2025-03-10 09:00", 12, Span.MONTH, "2026-03-11 00:00"),
        ("2024-02-29 09:00", 1, Span.YEAR, "2025-03-01 00:00"),  # no 29 Feb in 2025: the 28th, a Friday
        ("2025-12-15 09:00", 2, Span.MONTH, "2026-02-25 00:00"),  # 15 Feb is in the Spring Festival
        # CAL-02: a last day off moves to the first working day after it
        ("2026-03-10 09:30", 4, Span.CALENDAR_DAY, "2026-03-17 00:00"),  # Saturday 14 → Monday 16
        ("2026-09-28 10:00", 3, Span.CALENDAR_DAY, "2026-10-09 00:00"),  # 1 Oct → 8 Oct
        ("2026-09-28 10:00", 12, Span.CALENDAR_DAY, "2026-10-11 00:00"),  # 10 Oct is a make-up Saturday
        ("2026-02-10 10:00", 4, Span.CALENDAR_DAY, "2026-02-15 00:00"),  # 14 Feb is a make-up Saturday
        # working days
        ("2026-03-10 09:30", 3, Span.WORKING_DAY, "2026-03-14 00:00"),
        ("2026-03-12 09:30", 3, Span.WORKING_DAY, "2026-03-18 00:00"),
        ("2026-02-13 09:30", 3, Span.WORKING_DAY, "2026-02-26 00:00"),  # 14, then 24 and 25 Feb
        ("2026-04-30 17:00", 5, Span.WORKING_DAY, "2026-05-12 00:00"),  # 6, 7, 8, make-up 9, 11 May
        ("2026-10-01 09:30", 1, Span.WORKING_DAY, "2026-10-09 00:00"),
    ],
)
def test_a_limit_ends_when_the_law_says(start, amount, unit, end):
    assert due(start, amount, unit) == end


def test_a_limit_can_end_at_the_close_of_business():
    limit = Limit(1, Span.WORKING_DAY, closes_at=dt.time(17, 30))

    assert due_at(local("2026-03-13 09:00"), limit).at == local("2026-03-16 17:30")


def test_the_day_begins_in_shanghai_not_in_greenwich():
    late_evening_utc = dt.datetime(2026, 3, 9, 16, 30, tzinfo=dt.UTC)  # 00:30 on the 10th in Shanghai

    assert due_at(late_evening_utc, Limit(1, Span.CALENDAR_DAY)).at == local("2026-03-12 00:00")


@pytest.mark.parametrize(
    ("rule", "working", "calendar"),
    [
        (PENALTY, [2, 3, 5, 7], [1, 10, 15, 30]),
        (LICENCE, [1, 5, 20, 45], []),
        (TRAFFIC, [2, 3, 5, 7, 10, 15], [1, 20, 30]),
        (LICENCE_DRV, [1, 3, 5], [2, 7, 30, 90]),
    ],
)
def test_each_law_says_which_days_are_working_days(rule, working, calendar):
    assert all(rule.days(amount).unit == Span.WORKING_DAY for amount in working)
    assert all(rule.days(amount).unit == Span.CALENDAR_DAY for amount in calendar)
    assert all(rule.days(amount).legal_basis for amount in working)


def test_a_stop_of_hours_lengthens_an_hourly_limit_by_itself():
    stop = (local("2026-03-10 10:00"), local("2026-03-10 12:30"))

    assert due("2026-03-10 09:30", 24, Span.HOUR, pauses=[stop]) == "2026-03-11 12:00"


def test_days_of_a_stop_are_not_counted():
    stop = (local("2026-03-11 10:00"), local("2026-03-13 08:00"))  # 12th and 13th do not count

    assert due("2026-03-10 09:30", 3, Span.WORKING_DAY, pauses=[stop]) == "2026-03-18 00:00"
    assert due("2026-03-10 09:30", 1, Span.MONTH, pauses=[stop]) == "2026-04-14 00:00"  # 10 + 2 = 12 April, a Sunday


def test_a_stop_that_ends_on_the_day_it_began_costs_no_day():
    stop = (local("2026-03-11 10:00"), local("2026-03-11 18:00"))

    assert due("2026-03-10 09:30", 3, Span.WORKING_DAY, pauses=[stop]) == "2026-03-14 00:00"


@pytest.mark.parametrize(
    ("start", "amount", "unit", "estimated"),
    [
        ("2026-12-20 09:00", 5, Span.WORKING_DAY, False),
        ("2026-12-30 09:00", 5, Span.WORKING_DAY, True),
        ("2027-03-01 09:00", 1, Span.CALENDAR_DAY, True),
        ("2027-03-01 09:00", 36, Span.HOUR, False),  # hours need no calendar
        ("2026-11-01 09:00", 1, Span.YEAR, True),
        ("2023-12-31 09:00", 1, Span.WORKING_DAY, False),  # 2 Jan 2024; no day of 2023 was asked about
    ],
)
def test_a_year_not_announced_makes_the_end_an_estimate(start, amount, unit, estimated):
    assert due_at(local(start), Limit(amount, unit)).estimated is estimated


def test_the_week_and_the_fixed_holidays_hold_in_years_not_announced():
    assert not announced(2027)
    assert not is_working_day(dt.date(2027, 5, 1))
    assert not is_working_day(dt.date(2027, 10, 1))
    assert not is_working_day(dt.date(2027, 3, 6))
    assert is_working_day(dt.date(2027, 3, 8))


def test_a_number_of_days_includes_the_last():
    assert working_days_between(dt.date(2026, 3, 10), dt.date(2026, 3, 13)) == 3


def test_staff_are_reminded_at_half_at_four_fifths_when_due_and_a_day_later():
    marks = reminders(local("2026-03-10 00:00"), local("2026-03-20 00:00"))

    assert marks == [
        ("50%", local("2026-03-15 00:00")),
        ("80%", local("2026-03-18 00:00")),
        ("100%", local("2026-03-20 00:00")),
        ("+1d", local("2026-03-21 00:00")),
    ]


def test_a_shift_over_midnight_belongs_to_the_day_it_began():
    assert shift_date(local("2026-03-10 22:00")) == dt.date(2026, 3, 10)


@pytest.mark.skipif(not PEER.exists(), reason="no second calendar lies beside the repository")
def test_our_table_agrees_day_by_day_with_a_public_library():
    with PEER.open(encoding="utf-8") as lines:
        listed = {dt.date.fromisoformat(row["date"]): row["kind"] for row in csv.DictReader(lines)}

    day, disagreements = dt.date(2024, 1, 1), []
    while day.year < 2027:
        theirs = listed.get(day, "holiday" if day.weekday() > 4 else "working") != "holiday"
        if theirs != is_working_day(day):
            disagreements.append(day)
        day += dt.timedelta(days=1)

    assert disagreements == []
