"""What a crew leaves behind: the same places as asking each crew for its way to each of them."""

import numpy as np
import pytest

from shouwang.solvers.covering import Demand, Stand, covered_by_any, junctions, left_without
from shouwang.solvers.roads import RoadGraph, seconds_to
from shouwang.solvers.tests.test_nearest import town


def places(graph: RoadGraph, draw: np.random.Generator) -> Demand:
    used = np.unique(np.concatenate([graph.a, graph.b]))
    nodes = draw.choice(used, 80, replace=False)
    return Demand(nodes, draw.integers(0, 40, 80).astype(float), draw.choice([60.0, 120.0, 240.0], 80))


def crews(graph: RoadGraph, draw: np.random.Generator, n: int) -> list[Stand]:
    used = np.unique(np.concatenate([graph.a, graph.b]))
    return [Stand((float(graph.lon[k]), float(graph.lat[k]))) for k in draw.choice(used, n, replace=False)]


@pytest.mark.parametrize("seed", range(4))
def test_left_without_is_what_one_search_for_each_crew_and_place_says(seed):
    graph, draw = town(seed)
    demand, stands = places(graph, draw), crews(graph, draw, 9)
    leaving, staying = stands[:4], stands[4:]
    seconds = np.array(
        [seconds_to(graph, (graph.lon[k], graph.lat[k]), [one.at for one in stands]) for k in demand.nodes]
    ).T
    reached = seconds <= demand.limit_s + 1e-6

    lost = left_without(graph, demand, leaving, staying)

    for row in range(len(leaving)):
        others = np.delete(reached, row, axis=0).any(axis=0)
        assert np.array_equal(lost[row], reached[row] & ~others)
    assert np.array_equal(covered_by_any(graph, demand, stands), reached.any(axis=0))


def test_a_crew_that_counts_for_a_minute_covers_no_more_than_its_minute():
    graph, draw = town(2)
    demand, (stand, *_rest) = places(graph, draw), crews(graph, draw, 2)

    near = covered_by_any(graph, demand, [Stand(stand.at, 60.0)])
    far = covered_by_any(graph, demand, [stand])

    assert near.sum() < far.sum()
    assert far[near].all()


def test_without_crews_or_places_nothing_is_covered():
    graph, draw = town(2)
    nowhere = Demand(np.zeros(0, np.int64), np.zeros(0), np.zeros(0))

    assert not covered_by_any(graph, places(graph, draw), []).any()
    assert left_without(graph, nowhere, crews(graph, draw, 2), []).shape == (2, 0)


def test_the_nearest_junction_is_the_nearest():
    graph, _draw = town(0)

    assert junctions(graph, [(float(graph.lon[7] + 1e-5), float(graph.lat[7]))]).tolist() == [7]
