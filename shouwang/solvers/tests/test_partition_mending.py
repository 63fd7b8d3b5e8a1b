"""Divisions made cheaper in places, and how the time for it is counted."""

from __future__ import annotations

import time

from shouwang.solvers.partition_graph import Bounds, cost_of, keeps, make_graph
from shouwang.solvers.partition_mend import mend
from shouwang.solvers.partition_time import ENDLESS, Budget

BOUNDS = Bounds(3, 4, 4)


def two_rows_of(wide):
    """0 1 2 …, and below them wide, wide + 1, …"""
    along = [(row * wide + x, row * wide + x + 1) for row in range(2) for x in range(wide - 1)]
    return make_graph([1] * (2 * wide), along + [(x, x + wide) for x in range(wide)])


def test_districts_that_lie_badly_are_divided_anew_until_nothing_cheaper_is_left():
    graph = two_rows_of(6)
    lengthwise = [0, 0, 0, 0, 1, 1, 2, 2, 2, 2, 1, 1]

    found = list(mend(graph, BOUNDS, lengthwise, set(), ENDLESS))

    assert all(keeps(graph, BOUNDS, one) for one in found)
    assert [cost_of(graph, lengthwise), *(cost_of(graph, one) for one in found)][-1] == 4
    assert cost_of(graph, lengthwise) > 4


def test_what_was_tried_is_not_tried_again():
    graph, best = two_rows_of(6), [0, 0, 1, 1, 2, 2] * 2
    tried = set()

    assert list(mend(graph, BOUNDS, best, tried, ENDLESS)) == []
    assert len(tried) == 3
    assert list(mend(graph, BOUNDS, best, tried, Budget(0))) == []


def test_only_work_counts_until_the_clock_has_waited_long_enough():
    budget = Budget(0.2, clock=60)

    time.sleep(0.3)

    assert not budget.over
    assert budget.work_left > 0
    assert Budget(0).over
    assert Budget(60, clock=0).over
    assert Budget(60).part(0.5).clock_left <= 120
