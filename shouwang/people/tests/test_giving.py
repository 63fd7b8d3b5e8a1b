"""Posts: given, accepted, covered, passed on, ended; nobody gives what he does not hold."""

from __future__ import annotations

import datetime as dt

import pytest

from shouwang.core.actor import Actor
from shouwang.journal.models import Entry
from shouwang.people import giving, inviting
from shouwang.people.access import NotAllowed, NotVisible, Verb, may
from shouwang.people.chain import responsible_at
from shouwang.people.giving import accept_post, end_post, give_post, pass_on, take_over
from shouwang.people.models import Person, Post
from shouwang.people.roles import ADMIN_ROLES, ROLE_TABLE

DAY = dt.timedelta(days=1)


def test_the_station_head_gives_a_post_in_his_station(world, noon):
    post = give_post(person=world.stranger.person, role="dispatcher", area=world.station, by=world.lin, at=noon)

    assert may(world.stranger.afresh(), Verb.UNIT_SEND, world.qiaoxi, noon)
    assert Entry.objects.filter(verb="post.give", subject=post.pk, person=world.lin.person_id).exists()


def test_nobody_gives_a_post_next_door(world, noon):
    with pytest.raises(NotVisible):
        give_post(person=world.stranger.person, role="grid_worker", area=world.hebu_01, by=world.su, at=noon)


def test_whoever_may_not_give_posts_gives_none(world, noon):
    with pytest.raises(NotAllowed):
        give_post(person=world.stranger.person, role="auxiliary", area=world.station, by=world.fang, at=noon)


def test_nobody_gives_a_verb_he_does_not_hold_there(world, noon):
    with pytest.raises(giving.GivesTooMuch):
        give_post(person=world.gu.person, role="community_officer", area=world.qiaoxi, by=world.su, at=noon)


def test_whoever_gives_holds_or_hands_on_every_verb(world, noon):
    """The security administrator hands on what he cannot use himself."""
    bao = world.bao.administering()

    give_post(person=world.stranger.person, role="dispatcher", area=world.station, by=bao, at=noon)

    assert not may(bao, Verb.UNIT_SEND, world.qiaoxi, noon)


@pytest.mark.parametrize("role", sorted(ADMIN_ROLES))
def test_administrators_are_not_made_by_hand(world, noon, role):
    with pytest.raises(giving.GivesTooMuch):
        give_post(person=world.stranger.person, role=role, area=world.bureau, by=world.bao.administering(), at=noon)


def test_nobody_gives_a_post_to_himself(world, noon):
    with pytest.raises(giving.NotToOneself):
        give_post(person=world.lin.person, role="community_officer", area=world.hebu, by=world.lin, at=noon)


def test_a_role_stands_only_on_its_tiers(world, noon):
    with pytest.raises(giving.WrongTier):
        give_post(person=world.stranger.person, role="dispatcher", area=world.qiaoxi, by=world.lin, at=noon)


def test_a_sworn_role_needs_a_sworn_officer(world, noon):
    with pytest.raises(giving.NotSworn):
        give_post(person=world.stranger.person, role="police_officer", area=world.station, by=world.lin, at=noon)


def test_nobody_holds_two_administrations(world, noon):
    with pytest.raises(giving.TwoAdministrations):
        give_post(person=world.xi.person, role="audit_admin", area=world.bureau, by=Actor.system(), at=noon)


@pytest.mark.item("S-ORG-001")
def test_an_area_never_has_two_responsible_posts_at_once(world, noon):
    with pytest.raises(giving.PostTaken):
        give_post(
            person=world.zhao.person,
            role="community_officer",
            area=world.qiaoxi,
            responsible=True,
            by=world.lin,
            at=noon,
        )


@pytest.mark.item("S-ORG-001")
def test_a_cover_answers_for_the_area_between_its_dates(world, noon):
    cover = give_post(
        person=world.zhao.person, role="community_officer", area=world.qiaoxi, acting_for=world.shen.post,
        until=noon + DAY, by=world.lin, at=noon,
    )  # fmt: skip

    assert responsible_at(world.qiaoxi_04, noon - DAY) == world.shen.post
    assert responsible_at(world.qiaoxi_04, noon) == cover
    assert responsible_at(world.qiaoxi_04, noon + DAY) == world.shen.post


def test_a_cover_needs_an_end_and_the_same_role(world, noon):
    with pytest.raises(giving.CoverNeedsAnEnd):
        give_post(
            person=world.zhao.person, role="community_officer", area=world.qiaoxi, acting_for=world.shen.post,
            by=world.lin, at=noon,
        )  # fmt: skip


def test_an_ended_post_gives_nothing_from_that_instant_on(world, noon):
    end_post(world.ming.post, by=world.lin, at=noon)
    ming = world.ming.afresh()

    assert may(ming, Verb.ASSIGNMENT_WORK, world.qiaoxi, noon - DAY)
    assert not may(ming, Verb.ASSIGNMENT_WORK, world.qiaoxi, noon)
    with pytest.raises(giving.PostOver):
        end_post(world.ming.post, by=world.lin, at=noon + DAY)


def test_nobody_ends_a_post_above_his_own(world, noon):
    with pytest.raises(NotVisible):
        end_post(world.cheng.post, by=world.lin, at=noon)
    with pytest.raises(giving.GivesTooMuch):
        end_post(world.shen.post, by=world.su, at=noon)


@pytest.mark.item("S-GRD-009")
def test_a_post_is_passed_on_and_both_sign(world, noon):
    passing = pass_on(world.shen.post, note="桥西里3幢有独居老人", by=world.shen, at=noon)
    end_post(world.shen.post, by=world.lin, at=noon)
    new = give_post(
        person=world.ming.person, role="community_officer", area=world.qiaoxi, responsible=True, by=world.lin, at=noon
    )
    take_over(passing, taking=new, by=world.ming, at=noon + DAY)

    passing.refresh_from_db()
    assert (passing.leaving, passing.taking, passing.taken_at) == (world.shen.post, new, noon + DAY)
    assert Post.objects.get(pk=new.pk).accepted_at == noon + DAY


def test_only_the_holder_signs_for_his_post(world, noon):
    with pytest.raises(NotAllowed):
        accept_post(world.ma.post, by=world.lu, at=noon)

    assert accept_post(world.ma.post, by=world.ma, at=noon).accepted_at == noon


def test_whoever_leaves_loses_posts_sessions_and_phones_in_one_act(world, noon):
    inviting.close_account(world.ming.person, by=world.lin, at=noon)

    assert not may(world.ming.afresh(), Verb.MATTER_READ, world.qiaoxi, noon)
    assert not Person.objects.get(pk=world.ming.person_id).active
    assert Post.objects.get(pk=world.ming.post.pk).during.upper == noon


def test_every_role_that_is_given_by_hand_has_somebody_who_can_give_it(world, noon):
    bao = world.bao.administering()
    from shouwang.people.access import holds_to_give

    for name, role in ROLE_TABLE.items():
        if name not in ADMIN_ROLES:
            assert all(holds_to_give(bao, verb, world.bureau, noon) for verb in role.verbs), name
