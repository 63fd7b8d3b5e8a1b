"""Reach from several starts at once: the same seconds as one search for each, and shapes that hold their streets."""

import numpy as np
import pytest
import shapely

from shouwang.solvers.reaching import ground_of, reached_within, seconds_from
from shouwang.solvers.roads import Road, RoadGraph, make_graph, seconds_to

STEP = 0.005  # about half a kilometre


@pytest.fixture
def town() -> RoadGraph:
    """Ten by ten streets; every third row of them one way, and one turn banned."""
    lon = [column * STEP for _row in range(10) for column in range(10)]
    lat = [row * STEP for row in range(10) for _column in range(10)]
    roads = [Road(r * 10 + c, r * 10 + c + 1, "residential", one_way=r % 3 == 1) for r in range(10) for c in range(9)]
    roads += [Road(r * 10 + c, r * 10 + c + 10, "secondary") for r in range(9) for c in range(10)]
    return make_graph(lon, lat, roads, [(0, 1, 1)])


def test_the_seconds_are_those_of_one_search_for_each_start(town):
    starts = [(0.0021, 0.0), (0.04, 0.0312), (0.0451, 0.01)]

    found = seconds_from(town, starts, 3600)

    for node in range(0, town.n_nodes, 7):
        each = seconds_to(town, (float(town.lon[node]), float(town.lat[node])), starts)
        assert found[node] == pytest.approx(min(each), abs=0.01)


def test_beyond_the_limit_and_without_a_start_nothing_is_reached(town):
    assert np.isinf(seconds_from(town, [], 300)).all()
    near = seconds_from(town, [(0.0, 0.0)], 60)
    assert 0 < np.isfinite(near).sum() < town.n_nodes


def test_the_ground_of_streets_holds_them_and_not_the_next_ones(town):
    seconds = seconds_from(town, [(0.0, 0.0)], 120)
    reached = reached_within(town, seconds, 120)

    ground = ground_of(town, reached)

    middles = shapely.points((town.lon[town.a] + town.lon[town.b]) / 2, (town.lat[town.a] + town.lat[town.b]) / 2)
    inside = shapely.contains(ground, middles)
    assert inside[reached].all()
    assert not inside[~reached].any()
    assert ground_of(town, np.zeros(len(town.a), bool)).is_empty
