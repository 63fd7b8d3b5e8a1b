"""Small graphs drawn by hand, with the times a person works out."""

import numpy as np
import pytest

from shouwang.solvers.roads import EARTH_M, Road, make_graph, seconds_to, snap
from shouwang.solvers.routing import route

DEGREE_M = np.pi * EARTH_M / 180
SPEED = 36.0  # km/h: ten metres a second


def drawn(points, roads, bans=()):
    """Nodes at (east, north) in units of 100 m from the equator; a road costs 10 s a unit."""
    unit = 100 / DEGREE_M
    lon = [x * unit for x, _ in points]
    lat = [y * unit for _, y in points]
    made = [Road(a, b, "residential", one_way=one_way, speed_kmh=SPEED) for a, b, one_way in roads]
    return make_graph(lon, lat, made, bans), unit


def seconds(graph, unit, start, goal):
    return float(seconds_to(graph, (goal[0] * unit, goal[1] * unit), [(start[0] * unit, start[1] * unit)])[0])


BOTH, ONE = False, True
SQUARE = [(0, 0), (1, 0), (1, 1), (0, 1)]
CROSS = [(0, 0), (-1, 0), (1, 0), (0, 1), (0, -1)]

CASES = {
    "a straight road": ([(0, 0), (4, 0)], [(0, 1, BOTH)], (), (1, 0), (3, 0), 20),
    "backwards on a two-way road": ([(0, 0), (4, 0)], [(0, 1, BOTH)], (), (3, 0), (1, 0), 20),
    "backwards on a one-way road goes round": (
        SQUARE,
        [(0, 1, ONE), (1, 2, BOTH), (2, 3, BOTH), (3, 0, BOTH)],
        (),
        (0.75, 0),
        (0.25, 0),
        35,
    ),
    "a one-way ring": (SQUARE, [(0, 1, ONE), (1, 2, ONE), (2, 3, ONE), (3, 0, ONE)], (), (0, 0.5), (0, 0.75), 37.5),
    "a dead end in and out": ([(0, 0), (2, 0), (2, 3)], [(0, 1, BOTH), (1, 2, BOTH)], (), (2, 2), (1, 0), 30),
    "a roundabout is driven one way": (
        [(-2, 0), (-1, 0), (0, -1), (1, 0), (0, 1), (0, 2)],
        [(0, 1, BOTH), (1, 2, ONE), (2, 3, ONE), (3, 4, ONE), (4, 1, ONE), (4, 5, BOTH)],
        (),
        (-2, 0),
        (0, 2),
        20 + 30 * 2**0.5,
    ),
    "a banned left turn goes round": (
        CROSS,
        [(1, 0, BOTH), (0, 2, BOTH), (0, 3, BOTH), (4, 0, BOTH)],
        [(0, 0, 2)],
        (-1, 0),
        (0, 1),
        40,
    ),
    "a turn that is not banned is taken": (
        CROSS,
        [(1, 0, BOTH), (0, 2, BOTH), (0, 3, BOTH), (4, 0, BOTH)],
        [(0, 0, 2)],
        (0, -1),
        (0, 1),
        20,
    ),
    "a ban on an end-to-end turn near the goal": (
        CROSS,
        [(1, 0, BOTH), (0, 2, BOTH), (0, 3, BOTH), (4, 0, BOTH)],
        [(0, 0, 2)],
        (-0.5, 0),
        (0, 0.5),
        30,
    ),
    "an island cannot be reached": (
        [(0, 0), (1, 0), (5, 5), (6, 5)],
        [(0, 1, BOTH), (2, 3, BOTH)],
        (),
        (0, 0),
        (6, 5),
        np.inf,
    ),
    "start and goal at one point": ([(0, 0), (4, 0)], [(0, 1, BOTH)], (), (2, 0), (2, 0), 0),
    "of two parallel roads the faster": (
        [(0, 0), (2, 0), (1, 3)],
        [(0, 2, BOTH), (2, 1, BOTH), (0, 1, BOTH)],
        (),
        (0, 0),
        (2, 0),
        20,
    ),
}


@pytest.mark.parametrize(("points", "roads", "bans", "start", "goal", "expected"), CASES.values(), ids=list(CASES))
def test_the_time_is_what_a_person_works_out(points, roads, bans, start, goal, expected):
    graph, unit = drawn(points, roads, bans)

    assert seconds(graph, unit, start, goal) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("name", [name for name in CASES if CASES[name][-1] not in (np.inf, 0)])
def test_the_line_of_a_route_is_as_long_as_its_time_says(name):
    points, roads, bans, start, goal, expected = CASES[name]
    graph, unit = drawn(points, roads, bans)

    found = route(graph, (start[0] * unit, start[1] * unit), (goal[0] * unit, goal[1] * unit))

    assert found.seconds == pytest.approx(expected, abs=0.01)
    assert found.metres == pytest.approx(expected * 10, rel=0.01)


def test_a_point_is_laid_on_the_nearest_road():
    graph, unit = drawn([(0, 0), (4, 0), (0, 1), (4, 1)], [(0, 1, BOTH), (2, 3, BOTH)])

    laid = snap(graph, 1 * unit, 0.8 * unit)

    assert (laid.stretch, round(laid.share, 3), round(laid.metres)) == (1, 0.25, 20)
