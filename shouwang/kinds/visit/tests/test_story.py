"""Somebody asks to be looked in on: the wish, its visits, the code, and how it ends."""

from __future__ import annotations

import datetime as dt

import pytest

from shouwang.kinds.visit.effects import TriedOften, WrongCode
from shouwang.kinds.visit.models import Wish
from shouwang.kinds.visit.wishes import (
    IntervalWrong,
    NeedUnknown,
    WishEnds,
    note_wish,
    open_due,
    revoke_wish,
    wishes_of,
)
from shouwang.matters.asking import GivenWrong
from shouwang.matters.intake import OutsideTheTown, Told, open_matter
from shouwang.matters.models import Matter
from shouwang.matters.steps import take_step
from shouwang.people.access import NotVisible

QIAOXI_04 = (111.427, 27.686)
NOON = dt.datetime(2026, 3, 10, 4, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 3, 10)
WEEK = dt.timedelta(days=7)


def noted(world, **given) -> tuple[Wish, str]:
    usual = {
        "told": Told(name="陈奶奶", number="13800000000"), "need": "alone", "every_days": 7,
        "ends_on": TODAY + dt.timedelta(days=180), "place_text": "桥西路12号3单元402", "point": QIAOXI_04,
        "by": world.shen, "at": NOON,
    }  # fmt: skip
    return note_wish(**(usual | given))


@pytest.fixture
def visit(world) -> Matter:
    noted(world)
    open_due(NOON + WEEK)
    return Matter.objects.get(kind="visit")


@pytest.mark.item("S-VIS-008")
def test_a_wish_opens_a_visit_in_time_and_the_next_one_an_interval_after_it(world):
    wish, code = noted(world)
    assert (open_due(NOON), open_due(NOON + WEEK), open_due(NOON + WEEK)) == (0, 1, 0)
    visit = Matter.objects.get(kind="visit")
    assert visit.parties.get().identity == wish.identity
    assert "陈" not in f"{visit.gist}{visit.place_text}{visit.facts}"

    met = take_step(visit, "meet", by=world.shen, at=NOON + WEEK, code=code)

    assert (met.outcome, met.facts["proof"]) == ("met", "code")
    wish.refresh_from_db()
    assert (wish.matter, wish.next_on) == (None, TODAY + 2 * WEEK)


def test_a_wrong_code_is_refused_and_none_needs_a_reason(world, visit):
    with pytest.raises(WrongCode):
        take_step(visit, "meet", by=world.shen, at=NOON + WEEK, code="99999")
    with pytest.raises(GivenWrong):
        take_step(visit, "meet", by=world.shen, at=NOON + WEEK)
    met = take_step(visit, "meet", by=world.shen, at=NOON + WEEK, why_no_code="记不起来了")
    assert met.facts["proof"] == "none"


def test_three_tries_and_then_it_is_not_met(world, visit):
    for _ in range(3):
        visit = take_step(visit, "nobody_home", by=world.shen, at=NOON + WEEK)
    with pytest.raises(TriedOften):
        take_step(visit, "nobody_home", by=world.shen, at=NOON + WEEK)
    assert take_step(visit, "give_up", by=world.shen, at=NOON + WEEK).outcome == "not_met"


def test_what_the_person_declines_ends_for_good(world, visit):
    take_step(visit, "decline", by=world.shen, at=NOON + WEEK, reason="不用再来了")
    assert not wishes_of(world.shen, NOON + WEEK).exists()
    assert open_due(NOON + 5 * WEEK) == 0


def test_a_wish_taken_back_opens_nothing_and_twice_is_once(world):
    wish, _ = noted(world)
    revoke_wish(wish=wish, by=world.shen, at=NOON)
    revoke_wish(wish=wish, by=world.shen, at=NOON)
    assert open_due(NOON + WEEK) == 0


def test_the_next_community_sees_no_wish(world):
    wish, _ = noted(world)
    assert not wishes_of(world.zhao, NOON).exists()
    with pytest.raises(NotVisible):
        revoke_wish(wish=wish, by=world.zhao, at=NOON)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"need": "dementia"}, NeedUnknown),
        ({"every_days": 0}, IntervalWrong),
        ({"ends_on": TODAY + dt.timedelta(days=400)}, WishEnds),
        ({"ends_on": TODAY - dt.timedelta(days=1)}, WishEnds),
        ({"point": (0.5, 0.5)}, OutsideTheTown),
    ],
    ids=["diagnosis", "every moment", "for ever", "over", "elsewhere"],
)
def test_what_cannot_be_is_refused_by_field(world, given, problem):
    with pytest.raises(problem) as refused:
        noted(world, **given)
    assert refused.value.field


def test_a_visit_without_a_wish_is_noted_too(world):
    visit = open_matter(kind="visit", by=world.shen, at=NOON, point=QIAOXI_04, subkind="round.advice", gist="防诈宣传")
    assert take_step(visit, "meet", by=world.shen, at=NOON, why_no_code="宣传").phase == "done"
