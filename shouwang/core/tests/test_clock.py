"""What time it is: asked in one place, in UTC; the day is Shanghai's."""

import datetime as dt

from shouwang.core import clock
from shouwang.core.calendar import Limit, Span, announced, due_at


def test_now_is_utc_and_knows_it():
    assert clock.now().tzinfo is dt.UTC


def test_the_day_begins_in_shanghai():
    assert clock.local_date(dt.datetime(2026, 11, 22, 15, 59, tzinfo=dt.UTC)) == dt.date(2026, 11, 22)
    assert clock.local_date(dt.datetime(2026, 11, 22, 16, 0, tzinfo=dt.UTC)) == dt.date(2026, 11, 23)


def test_set_ahead_into_a_year_that_nobody_announced_ends_are_estimated(monkeypatch):
    monkeypatch.setattr(clock, "ahead", dt.timedelta(days=400))

    at = clock.now()

    assert not announced(at.year)
    assert due_at(at, Limit(3, Span.WORKING_DAY)).estimated
