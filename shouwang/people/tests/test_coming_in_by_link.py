"""Invitations, the first start of a town, wall screens: each link opens one thing, once or until it is taken back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from psycopg.types.range import TimestamptzRange

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.demo.world_ground import SINCE
from shouwang.people import first_run, inviting, screens
from shouwang.people.access import NotAllowed, NotVisible, Verb, may, spans
from shouwang.people.giving import end_post
from shouwang.people.models import Grant, Person, Post, Session

GOOD = {"password": "一句话比一串符号好记", "again": "一句话比一串符号好记"}


def test_an_invitation_sets_a_password_once_and_gives_no_right(world):
    person, token = inviting.invite_person(
        name="文静", login="wenjing", area=world.station, by=world.lin, at=clock.now()
    )
    browser, address = Client(), reverse("people:invitation", args=[token])
    shown = browser.get(address)
    done = browser.post(address, GOOD)
    again = Client().post(address, GOOD)

    assert "wenjing" in shown.content.decode()
    assert done["Location"].startswith(reverse("people:second_factor"))
    assert again.status_code == 410
    assert not may(Actor(person_id=person.pk), Verb.AREA_READ, None, clock.now())


def test_an_invitation_ends_after_three_days(world, noon):
    _person, token = inviting.invite_person(name="文静", login="wenjing", area=world.station, by=world.lin, at=noon)

    with pytest.raises(inviting.InvitationOver):
        inviting.person_invited(token, noon + dt.timedelta(days=3))


def test_a_new_link_voids_the_old_one_and_forgets_the_lost_factors(world, noon):
    first = inviting.invite_again(world.fang.person, by=world.lin, at=noon)
    second = inviting.invite_again(world.fang.person, by=world.lin, at=noon)

    with pytest.raises(inviting.InvitationOver):
        inviting.person_invited(first, noon)
    assert inviting.accept_invitation(second, password=GOOD["password"], at=noon) == world.fang.person


def test_a_login_belongs_to_one_person(world, noon):
    with pytest.raises(inviting.LoginTaken):
        inviting.invite_person(name="另一人", login="Fang ", area=world.station, by=world.lin, at=noon)


def test_a_dispatcher_invites_nobody(world, noon):
    with pytest.raises(NotAllowed):
        inviting.invite_person(name="文静", login="wenjing", area=world.station, by=world.fang, at=noon)


def test_no_secret_of_a_link_is_kept(world, noon):
    _person, token = inviting.invite_person(name="文静", login="wenjing", area=world.station, by=world.lin, at=noon)

    assert all(token.encode() not in bytes(grant.token_hash) for grant in Grant.objects.all())


@pytest.fixture
def three_seats(world):
    over = TimestamptzRange(SINCE, clock.now())
    Post.objects.filter(role__in=first_run.ORDER).update(during=over)
    return first_run.link("http://127.0.0.1:8000")


def test_the_first_start_lets_three_administrators_in_and_then_nobody(three_seats):
    token = three_seats.rstrip("/").rpartition("/")[2]
    for role in first_run.ORDER:
        browser = Client()
        seat = reverse("people:first_seat", args=[token, role])
        assert seat in browser.get(reverse("people:first", args=[token])).content.decode()
        page = browser.post(seat, {"name": role, "login": role, **GOOD})
        assert page["Location"].startswith(reverse("people:second_factor"))

    assert Client().get(reverse("people:first", args=[token])).status_code == 410
    assert first_run.link("http://127.0.0.1:8000") is None
    assert {seat.holder.login for seat in first_run.seats(clock.now())} == set(first_run.ORDER)


def test_one_administration_is_taken_once(three_seats, noon):
    token = three_seats.rstrip("/").rpartition("/")[2]
    given = {"name": "甲", "password": GOOD["password"], "bureau": "", "at": clock.now()}
    first_run.take_seat(token, role="audit_admin", login="jia", **given)

    with pytest.raises(first_run.SeatTaken):
        first_run.take_seat(token, role="audit_admin", login="yi", **given)
    assert not Person.objects.filter(login="yi").exists()


def test_there_is_no_link_while_all_three_are_held(world):
    assert first_run.link("http://127.0.0.1:8000") is None


def test_a_wall_screen_sees_one_area_and_opens_no_other_page(world):
    at = clock.now()
    grant, token = screens.give_screen(world.qiaoxi, by=world.zhou, at=at)
    browser = Client()
    browser.post(reverse("people:screen_in", args=[token]))
    screen = screens.screen_of(token, at)

    assert spans(screen, Verb.MATTER_READ, at) == (world.qiaoxi.duty_path, world.qiaoxi.government_path)
    assert spans(screen, Verb.IDENTITY_LOOK, at) == ()
    assert browser.get(reverse("people:people")).status_code == 403

    screens.take_screen_back(grant, by=world.zhou, at=at)
    assert screens.screen_of(token, at) is None
    assert browser.get(reverse("people:people")).status_code == 302


def test_a_screen_is_signed_in_only_by_pressing_the_button(world):
    _grant, token = screens.give_screen(world.qiaoxi, by=world.zhou, at=clock.now())
    browser = Client()

    browser.get(reverse("people:screen", args=[token]))

    assert "sw_screen" not in browser.cookies
    assert Session.objects.count() == 0
    assert browser.post(reverse("people:screen_in", args=["guessed"])).status_code == 410


def test_the_community_officer_signs_no_screen_in(world):
    with pytest.raises(NotAllowed):
        screens.give_screen(world.qiaoxi, by=world.shen, at=clock.now())
    assert end_post(world.shen.post, by=world.lin, at=clock.now())


@pytest.mark.parametrize("who", ["shen", "tang", "cheng", "bao"])
def test_nobody_gets_a_link_into_an_account_above_his_own(world, noon, who):
    """The grid head invites grid workers; the community officer on the same ground is not hers to let in."""
    with pytest.raises((NotAllowed, NotVisible)):
        inviting.invite_again(getattr(world, who).person, by=world.yu if who == "tang" else world.su, at=noon)
    with pytest.raises((NotAllowed, NotVisible)):
        inviting.close_account(getattr(world, who).person, by=world.su if who != "tang" else world.yu, at=noon)


def test_the_grid_head_lets_her_grid_worker_in_again(world, noon):
    assert inviting.invite_again(world.lu.person, by=world.su, at=noon)


def test_nobody_makes_a_link_into_a_residents_account(world, noon):
    with pytest.raises(NotVisible):
        inviting.invite_again(world.wang.person, by=world.bao.administering(), at=noon)


def test_the_seat_of_an_administrator_is_freed_on_the_machine(world):
    assert first_run.free_seat("security_admin", at=clock.now()) == world.bao.person
    assert first_run.link("http://127.0.0.1:8000") is not None
    assert first_run.free_seat("security_admin", at=clock.now()) is None
