"""Sealed and excluding matters: who sees them, in lists and alone, and where they may not go."""

from __future__ import annotations

import pytest

from shouwang.matters.models import Matter
from shouwang.matters.sealing import AlreadySealed, NotOnThisGround, NotSealed
from shouwang.matters.steps import take_step
from shouwang.people.access import NotAllowed, NotVisible


@pytest.fixture
def sealed(world, an_errand, noon):
    return take_step(
        an_errand(), "seal", by=world.zhou, at=noon, named=[world.shen.post.pk, world.zhou.post.pk], reason="家庭暴力"
    )


def seen_by(who, at) -> set[Matter]:
    return set(Matter.objects.visible_to(who, at))


def test_only_the_named_see_a_sealed_matter(world, sealed, noon):
    assert seen_by(world.shen, noon) == {sealed}
    assert seen_by(world.zhou, noon) == {sealed}
    for who in (world.fang, world.lin, world.cheng, world.gu, world.an, world.zhao, world.lu, world.stranger):
        assert seen_by(who, noon) == set()


def test_whoever_is_not_named_cannot_take_a_step_and_does_not_learn_that_it_exists(world, sealed, noon):
    with pytest.raises(NotVisible):
        take_step(sealed, "go", by=world.fang, at=noon)


def test_the_named_go_on_working(world, sealed, noon):
    assert take_step(sealed, "go", by=world.shen, at=noon).state == "going"


def test_its_clocks_leave_whoever_may_no_longer_see_it(world, an_errand, noon):
    matter = an_errand(point=None)  # held by the station head

    take_step(matter, "seal", by=world.zhou, at=noon, named=[world.zhou.post.pk], reason="投诉")

    assert set(matter.clocks.values_list("holder", flat=True)) == {world.zhou.post.pk}
    matter.refresh_from_db()
    assert matter.responsible == world.zhou.post


def test_only_posts_on_the_ground_can_be_named(world, an_errand, noon):
    with pytest.raises(NotOnThisGround):
        take_step(an_errand(), "seal", by=world.zhou, at=noon, named=[world.zhao.post.pk], reason="x")


def test_a_dispatcher_cannot_seal(world, an_errand, noon):
    with pytest.raises(NotAllowed):
        take_step(an_errand(), "seal", by=world.fang, at=noon, named=[world.fang.post.pk], reason="x")


def test_unsealing_brings_it_back_to_those_of_the_ground(world, sealed, noon):
    with pytest.raises(AlreadySealed):
        take_step(sealed, "seal", by=world.zhou, at=noon, named=[world.zhou.post.pk], reason="x")

    opened = take_step(sealed, "unseal", by=world.zhou, at=noon, reason="已处理")

    assert seen_by(world.fang, noon) == {opened}
    assert opened.named == []
    with pytest.raises(NotSealed):
        take_step(opened, "unseal", by=world.zhou, at=noon, reason="x")


def test_an_excluded_person_post_or_office_sees_nothing_of_it(world, an_errand, noon):
    person = an_errand(not_persons=[world.fang.person_id], verb=None)
    post = an_errand(not_posts=[world.shen.post.pk], verb=None)
    office = an_errand(by=world.cheng, not_areas=[world.station.number], verb=None)

    assert seen_by(world.fang, noon) == {post}
    assert seen_by(world.shen, noon) == {person}
    assert seen_by(world.gu, noon) == {person, post, office}
    with pytest.raises(NotVisible):
        take_step(office, "go", by=world.fang, at=noon)


def test_an_excluded_post_is_not_the_responsible_one(world, an_errand):
    assert an_errand(not_posts=[world.shen.post.pk], verb=None).responsible == world.lin.post
