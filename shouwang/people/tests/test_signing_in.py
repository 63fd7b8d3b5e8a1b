"""Coming in: password, second factor, lock-out, generic answers, the demo's cast."""

from __future__ import annotations

import datetime as dt

import pyotp
import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.people import codes, signing_in
from shouwang.people.granting import hash_of
from shouwang.people.models import FailedSignIn, RecoveryCode, Session
from shouwang.people.signing_in import SignInRefused, TooManyFailures, WeakPassword

PASSWORD = "桥西路的灯亮到天明"
ADDRESS = "10.0.0.7"


@pytest.fixture
def fang(world):
    signing_in.set_password(world.fang.person, PASSWORD + "!!", by=world.fang, at=clock.now())
    return world.fang.person


@pytest.fixture
def secret(fang):
    at = clock.now() - dt.timedelta(minutes=5)
    _app, address = codes.begin_code_app(fang, at=at)
    secret = pyotp.parse_uri(address).secret
    codes.confirm_code_app(fang, pyotp.TOTP(secret).at(at), by=Actor(person_id=fang.pk), at=at)
    return secret


def test_password_and_code_lead_in_and_the_first_cookie_is_worth_nothing(fang, secret):
    browser = Client()
    first = browser.post(reverse("people:sign_in"), {"login": " ＦＡＮＧ ", "password": PASSWORD + "!!"})
    early = browser.cookies["sw_session"].value
    refused = browser.get(reverse("people:me"))
    second = browser.post(reverse("people:second_factor"), {"code": pyotp.TOTP(secret).at(clock.now())})

    assert first["Location"].startswith(reverse("people:second_factor"))
    assert refused["Location"].startswith(reverse("people:sign_in"))
    assert second["Location"] == "/desk/"
    assert browser.cookies["sw_session"].value != early
    assert browser.get(reverse("people:me")).status_code == 200
    assert Session.objects.filter(token_hash=hash_of(early)).count() == 0


def test_staff_without_a_second_factor_must_set_one_up(fang):
    browser = Client()
    browser.post(reverse("people:sign_in"), {"login": "fang", "password": PASSWORD + "!!"})
    page = browser.get(reverse("people:second_factor"))
    browser.get(page["Location"])
    address = codes.pending_address(fang)
    done = browser.post(reverse("people:set_up"), {"code": pyotp.TOTP(pyotp.parse_uri(address).secret).at(clock.now())})

    assert page["Location"] == reverse("people:set_up")
    assert done.status_code == 200
    assert RecoveryCode.objects.filter(person=fang).count() == 10
    assert browser.get(reverse("people:me")).status_code == 200


def test_a_resident_needs_no_second_factor(world):
    signing_in.set_password(world.wang.person, PASSWORD + "??", by=world.wang, at=clock.now())
    browser = Client()
    page = browser.post(reverse("people:sign_in"), {"login": "wang", "password": PASSWORD + "??"})

    assert page["Location"] == "/"
    assert browser.get(reverse("people:me")).status_code == 200


def test_unknown_login_and_wrong_password_get_one_and_the_same_answer(fang):
    wrong = Client().post(reverse("people:sign_in"), {"login": "fang", "password": "no"})
    unknown = Client().post(reverse("people:sign_in"), {"login": "nobody", "password": "no"})

    def said(page):
        return page.content.decode().partition('role="alert"')[2].partition("</div>")[0]

    assert (wrong.status_code, unknown.status_code) == (403, 403)
    assert said(wrong) == said(unknown) != ""


@pytest.mark.parametrize("login", ["fang", "nobody"])
def test_five_failures_in_fifteen_minutes_shut_a_login_whether_it_exists_or_not(fang, noon, login):
    for _n in range(5):
        with pytest.raises(SignInRefused):
            signing_in.sign_in(login, "no", address=ADDRESS, at=noon)

    with pytest.raises(TooManyFailures):
        signing_in.sign_in(login, PASSWORD + "!!", address="10.0.0.8", at=noon)


def test_the_lock_out_ends_after_fifteen_minutes(fang, noon):
    for _n in range(5):
        with pytest.raises(SignInRefused):
            signing_in.sign_in("fang", "no", address=ADDRESS, at=noon)

    later = noon + dt.timedelta(minutes=15)
    assert signing_in.sign_in("fang", PASSWORD + "!!", address=ADDRESS, at=later) == fang


