"""Patrol routes: known optima on drawn streets, hours and caps kept whatever is drawn, and how much can be foreseen."""

from __future__ import annotations

import random

import numpy as np
import pytest

from shouwang.solvers.patrol_route import CAP, LOSS, Beat, Errand, checked, foreseen, shortest, unforeseen
from shouwang.solvers.roads import Road, make_graph
from shouwang.solvers.walking import line


def ring(n, step=100.0):
    """(n, n) seconds around a ring of places."""
    apart = np.abs(np.arange(n)[:, None] - np.arange(n)[None, :])
    return np.minimum(apart, n - apart) * step


def made(seed, n=12, lasts=9000, streets=0):
    chance = np.random.default_rng(seed)
    at = chance.uniform(0, 900, (n + 1 + streets, 2))
    ways = np.abs(at[:, None] - at[None]).sum(axis=2)
    errands = [Errand(p, p, 120, weight=float(chance.integers(0, 6))) for p in range(1, n + 1)]
    errands += [Errand(p, p - 1, round(ways[p, p - 1])) for p in range(n + 1, n + 1 + streets)]
    return Beat(ways, errands, lasts)


def test_around_a_ring_the_shortest_way_goes_round_once():
    beat = Beat(ring(8), [Errand(n, n, 60) for n in range(1, 8)], 3600)

    found = shortest(beat)

    assert found.on_the_way == 800
    assert sorted(visit.errand for visit in found.visits) == list(range(7))


def test_a_street_is_walked_in_the_direction_that_helps():
    beat = Beat(ring(4), [Errand(2, 1, 100), Errand(3, 3, 0)], 3600)

    found = shortest(beat)

    assert found.on_the_way == 300  # out to 1, the street, on to 3 and home; the other way round is as long
    assert found.visits[0].onwards is (found.visits[0].errand != 0)


def test_hours_rule_the_order():
    beat = Beat(ring(4), [Errand(1, 1, 60, 2000, 2300), Errand(2, 2, 60, 0, 600), Errand(3, 3, 60, 1000, 1200)], 3600)

    assert [visit.errand for visit in shortest(beat).visits] == [1, 2, 0]


def test_what_does_not_fit_is_said():
    beat = Beat(ring(4), [Errand(1, 1, 60), Errand(2, 2, 60, 0, 150)], 3600)

    assert shortest(beat).left_out == (1,)


@pytest.mark.parametrize("seed", range(8))
def test_every_place_is_seen_within_its_hours_the_loss_and_the_cap(seed):
    chance, base = random.Random(seed), made(seed, streets=3)
    errands = list(base.errands)
    for visit in chance.sample(shortest(base).visits, 4):
        one = errands[visit.errand]
        errands[visit.errand] = Errand(
            one.begin, one.end, one.seconds, max(0, visit.begins - 900), visit.begins + 1800, one.weight
        )
    beat = Beat(base.ways, errands, base.lasts)
    best = shortest(beat)
    assert best.left_out == ()

    for night in range(5):
        found = unforeseen(beat, best, seed=night)

        assert sorted(visit.errand for visit in found.visits) == list(range(len(errands)))
        assert found.on_the_way <= best.on_the_way * (1 + LOSS) + 1
        even = (beat.lasts - found.on_the_way) / len(errands)
        now, at = 0.0, beat.start
        for visit in found.visits:
            one = errands[visit.errand]
            begin, end = (one.begin, one.end) if visit.onwards else (one.end, one.begin)
            assert visit.begins >= now + beat.ways[at, begin] - 2
            assert one.early - 1 <= visit.begins <= (beat.lasts if one.late is None else one.late) + 1
            assert one.seconds <= visit.stays <= max(one.seconds, CAP * even) + 1
            now, at = visit.begins + visit.stays, end
        assert now + beat.ways[at, beat.goal] <= beat.lasts + 2


@pytest.mark.parametrize("seed", range(3))
def test_who_watched_thirty_nights_does_not_know_when_they_come(seed):
    beat = made(seed)
    best = shortest(beat)

    seen = [unforeseen(beat, best, seed=night) for night in range(30)]
    told = foreseen(seen, [unforeseen(beat, best, seed=1000 + night) for night in range(30)])

    assert len(told) == len(beat.errands)
    assert max(told.values()) <= 0.8  # the first and the last of a round cannot be hidden wholly
    assert sum(told.values()) / len(told) <= 0.4


def test_the_same_way_every_night_would_be_foreseen_always():
    best = shortest(made(0))

    assert set(foreseen([best] * 30, [best] * 30).values()) == {1.0}


def test_a_seed_says_the_same_route_again():
    beat = made(4)
    best = shortest(beat)

    assert unforeseen(beat, best, seed=7) == unforeseen(beat, best, seed=7) != unforeseen(beat, best, seed=8)


def test_a_crew_called_away_goes_on_from_where_it_is():
    whole = Beat(ring(8), [Errand(n, n, 60) for n in range(1, 8)], 3600)
    left = Beat(whole.ways, whole.errands[3:], 1500, start=6, goal=0)

    found = shortest(left)

    assert found.left_out == ()
    assert found.on_the_way == 600  # back over 5 to 4, then on over 7 and home


def test_an_order_made_by_hand_is_refused_where_it_misses_an_hour():
    beat = Beat(ring(4), [Errand(1, 1, 60, 0, 150), Errand(2, 2, 60)], 3600)

    assert checked(beat, [(0, True), (1, True)]) is not None
    assert checked(beat, [(1, True), (0, True)]) is None


def test_the_way_is_drawn_along_the_roads_against_a_one_way_street_too():
    corners = [(111.40, 27.60), (111.41, 27.60), (111.41, 27.61)]
    streets = [Road(0, 1, "residential", one_way=True), Road(1, 2, "residential")]
    graph = make_graph([lon for lon, _ in corners], [lat for _, lat in corners], streets)

    there = line(graph, [(111.402, 27.60), (111.41, 27.608)])
    back = line(graph, [(111.41, 27.608), (111.402, 27.60)])

    assert there == [(111.402, 27.60), corners[1], (111.41, 27.608)]
    assert back == there[::-1]
    assert line(None, corners) == corners
