"""Streets to be served: hand-drawn ones with known optima, made ones against what must hold, and the bound below."""

from __future__ import annotations

import random

import numpy as np
import pytest

from shouwang.solvers.arc_text import ArcsUnreadable, read_arcs
from shouwang.solvers.arcs import ArcTask, OutOfReach, cost_of, directed, faults_of, route_arcs
from shouwang.solvers.arcs_bound import bound_of
from shouwang.solvers.partition_time import Budget

SHORT = Budget


def task(n_nodes, streets, capacity):
    a, b, cost, demand = (np.array(part, np.int64) for part in zip(*streets, strict=True))
    return ArcTask(n_nodes, a, b, cost, demand, capacity)


SQUARE = [(0, 1, 10, 1), (1, 2, 10, 1), (2, 3, 10, 1), (3, 0, 10, 1)]


@pytest.mark.parametrize(
    ("n_nodes", "streets", "capacity", "optimum"),
    [
        (4, SQUARE, 4, 40),  # once around
        (4, SQUARE, 2, 80),  # two crews, each out to the far corner and back: two streets to serve, two to return by
        (4, [(0, 1, 7, 1), (0, 2, 5, 1), (0, 3, 3, 1)], 3, 30),  # a star: every ray there and back
        (5, [*SQUARE, (2, 4, 6, 1)], 5, 52),  # a blind alley at the far corner
        (4, [(0, 1, 10, 0), (1, 2, 4, 1), (1, 2, 9, 1), (2, 3, 50, 0)], 2, 33),  # two streets between the same corners
    ],
)
def test_hand_drawn_streets_have_their_known_optimum(n_nodes, streets, capacity, optimum):
    drawn = task(n_nodes, streets, capacity)

    found = route_arcs(drawn, budget=SHORT(0.3))

    assert faults_of(drawn, found.routes) == []
    assert found.cost == cost_of(drawn, found.routes) == optimum
    assert bound_of(drawn) <= optimum


def test_the_bound_meets_the_optimum_where_parity_and_capacity_say_it_all():
    assert bound_of(task(5, [*SQUARE, (2, 4, 6, 1)], 5)) == 52
    assert bound_of(task(4, SQUARE, 2)) == 60  # 80 at best: that crews cannot share what they pass is not in it


@pytest.mark.parametrize("seed", range(6))
def test_on_made_streets_everything_is_served_within_the_bound(seed):
    chance = random.Random(seed)
    nodes = [(n, chance.randrange(n)) for n in range(1, 14)]
    extra = [tuple(chance.sample(range(14), 2)) for _ in range(9)]
    streets = [(a, b, chance.randint(1, 30), chance.choice([0, 1, 2, 3])) for a, b in nodes + extra]
    made = task(14, streets, 8)

    found = route_arcs(made, budget=SHORT(0.3), seed=seed)

    assert faults_of(made, found.routes) == []
    assert bound_of(made) <= found.cost


def test_each_street_is_taken_in_the_direction_that_helps():
    row = task(4, [(0, 1, 5, 1), (2, 1, 5, 1), (2, 3, 5, 1)], 3)

    assert directed(row, [0, 1, 2]) == ((0, True), (1, False), (2, True))


def test_a_street_out_of_reach_or_too_much_for_one_crew_is_refused():
    with pytest.raises(OutOfReach):
        route_arcs(task(4, [(0, 1, 5, 1), (2, 3, 5, 1)], 3), budget=SHORT(0.1))
    with pytest.raises(OutOfReach):
        route_arcs(task(2, [(0, 1, 5, 9)], 3), budget=SHORT(0.1))


def test_the_published_form_is_read():
    text = "VERTICES : 3\nCAPACIDAD : 9\n( 1, 2)   coste 4   demanda 2\n( 2, 3)   coste 5\nDEPOSITO :   2\n"

    read = read_arcs(text)

    assert (read.n_nodes, read.capacity, read.base) == (3, 9, 1)
    assert read.demand.tolist() == [2, 0]
    assert read.between[0, 2] == 9
    with pytest.raises(ArcsUnreadable):
        read_arcs(text.replace("CAPACIDAD", "X"))
    with pytest.raises(ArcsUnreadable):
        read_arcs("")