def test_one_address_guessing_over_many_logins_is_shut_out(fang, noon):
    for n in range(30):
        with pytest.raises(SignInRefused):
            signing_in.sign_in(f"somebody{n}", "no", address=ADDRESS, at=noon)

    with pytest.raises(TooManyFailures):
        signing_in.sign_in("fang", PASSWORD + "!!", address=ADDRESS, at=noon)
    assert signing_in.sign_in("fang", PASSWORD + "!!", address="10.0.0.9", at=noon) == fang


def test_neither_login_nor_address_is_kept_in_clear(fang, noon):
    signing_in.count_failure("fang", address=ADDRESS, at=noon, person=fang)

    kept = bytes(FailedSignIn.objects.get().login_hash) + bytes(FailedSignIn.objects.get().address_hash)
    assert b"fang" not in kept
    assert ADDRESS.encode() not in kept


def test_a_closed_account_does_not_come_in(fang, noon):
    fang.active = False
    fang.save()

    with pytest.raises(SignInRefused):
        signing_in.sign_in("fang", PASSWORD + "!!", address=ADDRESS, at=noon)


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaa", "fang-fang-fang", "1234567890", "x" * 129])
def test_weak_passwords_are_refused(fang, noon, password):
    with pytest.raises(WeakPassword):
        signing_in.set_password(fang, password, by=Actor(person_id=fang.pk), at=noon)


def test_passwords_are_kept_by_argon2(fang):
    assert fang.password.startswith("argon2$argon2id$")


@pytest.mark.parametrize("typed", ["１２３４５６", "验证码", "", "1" * 7])
def test_what_is_no_code_is_refused_in_words(fang, secret, noon, typed):
    with pytest.raises(codes.WrongCode):
        codes.check_code(fang, typed, at=noon)


def test_an_address_too_long_to_come_back_to_leads_to_the_door_alone(world):
    asked = Client().get("/desk/?q=" + "x" * 20_000)

    assert (asked.status_code, asked["Location"]) == (302, "/people/sign-in/")


def test_a_code_is_good_once_and_so_is_a_recovery_code(fang, secret):
    at = clock.now()
    code = pyotp.TOTP(secret).at(at)
    codes.check_code(fang, code, at=at)
    recovery = codes.new_recovery_codes(fang, by=Actor(person_id=fang.pk), at=at)[0]
    codes.check_code(fang, recovery, at=at)

    for used in (code, recovery, "000000", "A" * 12):
        with pytest.raises(codes.WrongCode):
            codes.check_code(fang, used, at=at)


def test_wrong_codes_shut_the_login_too(fang, secret):
    browser = Client()
    browser.post(reverse("people:sign_in"), {"login": "fang", "password": PASSWORD + "!!"})
    for _n in range(5):
        browser.post(reverse("people:second_factor"), {"code": "000000"})

    page = browser.post(reverse("people:second_factor"), {"code": pyotp.TOTP(secret).at(clock.now())})
    assert page.status_code == 403


def test_after_signing_in_nobody_is_led_off_this_site(world):
    signing_in.set_password(world.wang.person, PASSWORD + "??", by=world.wang, at=clock.now())
    elsewhere = ("https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)")
    for wanted in (*elsewhere, "2999-12-31T00:00", "desk"):
        page = Client().post(reverse("people:sign_in"), {"login": "wang", "password": PASSWORD + "??", "next": wanted})
        assert page["Location"] == "/"


def test_the_cast_is_shown_only_in_a_database_that_the_demo_made(world, owner_sql):
    somebody = {"person": str(world.fang.person_id)}
    with override_settings(DEMO=True):
        assert Client().post(reverse("people:sign_in_as"), somebody).status_code == 404
        owner_sql(f"COMMENT ON SCHEMA {settings.SCHEMA} IS 'demo: made'")
        assert "方晓宁" in Client().get(reverse("people:sign_in")).content.decode()
        assert Client().post(reverse("people:sign_in_as"), somebody)["Location"] == "/desk/"
        assert Client().post(reverse("people:sign_in_as"), {"person": "x"}).status_code == 404

    with override_settings(DEMO=False):
        assert "方晓宁" not in Client().get(reverse("people:sign_in")).content.decode()
        assert Client().post(reverse("people:sign_in_as"), somebody).status_code == 404
