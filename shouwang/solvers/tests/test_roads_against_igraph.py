"""Exact agreement with a library that the product does not use, on random graphs with one-ways."""

import igraph
import numpy as np
import pytest

from shouwang.solvers.roads import Road, make_graph, seconds_to


def town(seed, side=14):
    """A jittered street grid with missing streets and one-ways."""
    draw = np.random.default_rng(seed)
    lon = 116 + (np.arange(side * side) % side) * 0.002 + draw.normal(0, 2e-4, side * side)
    lat = 28 + (np.arange(side * side) // side) * 0.002 + draw.normal(0, 2e-4, side * side)
    roads = []
    for node in range(side * side):
        for other in (node + 1, node + side):
            if other < side * side and (other != node + 1 or other % side) and draw.random() > 0.1:
                klass = str(draw.choice(["primary", "residential", "service"]))
                roads.append(Road(node, other, klass, one_way=bool(draw.random() < 0.2)))
    return make_graph(lon, lat, roads)


@pytest.mark.parametrize("seed", range(5))
def test_times_between_junctions_agree(seed):
    graph = town(seed)
    draw = np.random.default_rng(seed + 100)
    forward = list(zip(graph.a.tolist(), graph.b.tolist(), strict=True))
    back = [(b, a) for (a, b), both in zip(forward, graph.both_ways, strict=True) if both]
    weights = [*graph.seconds, *graph.seconds[graph.both_ways]]
    other = igraph.Graph(n=graph.n_nodes, edges=forward + back, directed=True)
    used = np.unique(np.concatenate([graph.a, graph.b]))
    goals, starts = draw.choice(used, 10), draw.choice(used, 20, replace=False)

    for goal in goals:
        ours = seconds_to(
            graph, (graph.lon[goal], graph.lat[goal]), [(graph.lon[s], graph.lat[s]) for s in starts], limit_s=1e6
        )
        theirs = np.array(other.distances([int(goal)], starts.tolist(), weights=weights, mode="in"))[0]
        finite = np.isfinite(theirs)
        assert np.array_equal(np.isfinite(ours), finite)
        assert np.array_equal(ours[finite], theirs[finite])
