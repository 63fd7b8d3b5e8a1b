from __future__ import annotations

import pytest

from shouwang.core.units import kmh_of_mps, mps_of_kmh, mps_of_knots, share_of_percent, whole_minutes


def test_speeds_turn_into_metres_a_second_and_back():
    assert mps_of_kmh(36) == 10
    assert kmh_of_mps(10) == 36
    assert mps_of_knots(10) == pytest.approx(5.1444, abs=1e-4)


def test_a_battery_of_101_percent_is_full():
    assert share_of_percent(101) == 1
    assert share_of_percent(42) == pytest.approx(0.42)
    assert share_of_percent(-3) == 0


def test_minutes_are_counted_as_people_count_them():
    assert [whole_minutes(s) for s in (29, 30, 89, 90)] == [0, 1, 1, 2]
