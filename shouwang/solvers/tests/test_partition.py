"""Divisions of graphs small enough to see the best one, and what every division keeps."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwang.solvers.partition import Bounds, CannotDivide, NotFound, divide, make_graph, splits_of
from shouwang.solvers.partition_bound import bound_from_below
from shouwang.solvers.partition_graph import cost_of, keeps
from shouwang.solvers.partition_time import ENDLESS

SOON_S = 8.0


def lattice(wide, high, loads=None, costs=None):
    at = [(x, y) for y in range(high) for x in range(wide)]
    edges = [(at.index((x, y)), at.index(other)) for x, y in at for other in ((x + 1, y), (x, y + 1)) if other in at]
    return make_graph(loads or [1] * len(at), edges, costs)


@pytest.mark.parametrize(
    ("graph", "bounds", "best"),
    [
        (lattice(4, 1), Bounds(2, 2, 2), 1),
        (lattice(4, 4), Bounds(2, 8, 8), 4),
        (lattice(4, 4), Bounds(4, 4, 4), 8),
        (lattice(6, 2), Bounds(3, 4, 4), 4),
        (lattice(3, 3), Bounds(1, 9, 9), 0),
        (lattice(3, 3), Bounds(9, 1, 1), 12),
        (lattice(6, 4), Bounds(2, 11, 13), 4),
    ],
)
def test_the_best_division_of_a_hand_drawn_graph_is_found_and_proven(graph, bounds, best):
    found = divide(graph, bounds, seconds=SOON_S)

    assert keeps(graph, bounds, found.assignment)
    assert (found.cost, found.bound, found.gap) == (best, best, 0.0)


def test_two_halves_that_balance_only_in_pieces_are_no_division():
    """Along a path of 3 3 1 1 only units that are no neighbours would balance."""
    graph = make_graph([3, 1, 1, 3], [(0, 1), (1, 2), (2, 3)])

    assert divide(graph, Bounds(2, 4, 4), seconds=SOON_S).assignment in ([0, 0, 1, 1], [1, 1, 0, 0])
    with pytest.raises(CannotDivide, match="every one was ruled out"):
        divide(make_graph([3, 3, 1, 1], graph.edges), Bounds(2, 4, 4), seconds=SOON_S)


def test_a_border_follows_the_cheap_edges():
    """A road down the middle of six by two: cutting along it costs nothing, though it is no shorter."""
    free = {(1, 2), (7, 8)}
    plain = lattice(6, 2)
    graph = make_graph(plain.loads, plain.edges, [0 if edge in free else 5 for edge in plain.edges])

    found = divide(graph, Bounds(2, 4, 8), seconds=SOON_S)

    assert found.cost == 0
    assert [number for number, where in enumerate(found.assignment) if where == found.assignment[0]] == [0, 1, 6, 7]


def test_pieces_are_divided_each_by_itself():
    two = make_graph([1] * 8, [(0, 1), (1, 2), (2, 3), (4, 5), (5, 6), (6, 7)])

    found = divide(two, Bounds(4, 2, 2), seconds=SOON_S)

    assert keeps(two, Bounds(4, 2, 2), found.assignment)
    assert list(splits_of(two, Bounds(4, 2, 2))) == [(2, 2)]
    with pytest.raises(CannotDivide, match="2 pieces"):
        divide(make_graph([3, 3], []), Bounds(1, 1, 9))


@pytest.mark.parametrize(
    ("bounds", "says"),
    [
        (Bounds(0, 1, 9), "at least one district"),
        (Bounds(5, 0, 9), "4 units cannot make 5"),
        (Bounds(2, 5, 4), "above the upper bound"),
        (Bounds(2, 6, 9), "Lower the bound to 5 or ask for 1"),
        (Bounds(2, 1, 4), "Raise the bound to 5 or ask for 3"),
        (Bounds(4, 1, 3), "Unit 3 alone is 4"),
    ],
)
def test_bounds_that_cannot_be_met_are_refused_in_words(bounds, says):
    graph = make_graph([1, 2, 3, 4], [(0, 1), (1, 2), (2, 3)])

    with pytest.raises(CannotDivide, match=says):
        divide(graph, bounds)


@pytest.mark.parametrize(
    ("loads", "edges", "costs", "says"),
    [
        ([], [], None, "no units"),
        ([1, -1], [], None, "load -1"),
        ([1, "x"], [], None, "load 'x'"),
        ([1, 1], [(0, 2)], None, "does not join"),
        ([1, 1], [(0, 1)], [1, 2], "1 edges and 2 costs"),
        ([1, 1], [(0, 1)], [-1], "costs -1"),
    ],
)
def test_what_is_no_graph_is_refused_in_words(loads, edges, costs, says):
    with pytest.raises(CannotDivide, match=says):
        make_graph(loads, edges, costs)


def test_what_was_not_found_in_no_time_comes_with_the_nearest():
    graph = lattice(5, 5, [7, 3, 5, 2, 9] * 5)

    with pytest.raises((NotFound, CannotDivide)) as refused:
        divide(graph, Bounds(5, 26, 26), seconds=0.0)

    if isinstance(refused.value, NotFound):
        assert len(refused.value.nearest) == 25


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_every_answer_is_whole_within_bounds_and_no_dearer_than_it_says(data):
    wide, high = data.draw(st.integers(2, 5)), data.draw(st.integers(2, 4))
    loads = data.draw(st.lists(st.integers(0, 9), min_size=wide * high, max_size=wide * high))
    districts = data.draw(st.integers(1, 4))
    lower = data.draw(st.integers(0, max(sum(loads) // districts, 0)))
    upper = data.draw(st.integers(lower, sum(loads) + 1))
    graph, bounds = lattice(wide, high, loads), Bounds(districts, lower, upper)

    try:
        found = divide(graph, bounds, seconds=0.5)
    except CannotDivide:
        return

    assert keeps(graph, bounds, found.assignment)
    assert found.bound <= found.cost == cost_of(graph, found.assignment)


def test_the_bound_never_exceeds_the_best():
    """Against every division of a small lattice, tried one by one."""
    graph, bounds = lattice(3, 3, [2, 1, 3, 1, 2, 1, 3, 1, 2]), Bounds(2, 7, 9)
    every = [list(one) for one in itertools.product(range(2), repeat=9)]
    best = min(cost_of(graph, one) for one in every if keeps(graph, bounds, one))

    assert 0 < bound_from_below(graph, bounds, ENDLESS, 99)[0] <= best == divide(graph, bounds, seconds=SOON_S).cost


def test_the_same_seed_finds_the_same():
    graph, bounds = lattice(6, 6), Bounds(3, 11, 13)

    first, second = (divide(graph, bounds, seconds=SOON_S, seed=4) for _ in range(2))

    assert first.cost == second.cost
