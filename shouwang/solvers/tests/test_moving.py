"""Moves proposed are the best there are: beside trying all of them."""

from itertools import permutations

import numpy as np
import pytest

from shouwang.solvers.moving import A_MINUTE_COSTS, best_moves


@pytest.mark.parametrize("seed", range(6))
def test_no_choice_of_two_moves_covers_more(seed):
    draw = np.random.default_rng(seed)
    staying, there = draw.random((3, 40)) < 0.2, draw.random((5, 40)) < 0.3
    homes, seconds = draw.integers(0, 30, 40).astype(float), draw.uniform(60, 1200, (3, 5))

    found = best_moves(staying, there, homes, seconds)

    def worth(moves) -> float:
        left = [k for k in range(3) if k not in {crew for crew, _point in moves}]
        covered = staying[left].any(axis=0) | there[[point for _crew, point in moves]].any(axis=0)
        return homes[covered].sum() - sum(round(A_MINUTE_COSTS * seconds[move] / 60) for move in moves)

    pairs = [(k, c) for k in range(3) for c in range(5) if seconds[k, c] <= 900]
    both = [moves for moves in permutations(pairs, 2) if moves[0][0] != moves[1][0] and moves[0][1] != moves[1][1]]
    best = max(worth(moves) for moves in [(), *((one,) for one in pairs), *both])
    assert found.best
    assert worth([(move.crew, move.point) for move in found.moves]) == pytest.approx(best)


def test_a_gain_that_is_not_worth_the_drive_is_left():
    staying, there = np.array([[True, False]]), np.array([[True, True]])

    assert best_moves(staying, there, np.array([9.0, 10.0]), np.array([[600.0]])).moves == ()
    assert len(best_moves(staying, there, np.array([9.0, 30.0]), np.array([[600.0]])).moves) == 1
