"""One search backwards from the call finds exactly those who reach it in time, and asks nobody else."""

import numpy as np
import pytest

from shouwang.solvers.nearest import approach
from shouwang.solvers.roads import Road, make_graph, seconds_to


def town(seed: int, side: int = 16):
    """Streets with gaps, one-ways and turn bans."""
    draw = np.random.default_rng(seed)
    lon = 116 + (np.arange(side * side) % side) * 0.002 + draw.normal(0, 2e-4, side * side)
    lat = 28 + (np.arange(side * side) // side) * 0.002 + draw.normal(0, 2e-4, side * side)
    roads, touching = [], {}
    for node in range(side * side):
        for other in (node + 1, node + side):
            if other < side * side and (other != node + 1 or other % side) and draw.random() > 0.1:
                for end in (node, other):
                    touching.setdefault(end, []).append(len(roads))
                roads.append(Road(node, other, "residential", one_way=bool(draw.random() < 0.3)))
    bans = [(met[0], node, met[1]) for node, met in touching.items() if node % 5 == 0 and len(met) > 2]
    return make_graph(lon, lat, roads, bans), draw


@pytest.mark.parametrize("seed", range(4))
def test_who_is_in_time_is_found_with_the_seconds_of_a_search_for_each(seed):
    graph, draw = town(seed)
    doors = draw.integers(0, graph.n_nodes, 60)
    places = [(float(graph.lon[n] + 2e-4), float(graph.lat[n] - 2e-4)) for n in doors]
    call, crews = places[0], places[1:]

    whole = seconds_to(graph, call, crews)

    for limit_s in (60.0, 180.0, 3600.0):
        found = approach(graph, call, limit_s).seconds_from(crews)
        assert np.allclose(found[whole <= limit_s], whole[whole <= limit_s])
        assert np.isinf(found[whole > limit_s]).all()


def test_the_box_is_no_larger_than_the_time_allows():
    graph, _draw = town(1)
    call = (float(graph.lon[0]), float(graph.lat[0]))

    west, south, east, north = approach(graph, call, 60.0).box

    assert west < call[0] < east
    assert south < call[1] < north
    assert east < graph.lon.max()
    assert north < graph.lat.max()


def test_somebody_far_from_any_road_is_not_found_on_it():
    graph, _draw = town(1)
    call = (float(graph.lon[0]), float(graph.lat[0]))

    assert np.isinf(approach(graph, call, 3600.0).seconds_from([(116.0, 27.9)])).all()
    assert approach(graph, call, 3600.0).seconds_from([]).shape == (0,)
