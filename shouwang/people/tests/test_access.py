"""Who may do what: right post here, right post next door, wrong post here, nobody."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwang.core.actor import Actor
from shouwang.people.access import NotAllowed, NotVisible, Verb, may, posts_of, require, spans, within
from shouwang.people.giving import give_post
from shouwang.people.models import Post
from shouwang.people.narrowing import NothingToNarrow, narrow_role
from shouwang.people.roles import ADMIN_ROLES, OWN, ROLE_TABLE, ROLES
from shouwang.places.models import Area


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("shen", True), ("zhou", True), ("zhao", False), ("he", False), ("lu", False), ("stranger", False), ("xi", False)],
)
def test_closing_a_matter_in_qiaoxi(world, noon, who, allowed):
    assert may(getattr(world, who), Verb.MATTER_CLOSE, world.qiaoxi_04, noon) is allowed


def test_what_is_theirs_to_see_but_not_to_do_is_not_allowed(world, noon):
    with pytest.raises(NotAllowed):
        require(world.an, Verb.MATTER_CLOSE, world.qiaoxi_04, noon)


@pytest.mark.parametrize("who", ["zhao", "stranger", "lu", "wang"])
def test_what_is_not_theirs_to_see_does_not_exist_for_them(world, noon, who):
    with pytest.raises(NotVisible):
        require(getattr(world, who), Verb.MATTER_CLOSE, world.qiaoxi_04, noon)


def test_area_one_two_does_not_reach_area_one_twenty(world, noon):
    twenty = Area(duty_path="/1/20/", government_path="")

    assert world.station.duty_path == "/1/2/"
    assert not may(world.fang, Verb.MATTER_READ, twenty, noon)


def test_a_community_is_reached_along_both_layers(world, noon):
    assert set(spans(world.su, Verb.AREA_READ, noon)) == {world.qiaoxi.duty_path, world.qiaoxi.government_path}
    assert may(world.jiang, Verb.AREA_READ, world.qiaoxi, noon)
    assert not may(world.jiang, Verb.AREA_READ, world.station, noon)


def test_no_path_matches_no_row(world):
    assert not Area.objects.filter(within(())).exists()
    assert Area.objects.filter(within([world.qiaoxi.duty_path])).count() == 6


def test_a_post_counts_from_its_first_instant_up_to_its_last(world, noon):
    later = noon + dt.timedelta(days=1)
    give_post(
        person=world.stranger.person, role="dispatcher", area=world.station, by=Actor.system(), at=noon, until=later
    )
    stranger = world.stranger.afresh()

    assert [bool(posts_of(stranger, at)) for at in (noon - dt.timedelta(seconds=1), noon, later)] == [
        False,
        True,
        False,
    ]


def test_posts_are_loaded_once_however_many_rows_are_asked_about(world, noon):
    fang = world.fang.afresh()

    with CaptureQueriesContext(connection) as queries:
        for _row in range(50):
            may(fang, Verb.UNIT_SEND, world.qiaoxi_04, noon)

    assert len(queries) == 2  # posts with their areas, narrowings


def test_the_named_post_alone_counts_for_a_step_sent_later(world, noon):
    held = Post.objects.get(person=world.shen.person)
    named = Actor(person_id=world.shen.person_id, post_id=world.zhao.post.pk)

    assert posts_of(Actor(person_id=world.shen.person_id, post_id=held.pk), noon) == (held,)
    assert posts_of(named, noon) == ()


@pytest.mark.item("S-GRD-010")
def test_the_lowest_tier_files_and_sees_only_own_reports(world, noon):
    assert ROLES["neighbourhood_contact"] == OWN
    assert may(world.peng, Verb.OWN_REPORT_FILE, None, noon)
    assert not may(world.peng, Verb.MATTER_READ, world.qiaoxi_04_point, noon)


def test_auxiliaries_take_no_sworn_step():
    sworn_only = {Verb.MATTER_ENFORCE, Verb.MATTER_CLOSE, Verb.EVIDENCE_OPEN_ORIGINAL, Verb.IDENTITY_LOOK}

    assert ROLES["auxiliary"].isdisjoint(sworn_only)
    assert not ROLE_TABLE["auxiliary"].sworn
    assert all(ROLE_TABLE[role].sworn for role in ROLES if Verb.MATTER_ENFORCE in ROLES[role])


def test_the_three_administrations_share_no_power():
    shared = OWN | {Verb.AREA_READ, Verb.PERSON_READ}
    first, second, third = (ROLES[role] - shared for role in sorted(ADMIN_ROLES))

    assert first.isdisjoint(second)
    assert first.isdisjoint(third)
    assert second.isdisjoint(third)
    assert all(Verb.MATTER_READ not in ROLES[role] for role in ADMIN_ROLES)


def test_administration_counts_only_when_it_was_switched_on(world, noon):
    assert not may(world.bao, Verb.POST_GIVE, world.station, noon)
    assert may(world.bao.administering(), Verb.POST_GIVE, world.station, noon)


def test_a_place_narrows_a_role_until_a_date(world, noon):
    until = noon + dt.timedelta(days=7)
    narrow_role(
        "community_officer", Verb.MATTER_CLOSE, area=world.qiaoxi, until=until, reason="跟班学习",
        by=world.bao.administering(), at=noon,
    )  # fmt: skip
    shen, zhao = world.shen.afresh(), world.zhao.afresh()

    assert not may(shen, Verb.MATTER_CLOSE, world.qiaoxi_04, noon)
    assert may(shen, Verb.MATTER_NOTE, world.qiaoxi_04, noon)
    assert may(zhao, Verb.MATTER_CLOSE, world.hebu_01, noon)
    assert may(shen, Verb.MATTER_CLOSE, world.qiaoxi_04, until)


def test_what_a_role_does_not_hold_cannot_be_taken_from_it(world, noon):
    with pytest.raises(NothingToNarrow):
        narrow_role(
            "auxiliary", Verb.MATTER_CLOSE, area=world.qiaoxi, until=noon + dt.timedelta(days=1), reason="x",
            by=world.bao.administering(), at=noon,
        )  # fmt: skip
