"""Rounds on foot: shortest order, hours kept, what does not fit told; metres along roads that both ways are walked."""

import itertools

import numpy as np
import pytest

from shouwang.solvers.roads import Road, make_graph
from shouwang.solvers.touring import WALKING_MPS, Call, tour
from shouwang.solvers.walking import DETOUR, between, straight, to_nearest

DAY = 8 * 3600


def places(n: int, seed: int) -> np.ndarray:
    at = np.random.default_rng(seed).uniform(0, 1500, (n + 1, 2))
    return np.abs(at[:, None] - at[None]).sum(-1)


@pytest.mark.parametrize("seed", range(6))
def test_the_order_is_as_short_as_the_best_of_all_orders(seed):
    metres = places(7, seed)
    best = min(
        sum(metres[a, b] for a, b in itertools.pairwise((0, *order, 0)))
        for order in itertools.permutations(range(1, 8))
    )

    found = tour(metres, [Call(300)] * 7, lasts=DAY)

    assert found.left_out == ()
    assert found.metres == pytest.approx(best, rel=0.002)


def test_an_appointment_is_kept_and_what_does_not_fit_is_told():
    metres = places(6, 1)
    calls = [Call(600), Call(600, early=7200, late=9000), *[Call(600)] * 3, Call(600, early=60, late=61)]

    found = tour(metres, calls, lasts=DAY)

    begins = dict(zip(found.order, found.begins, strict=True))
    assert 7200 <= begins[1] <= 9000
    assert found.left_out == ((5,) if metres[0, 6] / WALKING_MPS > 61 else ())
    assert tour(metres, [Call(4 * 3600)] * 6, lasts=DAY).left_out != ()


@pytest.mark.parametrize("seed", range(8))
def test_hours_that_cannot_all_be_met_are_met_by_whoever_is_called_on(seed):
    metres = places(12, seed) * 2
    early = np.random.default_rng(seed).integers(0, 4000, 12)
    calls = [Call(600, early=int(begin), late=int(begin) + 300) for begin in early]

    found = tour(metres, calls, lasts=7200)

    assert found.order
    assert found.left_out
    ready, at = 0.0, 0
    for one, begins in zip(found.order, found.begins, strict=True):
        assert early[one] <= begins <= early[one] + 300
        assert begins >= ready + metres[at, one + 1] / WALKING_MPS - 1  # to whole seconds
        ready, at = begins + 600, one + 1
    assert ready + metres[at, 0] / WALKING_MPS <= 7200 + 1


def test_nothing_to_do_is_no_way():
    assert tour(np.zeros((1, 1)), [], lasts=DAY).order == ()


def test_one_walks_against_a_one_way_street_and_off_the_road_to_the_door():
    roads = [Road(0, 1, "residential", True, 0, 1), Road(1, 2, "residential", True, 0, 2)]
    graph = make_graph([111.0, 111.01, 111.02], [27.0, 27.0, 27.0], roads)
    metres = between(graph, [(111.02, 27.0), (111.0, 27.0), (111.01, 27.001)])

    assert metres[0, 1] == pytest.approx(straight([(111.02, 27.0)], [(111.0, 27.0)])[0, 0], rel=0.01)
    assert metres[0, 2] == pytest.approx(metres[2, 0])
    assert metres[2, 1] > straight([(111.01, 27.0)], [(111.0, 27.0)])[0, 0]


def test_without_roads_the_straight_line_with_a_detour_is_taken():
    points = [(111.0, 27.0), (111.01, 27.0)]
    assert between(None, points)[0, 1] == pytest.approx(straight(points, points)[0, 1] * DETOUR)
    assert to_nearest(None, points, [(111.0, 27.0)])[0] == 0
    assert np.isinf(to_nearest(None, points, [])).all()


def test_hours_of_places_are_kept_and_those_that_are_over_or_begin_too_late_are_left_out():
    metres = places(5, 3)
    calls = [
        Call(600, early=6 * 3600), Call(600, late=-60), Call(600, late=3600), Call(600, early=DAY + 60), Call(600),
    ]  # fmt: skip

    found = tour(metres, calls, lasts=DAY)

    begins = dict(zip(found.order, found.begins, strict=True))
    assert found.left_out == (1, 3)
    assert begins[0] >= 6 * 3600
    assert begins[2] <= 3600
    assert 4 in begins
