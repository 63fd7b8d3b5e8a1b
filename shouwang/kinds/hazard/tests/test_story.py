"""A hazard from finding to re-check, and what each may and may not do."""

from __future__ import annotations

import datetime as dt

import pytest

from shouwang.kinds.hazard.effects import ByAnother
from shouwang.matters.asking import GivenWrong
from shouwang.matters.deadlines import tick
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.matters.steps import steps_open_to, take_step
from shouwang.people.access import NotAllowed, NotVisible

QIAOXI_04 = (111.427, 27.686)
NOON = dt.datetime(2026, 3, 10, 4, 0, tzinfo=dt.UTC)


@pytest.fixture
def found(world) -> Matter:
    return open_matter(
        kind="hazard", by=world.shen, at=NOON, point=QIAOXI_04, subkind="fire.exit_blocked", channel="own_find",
        urgency=2, gist="楼道堆物", place_text="桥西路12号3单元",
    )  # fmt: skip


def test_it_is_with_whoever_answers_for_the_ground_and_runs_on_three_clocks(world, found):
    assert found.state == "found"
    assert set(found.clocks.values_list("rule", flat=True)) == {"tell_owner", "mend"}
    assert found.due_at == dt.datetime(2026, 3, 11, 16, tzinfo=dt.UTC)  # told within a working day


@pytest.mark.item("S-VIS-010")
def test_found_told_mended_rechecked_by_another(world, found):
    told = take_step(found, "notify", by=world.shen, at=NOON, told="桥西超市", to_do="清空楼道")
    said = take_step(told, "mended", by=world.shen, at=NOON, mended_by="已清空")
    with pytest.raises(ByAnother):
        take_step(said, "close", by=world.shen, at=NOON)
    bad = take_step(said, "not_mended", by=world.lin, at=NOON, reason="还有一辆自行车")
    again = take_step(bad, "mended", by=world.shen, at=NOON, mended_by="自行车已移走")

    closed = take_step(again, "close", by=world.lin, at=NOON)

    assert (closed.phase, closed.outcome) == ("done", "mended")
    assert closed.facts["told"] == "桥西超市"


def test_the_button_is_shut_with_its_reason_for_whoever_said_it_is_mended(world, found):
    said = take_step(found, "mended", by=world.shen, at=NOON, mended_by="已清空")
    assert "close" not in [one.step.name for one in steps_open_to(said, world.shen, NOON)]
    assert "close" in [one.step.name for one in steps_open_to(said, world.lin, NOON)]


def test_nobody_tells_the_owner_and_it_climbs(world, found):
    first = found.clocks.get(rule="tell_owner")

    tick(first.due_at + dt.timedelta(seconds=1))

    first.refresh_from_db()
    assert first.level == 1
    assert first.holder != found.responsible_id


def test_the_competent_body_is_one_of_the_list(world, found):
    with pytest.raises(GivenWrong):
        take_step(found, "refer", by=world.lin, at=NOON, body="somebody", reason="x")
    gone = take_step(found, "refer", by=world.lin, at=NOON, body="fire_rescue", reason="业主拒不整改")
    assert (gone.outcome, gone.phase) == ("referred", "done")


@pytest.mark.parametrize(("who", "problem"), [("zhao", NotVisible), ("he", NotAllowed), ("stranger", NotVisible)])
def test_the_next_community_a_contact_and_a_stranger_do_not_end_it(world, found, who, problem):
    with pytest.raises(problem):
        take_step(found, "dismiss", by=getattr(world, who), at=NOON, reason="x")
