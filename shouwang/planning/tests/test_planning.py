"""A plan from asking to the draft of borders: worked out by a job, checked, moved by hand, drawn with its reason."""

from __future__ import annotations

import pytest

from shouwang.core import clock
from shouwang.people.access import NotAllowed, NotVisible
from shouwang.places.models import AreaVersion
from shouwang.planning.figures import figures_of, graph_of
from shouwang.planning.models import Plan, PlanState
from shouwang.planning.planning import (
    GridInPieces,
    LimitsUnusable,
    NoSuchChoice,
    NotACommunity,
    NotReady,
    ReasonMissing,
    ask_plan,
    draw,
    move,
    visible_plans,
)
from shouwang.planning.presets import Limits, limits_from
from shouwang.planning.proposing import propose
from shouwang.planning.working_out import in_own_process, work_out
from shouwang.territory.cuts import faults_of_cut
from shouwang.territory.in_force import check_cut

FOUR = Limits(300, 500, 4, 5)


def quickly(task, limits):
    return propose(task, limits, seconds=1)


@pytest.fixture
def plan(world, ground, as_role):
    """A function: a plan of 桥西, worked out."""

    def worked_out(limits=FOUR):
        made = ask_plan(world.qiaoxi, preset="town", limits=limits, by=world.shen, at=clock.now())
        with as_role("jobs"):
            work_out(made.pk, at=clock.now(), proposing=quickly)
        return Plan.objects.select_related("area").get(pk=made.pk)

    return worked_out


def test_a_plan_is_asked_for_and_worked_out_by_a_job(plan):
    found = plan()

    assert found.state == PlanState.READY
    assert sum(atom["households"] for atom in found.ground["atoms"]) == 1560
    for one in found.alternatives:
        figures = figures_of(
            found.ground["atoms"], graph_of(found.ground), one["assignment"], limits_from(found.limits)
        )
        assert figures.faults == []
        assert all(300 <= grid.households <= 500 for grid in figures.grids)
        assert 1.0 <= figures.spread["households"] <= 1.5


def test_todays_grids_go_on_and_who_changes_grid_is_counted(plan):
    found = plan()
    graph, pieces = graph_of(found.ground), found.ground["atoms"]

    every = [figures_of(pieces, graph, one["assignment"], FOUR) for one in found.alternatives]

    like_today = min(every, key=lambda figures: figures.moved)
    assert sorted(grid.code[-3:] for grid in like_today.grids) == ["001", "002", "003", "004"]
    assert like_today.moved == 0


def test_an_alternative_becomes_a_draft_that_passes_the_check(world, plan):
    found = plan()

    for number in range(len(found.alternatives)):
        cut = draw(plan() if number else found, number, reason="", by=world.shen, at=clock.now())

        assert faults_of_cut(cut, clock.now()) == []
        assert check_cut(cut.key, by=world.su, at=clock.now()) == []
        drawn = AreaVersion.objects.filter(cut=cut.key, layer="duty", during__isempty=False)
        assert sum(one.households for one in drawn) == 1560


def test_ground_moved_by_hand_is_a_proposal_of_its_own_and_checked_again(world, plan):
    found = plan()
    before = found.alternatives[0]["assignment"]
    graph = graph_of(found.ground)
    atom, grid = next((u, before[v]) for u, v in graph.edges if before[u] != before[v])

    number = move(found, 0, atom, grid, by=world.shen, at=clock.now())

    found.refresh_from_db()
    assert found.alternatives[0]["assignment"] == before
    assert found.alternatives[number]["kind"] == "hand"
    assert found.alternatives[number]["assignment"][atom] == grid


def test_a_grid_in_pieces_is_not_drawn(world, plan):
    found = plan()
    where = found.alternatives[0]["assignment"]
    graph = graph_of(found.ground)
    touching = [{where[other] for other, _ in graph.near[unit]} for unit in range(graph.n)]
    atom, grid = next(
        (unit, g) for unit in range(graph.n) for g in set(where) if g not in touching[unit] and g != where[unit]
    )

    number = move(found, 0, atom, grid, by=world.shen, at=clock.now())

    with pytest.raises(GridInPieces):
        draw(found, number, reason="", by=world.shen, at=clock.now())


@pytest.mark.item("S-GRD-006")
def test_what_leaves_the_limits_is_drawn_with_a_reason_only(world, plan):
    found = plan(Limits(300, 500, 6, 8))

    assert found.relaxed["changed"] == ["fewest"]
    with pytest.raises(ReasonMissing):
        draw(found, 0, reason="  ", by=world.shen, at=clock.now())
    draw(found, 0, reason="户数只够五个网格", by=world.shen, at=clock.now())

    found.refresh_from_db()
    assert (found.state, found.reason) == (PlanState.DRAWN, "户数只够五个网格")
    with pytest.raises(NotReady):
        move(found, 0, 0, 0, by=world.shen, at=clock.now())


def test_who_may_ask_move_and_see(world, plan):
    found = plan()

    for who, refused in ((world.zhao, NotVisible), (world.ming, NotAllowed), (world.stranger, NotVisible)):
        with pytest.raises(refused):
            move(found, 0, 0, 1, by=who, at=clock.now())
    with pytest.raises(NotAllowed):
        ask_plan(world.qiaoxi, preset="town", limits=FOUR, by=world.ming, at=clock.now())
    assert not visible_plans(world.zhao, clock.now()).filter(pk=found.pk).exists()
    assert visible_plans(world.lin, clock.now()).filter(pk=found.pk).exists()


@pytest.mark.parametrize("limits", [Limits(500, 300, 4, 5), Limits(0, 0, 1, 1), Limits(1, 2, 5, 4)])
def test_limits_that_contradict_each_other_are_refused(world, limits):
    with pytest.raises(LimitsUnusable):
        ask_plan(world.qiaoxi, preset="town", limits=limits, by=world.shen, at=clock.now())


def test_only_communities_are_cut_into_grids(world):
    with pytest.raises(NotACommunity):
        ask_plan(world.qiaoxi_01, preset="town", limits=FOUR, by=world.shen, at=clock.now())


@pytest.mark.parametrize(("alternative", "atom", "grid"), [(9, 0, 0), (0, 999, 0), (0, 0, 99), (0, -1, 0)])
def test_a_choice_that_is_not_there_is_refused(world, plan, alternative, atom, grid):
    with pytest.raises(NoSuchChoice):
        move(plan(), alternative, atom, grid, by=world.shen, at=clock.now())


def test_a_community_without_addresses_says_so(world):
    made = ask_plan(world.hebu, preset="town", limits=FOUR, by=world.zhao, at=clock.now())

    work_out(made.pk, at=clock.now(), proposing=quickly)

    made.refresh_from_db()
    assert made.state == PlanState.FAILED
    assert world.hebu.name in made.problem


def test_a_plan_is_worked_out_once(plan):
    found = plan()
    was = found.ready_at

    work_out(found.pk, at=clock.now(), proposing=quickly)

    found.refresh_from_db()
    assert found.ready_at == was


def test_the_search_runs_in_a_process_of_its_own(world, ground):
    """As the job does it, not as the tests do."""
    made = ask_plan(world.qiaoxi, preset="town", limits=Limits(300, 500, 4, 4), by=world.shen, at=clock.now())

    work_out(made.pk, at=clock.now(), proposing=lambda task, limits: in_own_process(task, limits, seconds=1.0))

    made.refresh_from_db()
    assert made.state == PlanState.READY
