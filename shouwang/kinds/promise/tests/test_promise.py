"""A bad answer becomes a promise with a clock, one tier above whoever handled the call."""

from __future__ import annotations

import datetime as dt

import pytest

from shouwang.matters.asking import GivenWrong
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.matters.openings import Wanted, ask_for, served
from shouwang.matters.steps import take_step
from shouwang.people.access import NotAllowed, NotVisible

QIAOXI_04 = (111.427, 27.686)


@pytest.fixture
def noon() -> dt.datetime:
    return dt.datetime(2026, 3, 10, 4, 0, tzinfo=dt.UTC)


@pytest.fixture
def occasion(world, noon):
    """A matter that gives an occasion: any kind would do."""
    return open_matter(kind="promise", by=world.fang, at=noon, point=QIAOXI_04, gist="邻居吵架")


def test_the_bridge_between_kinds_is_not_empty():
    assert served() >= {"follow_up", "promise"}


@pytest.fixture
def promised(world, noon, occasion):
    return ask_for(occasion, Wanted("follow_up", "bad_answer", {"rating": 1}), by=world.fang, at=noon).opened


def test_a_follow_up_is_answered_one_tier_above_within_three_working_days(world, noon, occasion, promised):
    assert (promised.kind, promised.subkind, promised.parent) == ("promise", "promise.follow_up", occasion)
    assert promised.responsible == world.lin.post
    assert promised.facts == {"why": "bad_answer", "rating": 1}
    assert promised.due_at == dt.datetime(2026, 3, 13, 16, tzinfo=dt.UTC)


def test_it_is_kept_only_after_the_person_was_told(world, noon, promised):
    with pytest.raises(GivenWrong):
        take_step(promised, "keep", by=world.lin, at=noon, done="上门道歉")

    kept = take_step(promised, "keep", by=world.lin, at=noon, done="上门道歉", person_told=True)

    assert (kept.phase, kept.outcome, kept.facts["remark"]) == ("done", "kept", "上门道歉")


def test_a_promise_that_is_not_kept_says_why(world, noon, promised):
    begun = take_step(promised, "begin", by=world.ming, at=noon)

    assert take_step(begun, "break", by=world.lin, at=noon, reason="联系不上", person_told=True).outcome == "broken"


@pytest.mark.parametrize(("who", "problem"), [("zhao", NotVisible), ("he", NotAllowed), ("stranger", NotVisible)])
def test_the_next_community_the_wrong_post_and_nobody_do_not_close_it(world, noon, promised, who, problem):
    with pytest.raises(problem):
        take_step(promised, "keep", by=getattr(world, who), at=noon, done="x", person_told=True)


def test_a_promise_below_a_closed_off_matter_is_as_closed_off(world, noon):
    sealed = open_matter(
        kind="promise", by=world.fang, at=noon, point=QIAOXI_04, verb=None, sealed_to=[world.lin.post.pk]
    )

    promised = ask_for(sealed, Wanted("promise", "told"), by=world.fang, at=noon).opened

    assert promised.visibility == "sealed"
    assert not Matter.objects.visible_to(world.fang, noon).filter(pk=promised.pk).exists()
