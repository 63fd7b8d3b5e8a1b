"""Hours of a day within which somebody is there: said, kept with a matter, read again."""

import datetime as dt

import pytest
from django.utils import translation

from shouwang.core.clock import SHANGHAI
from shouwang.core.window import Window, WindowEnds, window_of

SIX, NINE = dt.time(18), dt.time(21, 30)


@pytest.mark.parametrize(
    ("window", "facts", "said"),
    [
        (Window(), {}, ""),
        (Window(SIX), {"home_from": "18:00"}, "18:00以后"),
        (Window(None, NINE), {"home_until": "21:30"}, "21:30以前"),
        (Window(SIX, NINE), {"home_from": "18:00", "home_until": "21:30"}, "18:00–21:30"),
    ],
)
def test_hours_are_kept_with_a_matter_and_said_in_words(window, facts, said):
    assert (window.facts(), window_of(facts | {"need": "alone"}), bool(window)) == (facts, window, bool(facts))
    with translation.override("zh-hans"):
        assert str(window) == said


def test_hours_that_end_before_they_begin_are_refused():
    assert Window(SIX, NINE).checked() == Window(SIX, NINE)
    for closes in (SIX, dt.time(9)):
        with pytest.raises(WindowEnds):
            Window(SIX, closes).checked()


def test_they_are_hours_of_the_town():
    opens, closes = Window(SIX).on(dt.date(2026, 3, 10))
    assert (opens, closes) == (dt.datetime(2026, 3, 10, 18, tzinfo=SHANGHAI), None)
