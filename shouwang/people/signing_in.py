"""Passwords: checked slowly, refused in one and the same sentence, and shut after five failures."""

from __future__ import annotations

import datetime as dt
import unicodedata

from django.contrib.auth.hashers import check_password, make_password
from django.utils.translation import gettext_lazy as _

from shouwang.core import keyring
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.models import FailedSignIn, Person

MOST_FAILURES = 5
WITHIN = dt.timedelta(minutes=15)
MOST_FROM_ONE_ADDRESS = 30  # an office shares one address; a guesser over many logins is shut out all the same
SHORTEST = 10
LONGEST = 128
_NOBODY = make_password("a password that nobody has")  # an unknown login must take as long as a wrong password
_EVERYDAY = frozenset({"1234567890", "0123456789", "password123", "qwertyuiop", "1qaz2wsx3e", "woaini1314"})


class SignInRefused(Problem):
    code, status = "people.sign_in_refused", 403
    says = _("Login and password do not fit together, or the account is closed. Try again, or ask for a new link.")


class WrongPassword(Problem):
    code, status = "people.wrong_password", 403
    says = _("This is not the password of this account.")


class TooManyFailures(Problem):
    code, status = "people.too_many_failures", 429
    says = _("Five tries were wrong. Wait 15 minutes, or ask an administrator for a new link.")


class WeakPassword(Problem):
    code, status = "people.weak_password", 422
    says = _("Use at least {n} characters that are not the login, not all alike and not a well-known password.")


def sign_in(login: str, password: str, *, address: str, at: dt.datetime) -> Person:
    """The person behind login and password.

    address  where the request came from; only a keyed hash of it is kept
    Raises   TooManyFailures (told alike for logins that do not exist), SignInRefused
    """
    refuse_guesser(login, address=address, at=at)
    person = Person.objects.filter(login=tidy_login(login)).first()
    right = fits(person, password)
    if person is None or not right or not person.active:
        count_failure(login, address=address, at=at, person=person)
        raise SignInRefused
    return person


def fits(person: Person | None, password: str) -> bool:
    """Whether the password is right; it takes as long for nobody as for somebody."""
    kept = person.password if person else ""
    return check_password(password[:LONGEST], kept or _NOBODY) and bool(kept)


def refuse_guesser(login: str, *, address: str, at: dt.datetime) -> None:
    """Raises TooManyFailures after five failures for a login, or thirty from an address, in 15 minutes."""
    recent = FailedSignIn.objects.filter(at__gt=at - WITHIN)
    if recent.filter(login_hash=_hash(tidy_login(login))).count() >= MOST_FAILURES:
        raise TooManyFailures
    if recent.filter(address_hash=_hash(address)).count() >= MOST_FROM_ONE_ADDRESS:
        raise TooManyFailures


def count_failure(login: str, *, address: str, at: dt.datetime, person: Person | None) -> None:
    """Keep a failure, committed by itself: the refusal that follows must not roll it back."""
    by = Actor.nobody()
    with acting(by):
        FailedSignIn.objects.create(login_hash=_hash(tidy_login(login)), address_hash=_hash(address), at=at)
        if person is not None:
            record("sign_in.fail", topic="sign_in.failed", subject=person, by=by, at=at)


def forget_failures(login: str, *, at: dt.datetime) -> None:
    """After a full sign-in the count for this login starts anew."""
    FailedSignIn.objects.filter(login_hash=_hash(tidy_login(login)), at__gt=at - WITHIN).delete()


def set_password(person: Person, password: str, *, by: Actor, at: dt.datetime) -> None:
    """Raises WeakPassword"""
    check_strength(person, password)
    with acting(by):
        person.password = make_password(password)
        person.save(update_fields=["password"])
        record("password.set", topic="person.proof_changed", subject=person, by=by, at=at)


def check_strength(person: Person, password: str) -> None:
    """Raises WeakPassword. Length counts more than signs: no rule about capitals and digits."""
    plain = password.lower()
    if (
        not SHORTEST <= len(password) <= LONGEST
        or len(set(plain)) < 4
        or plain in _EVERYDAY
        or (person.login and person.login.lower() in plain)
    ):
        raise WeakPassword(n=SHORTEST, field="password")


def tidy_login(login: str) -> str:
    """Full-width signs become half-width, outer spaces go, letters are small."""
    return unicodedata.normalize("NFKC", login).strip().lower()[:120]


def _hash(value: str) -> bytes:
    return keyring.keyed_hash(value, purpose="people.failed_sign_in")
