"""Duplicates: suggested when near in place, time and kind; joined and taken apart; remembered as different."""

from __future__ import annotations

import datetime as dt

import pytest

from shouwang.core.geo import moved
from shouwang.matters.merging import JoinedToItself, NotJoinable, joined_to, likely_duplicates, not_the_same
from shouwang.matters.models import NotSame
from shouwang.matters.steps import StepNotOpen, take_step
from shouwang.matters.tests.conftest import HEBU_01, QIAOXI_04
from shouwang.people.access import NotAllowed, NotVisible

MINUTE = dt.timedelta(minutes=1)


def near(matter, world, at, **given):
    return [
        one.matter
        for one in likely_duplicates(
            **({"kind": "errand", "subkind": "", "point": QIAOXI_04, "by": world.fang, "at": at} | given)
        )
    ]


def test_matters_near_in_place_and_time_are_suggested_nearest_first(world, an_errand, noon):
    far = an_errand(point=moved(*QIAOXI_04, metres=200, towards_deg=300))
    close = an_errand(point=moved(*QIAOXI_04, metres=40, towards_deg=300))
    an_errand(point=moved(*QIAOXI_04, metres=350, towards_deg=300))
    an_errand(at=noon - dt.timedelta(hours=3))

    assert near(None, world, noon + MINUTE) == [close, far]


def test_closed_ones_other_groups_and_what_one_may_not_see_are_not_suggested(world, an_errand, noon):
    closed = an_errand()
    take_step(closed, "drop", by=world.fang, at=noon)
    an_errand(subkind="home.cat")
    an_errand(sealed_to=[world.shen.post.pk], verb=None)

    assert near(None, world, noon, subkind="help.fall") == []
    assert len(near(None, world, noon, subkind="home.cat")) == 1
    assert near(None, world, noon, by=world.zhao) == []


def test_joining_ends_the_one_and_taking_apart_brings_it_back_with_its_clocks(world, an_errand, noon):
    kept, double = an_errand(), an_errand()

    double = take_step(double, "merge", by=world.fang, at=noon + MINUTE, into=kept.pk)
    assert (double.state, double.phase, double.merged_into) == ("merged", "void", kept)
    assert joined_to(kept) == [double]
    assert not double.clocks.unmet().exists()

    double = take_step(double, "unmerge", by=world.fang, at=noon + 2 * MINUTE, reason="另一件事")
    assert (double.state, double.phase, double.merged_into, double.closed_at) == ("asked", "new", None, None)
    assert joined_to(kept) == []
    assert double.clocks.unmet().count() == 2
    assert double.clocks.get(rule="answer").next_at > noon
    assert double.facts == {}


def test_a_matter_that_others_were_joined_to_takes_them_along(world, an_errand, noon):
    first, second, third = an_errand(), an_errand(), an_errand()
    take_step(first, "merge", by=world.fang, at=noon, into=second.pk)

    take_step(second, "merge", by=world.fang, at=noon, into=third.pk)

    first.refresh_from_db()
    assert first.merged_into == third


def test_what_cannot_be_joined_says_why(world, an_errand, noon):
    one, closed = an_errand(), an_errand()
    take_step(closed, "drop", by=world.fang, at=noon)

    with pytest.raises(JoinedToItself):
        take_step(one, "merge", by=world.fang, at=noon, into=one.pk)
    with pytest.raises(NotJoinable):
        take_step(one, "merge", by=world.fang, at=noon, into=closed.pk)
    with pytest.raises(StepNotOpen):
        take_step(closed, "merge", by=world.fang, at=noon, into=one.pk)


def test_only_whoever_may_merge_on_both_grounds_joins(world, an_errand, noon):
    here, there = an_errand(), an_errand(point=HEBU_01)

    with pytest.raises(NotAllowed):
        take_step(here, "merge", by=world.ming, at=noon, into=there.pk)
    with pytest.raises(NotVisible):
        take_step(here, "merge", by=world.shen, at=noon, into=there.pk)
    assert take_step(here, "merge", by=world.fang, at=noon, into=there.pk).merged_into == there


def test_two_found_different_are_never_suggested_for_each_other_again(world, an_errand, noon):
    one, other, third = an_errand(), an_errand(), an_errand()

    not_the_same(one, other, by=world.fang, at=noon)
    not_the_same(other, one, by=world.fang, at=noon)

    assert NotSame.objects.count() == 1
    assert near(None, world, noon, than=one) == [third]
    assert set(near(None, world, noon, than=third)) == {one, other}
