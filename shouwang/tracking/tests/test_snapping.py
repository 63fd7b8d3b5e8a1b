"""Fixes are laid on roads for the eye and for distances, and stay as they were everywhere else."""

import numpy as np
import pytest

from shouwang.solvers.roads import Road, make_graph
from shouwang.tracking.pipeline.snap import Lay, metres_along, snap_to_roads

# a street from west to east and one from south to north that crosses it
GRAPH = make_graph(
    [111.40, 111.41, 111.42, 111.41, 111.41],
    [27.69, 27.69, 27.69, 27.68, 27.70],
    [Road(0, 1, "residential"), Road(1, 2, "residential"), Road(3, 1, "residential"), Road(1, 4, "residential")],
)
M = 1 / 111_195  # degrees of latitude


def test_a_fix_beside_the_street_lies_on_it():
    ((lon, lat),) = snap_to_roads(GRAPH, [Lay(111.405, 27.69 + 12 * M)])
    assert (lon, lat) == pytest.approx((111.405, 27.69), abs=1e-7)


def test_a_fix_in_a_park_stays_where_it_is():
    assert snap_to_roads(GRAPH, [Lay(111.405, 27.695)]) == [(111.405, 27.695)]


@pytest.mark.parametrize(("heading", "on"), [(0.0, "north"), (180.0, "north"), (90.0, "east"), (270.0, "east")])
def test_at_a_crossing_the_road_that_leads_the_way_is_taken(heading, on):
    beside = Lay(111.41 + 7 * M, 27.69 + 8 * M, heading, 8.0)
    ((lon, lat),) = snap_to_roads(GRAPH, [beside])
    assert (lat == pytest.approx(27.69, abs=1e-7)) is (on == "east")
    assert (lon == pytest.approx(111.41, abs=1e-7)) is (on == "north")


def test_whoever_stands_has_no_heading():
    ((_lon, lat),) = snap_to_roads(GRAPH, [Lay(111.41 + 12 * M, 27.69 + 6 * M, 0.0, 0.2)])
    assert lat == pytest.approx(27.69, abs=1e-7)


def test_without_roads_everything_stays():
    assert snap_to_roads(None, [Lay(111.4, 27.6)]) == [(111.4, 27.6)]
    assert snap_to_roads(make_graph([], [], []), [Lay(111.4, 27.6)]) == [(111.4, 27.6)]
    assert snap_to_roads(GRAPH, []) == []


def test_a_way_that_wanders_is_shorter_on_the_road():
    wander = np.random.default_rng(4).normal(0, 8 * M, 40)
    way = [Lay(111.401 + n * 1e-4, 27.69 + off) for n, off in enumerate(wander)]
    laid = metres_along(snap_to_roads(GRAPH, way), GRAPH.scale)
    assert laid == pytest.approx(39e-4 * GRAPH.scale[0], rel=1e-3)
    assert laid < metres_along([(one.lon, one.lat) for one in way], GRAPH.scale)
