"""Sessions: revoked at the next request, locked when idle, administration that ends by itself."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.journal.models import Entry
from shouwang.people import giving, sessions, signing_in, workstations
from shouwang.people.access import NotAllowed, NotVisible
from shouwang.people.models import Session
from shouwang.people.sessions import NotAnAdministrator, ReasonMissing


def my_session(person):
    return Session.objects.select_related("person").get(person=person)


def test_a_revoked_session_is_over_at_the_next_request(world, signed_in):
    browser = signed_in(world.fang.person)
    assert browser.get(reverse("people:me")).status_code == 200

    sessions.end_session(my_session(world.fang.person), by=world.fang, at=clock.now())

    assert browser.get(reverse("people:me"))["Location"].startswith(reverse("people:sign_in"))


def test_an_ended_post_closes_its_pages_at_the_next_request(world, signed_in):
    browser = signed_in(world.fang.person)
    assert browser.get(reverse("people:people")).status_code == 200

    giving.end_post(world.fang.post, by=Actor.system(), at=clock.now())

    assert browser.get(reverse("people:people")).status_code == 403


def test_one_ends_ones_other_sessions_and_keeps_this_one(world, signed_in):
    here, there = signed_in(world.fang.person), signed_in(world.fang.person)

    here.post(reverse("people:my_sessions_end"))

    assert here.get(reverse("people:me")).status_code == 200
    assert there.get(reverse("people:me")).status_code == 302


def test_nobody_ends_anothers_session_without_the_verb(world, signed_in, noon):
    signed_in(world.fang.person)
    session = my_session(world.fang.person)

    with pytest.raises(NotAllowed):
        sessions.end_session(session, by=world.zhou, at=clock.now())
    with pytest.raises(NotVisible):
        sessions.end_session(session, by=world.su, at=clock.now())
    sessions.end_session(session, by=world.lin, at=clock.now())
    assert my_session(world.fang.person).ended_at is not None


def test_ending_anothers_session_by_its_address_finds_nothing(world, signed_in):
    signed_in(world.fang.person)
    stranger = signed_in(world.zhou.person)

    page = stranger.post(reverse("people:session_end", args=[my_session(world.fang.person).pk]))

    assert page.status_code == 404


def test_an_idle_page_locks_and_the_password_opens_it(world, signed_in):
    browser, person = signed_in(world.fang.person), world.fang.person
    signing_in.set_password(person, "一句话比一串符号好记", by=world.fang, at=clock.now())
    Session.objects.update(seen_at=clock.now() - sessions.IDLE)

    page = browser.get(reverse("people:people"))
    fragment = browser.post(reverse("people:post_give"), headers={"HX-Request": "true"})
    wrong = browser.post(reverse("people:unlock"), {"password": "no"})
    browser.post(reverse("people:unlock"), {"password": "一句话比一串符号好记"})

    assert page["Location"].startswith(reverse("people:unlock"))
    assert fragment.status_code == 423
    assert wrong.status_code == 403
    assert browser.get(reverse("people:people")).status_code == 200


def test_what_a_page_asks_by_itself_keeps_nobody_signed_in(world, signed_in):
    browser = signed_in(world.fang.person)
    Session.objects.update(seen_at=clock.now() - dt.timedelta(minutes=14))
    browser.get(reverse("people:people"), headers={"X-Shouwang-Passive": "1"})
    assert my_session(world.fang.person).seen_at < clock.now() - dt.timedelta(minutes=13)

    browser.get(reverse("people:people"))
    assert my_session(world.fang.person).seen_at > clock.now() - dt.timedelta(minutes=1)


def test_a_registered_desk_stays_open_while_its_shift_is_on(world):
    at = clock.now()
    machine, _token = workstations.register_workstation(world.station, label="1号席", by=world.zhou, at=at)
    session, _token = sessions.open_session(world.fang.person, label="x", at=at, proven=True, workstation=machine)
    sessions.stay_open(session, until=at + dt.timedelta(hours=8), at=at)
    session.refresh_from_db()

    sessions.notice(session, at=at + dt.timedelta(hours=2), by_hand=False)
    assert not session.locked
    sessions.notice(session, at=at + dt.timedelta(hours=9), by_hand=False)
    assert session.locked


def test_an_idle_desk_is_not_locked_while_its_hours_last(world, signed_in):
    browser = signed_in(world.fang.person)
    machine, _token = workstations.register_workstation(world.station, label="1号席", by=world.zhou, at=clock.now())
    Session.objects.update(workstation=machine)

    assert browser.post(reverse("people:duty"), {"hours": "8"}).status_code == 302
    assert browser.post(reverse("people:lock"), headers={"HX-Request": "true"}).status_code == 202
    assert not my_session(world.fang.person).locked
    Session.objects.update(on_duty_until=clock.now())
    assert browser.post(reverse("people:lock"), headers={"HX-Request": "true"}).status_code == 204
    assert my_session(world.fang.person).locked


def test_hours_are_given_on_a_registered_desk_only_and_in_figures(world, signed_in):
    browser = signed_in(world.fang.person)
    assert browser.post(reverse("people:duty"), {"hours": "8"}).status_code == 404

    machine, _token = workstations.register_workstation(world.station, label="1号席", by=world.zhou, at=clock.now())
    Session.objects.update(workstation=machine)
    assert browser.post(reverse("people:duty"), {"hours": "long"}).status_code == 404
    assert my_session(world.fang.person).on_duty_until is None


def test_a_session_ends_by_itself(world, noon):
    _session, token = sessions.open_session(world.fang.person, label="x", at=noon, proven=True)

    assert sessions.session_of(token, noon + dt.timedelta(hours=13))
    assert sessions.session_of(token, noon + dt.timedelta(hours=14)) is None
    assert sessions.session_of(token + "x", noon) is None


def test_the_post_is_named_where_there_is_no_choice(world, noon):
    session, _token = sessions.open_session(world.fang.person, label="x", at=noon, proven=True)
    assert sessions.actor_of(session, noon).post_id == world.fang.post.pk

    giving.give_post(person=world.fang.person, role="auxiliary", area=world.station, by=world.lin, at=noon)
    assert sessions.actor_of(session, noon).post_id is None


def test_administration_needs_a_reason_and_an_administrator(world, noon):
    session, _token = sessions.open_session(world.bao.person, label="x", at=noon, proven=True)

    with pytest.raises(ReasonMissing):
        sessions.begin_administration(session, reason=" ", by=world.bao, at=noon)
    with pytest.raises(NotAnAdministrator):
        sessions.begin_administration(session, reason="新来的同事", by=world.fang, at=noon)


def test_administration_ends_after_half_an_hour(world, noon):
    session, _token = sessions.open_session(world.bao.person, label="x", at=noon, proven=True)
    sessions.begin_administration(session, reason="新来的同事", by=world.bao, at=noon)

    assert sessions.actor_of(session, noon + dt.timedelta(minutes=29)).admin_session
    assert not sessions.actor_of(session, noon + dt.timedelta(minutes=30)).admin_session


def test_every_request_made_in_administration_is_in_the_journal(world, signed_in):
    browser = signed_in(world.bao.person)
    before = browser.get(reverse("people:post_give"))
    browser.post(reverse("people:administration"), {"reason": "新来的同事"})
    browser.get(reverse("people:people"))
    browser.get("/people/no-such-page/")

    noted = Entry.objects.filter(verb="administration.request").select_related("particulars").order_by("id")
    assert before.url == "/people/me/?next=%2Fpeople%2Fposts%2Fnew%2F"  # to the switch
    assert [entry.particulars.values["path"] for entry in noted] == ["/people/", "/people/no-such-page/"]
    assert {entry.person for entry in noted} == {world.bao.person_id}


def test_cookies_are_closed_to_scripts_and_bound_to_this_host_under_tls(world):
    signing_in.set_password(world.wang.person, "一句话比一串符号好记", by=world.wang, at=clock.now())
    given = {"login": "wang", "password": "一句话比一串符号好记"}
    plain, tls = Client(), Client()
    plain.post(reverse("people:sign_in"), given)
    tls.post(reverse("people:sign_in"), given, secure=True)

    assert plain.cookies["sw_session"]["httponly"]
    assert plain.cookies["sw_session"]["samesite"] == "Lax"
    assert tls.cookies["__Host-sw_session"]["secure"]
    assert tls.cookies["__Host-sw_session"]["path"] == "/"


def test_a_form_from_another_site_is_refused(world, signed_in):
    signed = signed_in(world.fang.person)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed.cookies

    assert strict.post(reverse("people:my_sessions_end")).status_code == 403
    assert Session.objects.filter(ended_at__isnull=False).count() == 0
