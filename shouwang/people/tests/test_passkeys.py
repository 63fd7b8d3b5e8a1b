"""Passkeys: made on one's own page, both factors in one, bound to this site, never taken over."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from shouwang.core import clock
from shouwang.people import passkeys, sessions
from shouwang.people.models import Passkey, Session
from shouwang.people.tests.soft_key import SoftKey

HOST, ORIGIN = "testserver", "http://testserver"
NEW, ASK, IN = "people:passkey_new", "people:passkey_challenge", "people:passkey_sign_in"


def send(browser, door, body):
    return browser.post(reverse(door), json.dumps(body), content_type="application/json")


@pytest.fixture
def key(world, signed_in):
    """A passkey of 方晓宁, made on her own page."""
    browser, key = signed_in(world.fang.person), SoftKey(HOST, ORIGIN)
    made = send(browser, NEW, {"credential": key.register(browser.get(reverse(NEW)).json()), "label": "值班台"})
    assert made.status_code == 200, made.content
    return key


def test_a_passkey_signs_in_alone(world, key):
    browser = Client()
    done = send(browser, IN, {"credential": key.sign_in(browser.get(reverse(ASK)).json())})

    assert done.json() == {"next": "/desk/"}
    assert world.fang.name in browser.get(reverse("people:me")).content.decode()
    assert Passkey.objects.get().label == "值班台"


def test_a_passkey_unlocks_the_page_of_its_owner_only(world, key, signed_in):
    mine, theirs = signed_in(world.fang.person), signed_in(world.zhou.person)
    Session.objects.update(locked_at=clock.now())

    assert send(theirs, IN, {"credential": key.sign_in(theirs.get(reverse(ASK)).json())}).status_code == 403
    assert send(mine, IN, {"credential": key.sign_in(mine.get(reverse(ASK)).json())}).status_code == 200
    assert mine.get(reverse("people:me")).status_code == 200
    assert theirs.get(reverse("people:me")).status_code == 302


def test_an_answer_to_an_old_challenge_is_worth_nothing(key):
    browser = Client()
    options = browser.get(reverse(ASK)).json()
    browser.get(reverse(ASK))

    assert send(browser, IN, {"credential": key.sign_in(options)}).status_code == 403


def test_an_answer_is_worth_nothing_in_another_browser(key):
    browser = Client()
    answer = key.sign_in(browser.get(reverse(ASK)).json())
    send(browser, IN, {"credential": answer})

    assert send(Client(), IN, {"credential": answer}).status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://elsewhere.example"},
        {"host": "elsewhere.example"},
        {"flags": 0x01},
        {"credential_id": b"somebody else's."},
    ],
)
def test_an_answer_for_another_site_or_without_the_persons_gesture_is_refused(key, wrong):
    for name, value in wrong.items():
        setattr(key, name, value)
    browser = Client()

    assert send(browser, IN, {"credential": key.sign_in(browser.get(reverse(ASK)).json())}).status_code == 403


def test_a_copied_key_is_noticed_by_its_count(key):
    browser = Client()
    key.count = 5
    send(browser, IN, {"credential": key.sign_in(browser.get(reverse(ASK)).json())})
    key.count = 2

    again = Client()
    assert send(again, IN, {"credential": key.sign_in(again.get(reverse(ASK)).json())}).status_code == 403


@pytest.mark.parametrize(
    "body", [{}, {"credential": {}}, {"credential": {"rawId": "*"}}, [], {"credential": {"rawId": 5}}]
)
def test_a_garbled_answer_is_refused_and_not_a_fault(key, body):
    browser = Client()
    browser.get(reverse(ASK))

    assert send(browser, IN, body).status_code == 403


def test_whoever_has_a_factor_cannot_set_up_another_before_giving_it(world, key):
    at = clock.now()
    _session, token = sessions.open_session(world.fang.person, label="x", at=at, proven=False)
    thief = Client()
    thief.cookies["sw_session"] = token

    assert thief.get(reverse(NEW)).status_code in (302, 401)
    assert thief.get(reverse("people:set_up"))["Location"] == reverse("people:second_factor")


def test_a_first_passkey_completes_the_sign_in(world):
    at = clock.now()
    _session, token = sessions.open_session(world.zhou.person, label="x", at=at, proven=False)
    browser, key = Client(), SoftKey(HOST, ORIGIN)
    browser.cookies["sw_session"] = token
    done = send(browser, NEW, {"credential": key.register(browser.get(reverse(NEW)).json()), "label": "x"})

    assert done.json() == {"next": "/desk/"}
    assert browser.get(reverse("people:me")).status_code == 200


def test_nobody_removes_anothers_passkey(world, key, signed_in):
    passkey = Passkey.objects.get()
    assert signed_in(world.zhou.person).post(reverse("people:passkey_remove", args=[passkey.pk])).status_code == 404
    with pytest.raises(passkeys.PasskeyRefused):
        passkeys.remove_passkey(passkey, by=world.zhou, at=clock.now())

    signed_in(world.fang.person).post(reverse("people:passkey_remove", args=[passkey.pk]))
    assert not Passkey.objects.exists()
