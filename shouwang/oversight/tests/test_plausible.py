"""What cannot both be so, as a table of notes and positions."""

import datetime as dt

import pytest

from shouwang.oversight.plausible import Limits, Spot, apart, arrival_far, too_fast

NOON = dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)
LIMITS = Limits()


def spot(seconds: float, metres: float, accuracy_m: float | None = None) -> Spot:
    """So many seconds after noon, so many metres north of the place."""
    return Spot(NOON + dt.timedelta(seconds=seconds), 111.42, 27.69 + metres / 111_000, accuracy_m)


@pytest.mark.parametrize(
    ("track", "found"),
    [
        ([spot(0, 20)], False),
        ([spot(-80, 900), spot(80, 300)], False),  # near enough just after
        ([spot(0, 900)], True),
        ([spot(0, 560, accuracy_m=100)], False),  # its own vagueness is taken off
        ([spot(0, 5000, accuracy_m=400)], False),  # too vague to say anything
        ([spot(200, 900)], False),  # too long after
        ([], False),  # nothing is known
    ],
)
def test_an_arrival_far_from_its_place(track, found):
    assert bool(arrival_far(spot(0, 0), track, LIMITS)) is found


@pytest.mark.parametrize(
    ("seconds", "metres", "found"),
    [(600, 900, False), (60, 900, True), (0, 100, False), (0, 400, True), (3600, 9500, True)],
)
def test_visits_faster_than_on_foot(seconds, metres, found):
    assert bool(list(too_fast([spot(0, 0), spot(seconds, metres)], LIMITS))) is found


def test_a_visit_while_ones_crew_was_elsewhere():
    assert apart(spot(0, 0), [spot(10, 2000)], LIMITS) == {"metres": 2004, "limit": 800.0, "n_positions": 1}
    assert apart(spot(0, 0), [spot(10, 100)], LIMITS) is None
