"""Alternatives keep the limits; where none can, the fewest limits give, and as little as possible."""

from __future__ import annotations

import pytest

from shouwang.planning.presets import Limits
from shouwang.planning.proposing import Task, counts_of, propose, same


def lattice(wide, high, households=10, today=None):
    at = [(x, y) for y in range(high) for x in range(wide)]
    edges = [(at.index((x, y)), at.index(o)) for x, y in at for o in ((x + 1, y), (x, y + 1)) if o in at]
    return Task([households] * len(at), edges, [1] * len(edges), today or [None] * len(at))


def sizes(task, assignment):
    return sorted(sum(h for h, w in zip(task.households, assignment, strict=True) if w == n) for n in set(assignment))


def test_alternatives_lie_within_the_limits_and_differ():
    today = [int(n % 6 >= 3) for n in range(24)]
    task = lattice(6, 4, today=today)

    proposal = propose(task, Limits(80, 130, 2, 4), seconds=2)

    assert proposal.relaxed is None
    assert 1 <= len(proposal.alternatives) <= 3
    for one in proposal.alternatives:
        assert all(80 <= size <= 130 for size in sizes(task, one.assignment))
        assert one.bound <= one.cost
    assert not any(
        same(a.assignment, b.assignment) for a in proposal.alternatives for b in proposal.alternatives if a is not b
    )


def test_todays_borders_are_kept_where_they_keep_the_limits():
    today = [int(n % 6 >= 2) for n in range(24)]
    task = lattice(6, 4, today=today)

    proposal = propose(task, Limits(70, 170, 2, 2), seconds=2)

    assert any(same(one.assignment, today) for one in proposal.alternatives)


@pytest.mark.parametrize(
    ("limits", "changed", "becomes"),
    [
        (Limits(80, 120, 5, 8), ("fewest",), {"fewest": 3}),
        (Limits(40, 60, 2, 3), ("most",), {"most": 4}),
        (Limits(130, 140, 2, 2), ("lower",), {"lower": 114}),
        (Limits(90, 110, 2, 2), ("upper",), {"upper": 126}),
    ],
)
def test_one_limit_gives_where_one_is_enough(limits, changed, becomes):
    task = lattice(6, 4)

    proposal = propose(task, limits, seconds=2)

    assert proposal.relaxed.changed == changed
    assert {name: getattr(proposal.relaxed.limits, name) for name in becomes} == becomes
    assert proposal.alternatives


def test_atoms_that_do_not_fit_make_the_sizes_give():
    task = Task([100, 10, 10, 100], [(0, 1), (1, 2), (2, 3)], [1, 1, 1], [None] * 4)

    proposal = propose(task, Limits(60, 90, 2, 3), seconds=2)

    assert "upper" in proposal.relaxed.changed
    assert proposal.relaxed.limits.upper >= 100


def test_the_number_that_suits_the_middle_of_the_limits_comes_first():
    assert counts_of(2400, Limits(300, 500, 5, 8)) == [6, 5, 7, 8]
    assert counts_of(1000, Limits(300, 500, 5, 8)) == []


def test_ground_in_more_pieces_than_grids_gets_a_grid_a_piece():
    task = Task([90, 400, 410, 60, 380, 70], [(1, 2)], [1], [None] * 6)

    proposal = propose(task, Limits(300, 500, 2, 3), seconds=0.3)

    assert proposal.relaxed is not None
    assert "most" in proposal.relaxed.changed
    assert proposal.relaxed.limits.most == 5
    assert len(set(proposal.alternatives[0].assignment)) == 5
