"""Closed and slow roads: the same times as a graph that was built without them, and which road a drawn line means."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwang.solvers.conditions import along, under
from shouwang.solvers.roads import Road, make_graph, seconds_to

LON, LAT, STEP = 111.4, 27.69, 0.002
SIDE = 4


def lattice(one_ways=frozenset(), without=frozenset(), slow=1.0):  # type: ignore[no-untyped-def]
    """4 × 4 junctions, the streets between them numbered row by row; a number in `one_ways` goes from a to b only."""
    lon = [LON + STEP * (n % SIDE) for n in range(SIDE * SIDE)]
    lat = [LAT + STEP * (n // SIDE) for n in range(SIDE * SIDE)]
    ends = [(n, n + 1) for n in range(SIDE * SIDE) if n % SIDE < SIDE - 1]
    ends += [(n, n + SIDE) for n in range(SIDE * (SIDE - 1))]
    roads = []
    for number, (a, b) in enumerate(ends):
        gone = {forward for stretch, forward in without if stretch == number}
        ways = ({True} if number in one_ways else {True, False}) - gone
        klass = "primary" if number % 3 else "residential"
        speed = (50 if number % 3 else 25) * (slow if number % 3 else 1.0)
        if ways:
            roads.append(Road(*((a, b) if True in ways else (b, a)), klass, one_way=len(ways) == 1, speed_kmh=speed))
    return make_graph(lon, lat, roads)


closed = st.frozensets(st.tuples(st.integers(0, 23), st.booleans()), max_size=20)


@given(one_ways=st.frozensets(st.integers(0, 23), max_size=8), without=closed, slow=st.sampled_from([1.0, 0.5]))
@settings(max_examples=150, deadline=None)
def test_closed_and_slow_roads_are_as_if_the_graph_had_been_built_so(one_ways, without, slow):
    whole = lattice(one_ways)
    made = under(whole, without, (100 * slow, 100, 100))
    built = lattice(one_ways, without, slow)
    corners = [(LON + STEP * (n % SIDE), LAT + STEP * (n // SIDE)) for n in (0, 5, 10, 15)]
    if not len(built.a):
        assert not len(made.a)
        return
    on_both = [one for one in corners if degree(built, one)]
    for goal in on_both:
        np.testing.assert_allclose(seconds_to(made, goal, on_both), seconds_to(built, goal, on_both), rtol=1e-9)


def degree(graph, place):  # type: ignore[no-untyped-def]
    """How many streets meet at a junction: one that none reaches is laid on another street."""
    node = round((place[0] - LON) / STEP) + SIDE * round((place[1] - LAT) / STEP)
    return int((graph.a == node).sum() + (graph.b == node).sum())


def test_a_banned_turn_stays_banned_and_its_street_may_go():
    lon, lat = [0.0, 0.001, 0.002, 0.001, 0.003], [0.0, 0.0, 0.0, 0.001, 0.0]
    roads = [Road(0, 1, "primary"), Road(1, 2, "primary"), Road(1, 3, "primary"), Road(2, 4, "primary"),
             Road(3, 2, "primary")]  # fmt: skip
    graph = make_graph(lon, lat, roads, bans=[(0, 1, 1)])
    start, goal = (0.0, 0.0), (0.003, 0.0)

    made = under(graph, [(3, False)])
    assert made.bans.tolist() == [[0, 1, 1]]
    assert seconds_to(made, goal, [start])[0] == pytest.approx(seconds_to(graph, goal, [start])[0])
    first = under(graph, [(2, True), (2, False)])
    assert first.bans.tolist() == [[0, 1, 1]]
    assert np.isinf(seconds_to(first, goal, [start])[0])  # the way round was the only one
    assert not len(under(graph, [(1, True), (1, False)]).bans)


def chain():  # type: ignore[no-untyped-def]
    """A long street in four pieces from junction 0 to junction 4, where two others leave; one of them is far away."""
    lon = [LON + STEP * n for n in range(5)] + [LON + STEP * 5, LON + STEP * 5, LON, LON + 0.5, LON + 0.501]
    lat = [LAT] * 5 + [LAT + STEP, LAT - STEP, LAT + STEP, LAT, LAT]
    ends = [(0, 1), (2, 1), (2, 3), (3, 4), (4, 5), (4, 6), (0, 7), (7, 0), (8, 9)]
    return make_graph(lon, lat, [Road(a, b, "primary") for a, b in ends])


def place(step: float) -> tuple[float, float]:
    return LON + STEP * step, LAT


def test_one_point_means_the_road_between_two_junctions_in_one_direction():
    assert sorted(along(chain(), [place(2.4)])) == [(0, True), (1, False), (2, True), (3, True)]
    assert sorted(along(chain(), [place(1.5)])) == [(0, False), (1, True), (2, False), (3, False)]


def test_several_points_mean_all_from_the_first_to_the_last_in_their_direction():
    assert along(chain(), [place(1.2), place(2.8)]) == [(1, False), (2, True)]
    assert along(chain(), [place(2.8), place(1.2)]) == [(2, False), (1, True)]
    assert along(chain(), [place(2.2), place(2.8)]) == [(2, True)]
    assert along(chain(), [place(2.8), place(2.2)]) == [(2, False)]
    assert along(chain(), [place(0.5), place(1.5), place(3.5)]) == [(0, True), (1, False), (2, True), (3, True)]


def test_a_click_on_a_junction_does_not_take_the_street_across():
    across = (LON + STEP * 4.02, LAT + STEP * 0.02)
    assert along(chain(), [place(1.2), across]) == [(1, False), (2, True), (3, True)]


def test_points_that_no_road_joins_mean_nothing():
    assert along(chain(), [place(1), (LON + 0.5005, LAT)]) == []
