"""The second factor by code: an authenticator app (TOTP, RFC 6238) and ten recovery codes on paper."""

from __future__ import annotations

import datetime as dt
import hmac
import secrets

import pyotp
from django.utils.translation import gettext_lazy as _

from shouwang.core import keyring
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import half_width
from shouwang.core.ids import RECEIPT_ALPHABET
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.models import CodeApp, Person, RecoveryCode

STEP_S = 30
DRIFT = 1  # steps before and after: a phone's clock may be half a minute off
N_RECOVERY_CODES = 10
RECOVERY_LENGTH = 12
ISSUER = "守望"


class WrongCode(Problem):
    code, status = "people.wrong_code", 403
    says = _("This code does not fit, or was used already. Wait for the next one.")


def begin_code_app(person: Person, *, at: dt.datetime) -> tuple[CodeApp, str]:
    """A new secret that counts once `confirm_code_app` has seen a code made with it; the address for the QR."""
    secret = pyotp.random_base32()
    with acting(Actor(person_id=person.pk)):
        CodeApp.objects.filter(person=person, confirmed_at__isnull=True).delete()
        app = CodeApp(person=person, made_at=at)
        app.secret_enc = keyring.seal(secret.encode(), table="people_codeapp", column="secret_enc", row=app.pk)
        app.save()
    return app, _address(person, secret)


def pending_address(person: Person) -> str | None:
    """The address for the QR of a secret that is not confirmed yet."""
    app = CodeApp.objects.filter(person=person, confirmed_at__isnull=True).first()
    return _address(person, _secret(app)) if app else None


def confirm_code_app(person: Person, code: str, *, by: Actor, at: dt.datetime) -> list[str]:
    """The first code from the app was right: it counts from now on. The recovery codes, shown once.

    Raises  WrongCode
    """
    with acting(by):
        app = CodeApp.objects.select_for_update().filter(person=person, confirmed_at__isnull=True).first()
        step = _step_of(app, code, at) if app else None
        if app is None or step is None:
            raise WrongCode(field="code")
        app.confirmed_at, app.last_step = at, step
        app.save(update_fields=["confirmed_at", "last_step"])
        record("code_app.confirm", topic="person.proof_changed", subject=person, by=by, at=at)
        return new_recovery_codes(person, by=by, at=at)


def check_code(person: Person, code: str, *, at: dt.datetime) -> None:
    """A code from the app or a recovery code; each is good once. Raises WrongCode"""
    code = "".join(half_width(code).split()).replace("-", "").upper()
    by = Actor(person_id=person.pk)
    with acting(by):
        if len(code) == RECOVERY_LENGTH:
            if RecoveryCode.objects.filter(person=person, code_hash=_hash(person, code), used_at__isnull=True).update(
                used_at=at
            ):
                record("recovery_code.use", topic="person.proof_used", subject=person, by=by, at=at)
                return
            raise WrongCode(field="code")
        app = CodeApp.objects.select_for_update().filter(person=person, confirmed_at__isnull=False).first()
        step = _step_of(app, code, at) if app else None
        if app is None or step is None:
            raise WrongCode(field="code")
        app.last_step = step
        app.save(update_fields=["last_step"])


def new_recovery_codes(person: Person, *, by: Actor, at: dt.datetime) -> list[str]:
    """Ten new codes as XXXX-XXXX-XXXX; the old ones are void."""
    codes = ["".join(secrets.choice(RECEIPT_ALPHABET) for _n in range(RECOVERY_LENGTH)) for _code in range(10)]
    with acting(by):
        RecoveryCode.objects.filter(person=person).delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(person=person, code_hash=_hash(person, code), made_at=at) for code in codes
        )
        record("recovery_codes.make", topic="person.proof_changed", subject=person, by=by, at=at)
    return [f"{code[:4]}-{code[4:8]}-{code[8:]}" for code in codes]


def has_code_app(person: Person) -> bool:
    return CodeApp.objects.filter(person=person, confirmed_at__isnull=False).exists()


def _address(person: Person, secret: str) -> str:
    return str(pyotp.TOTP(secret).provisioning_uri(name=person.login, issuer_name=ISSUER))


def _secret(app: CodeApp) -> str:
    return keyring.unseal(app.secret_enc, table="people_codeapp", column="secret_enc", row=app.pk).decode()


def _step_of(app: CodeApp, code: str, at: dt.datetime) -> int | None:
    """The time step whose code this is, if it is newer than the last one used."""
    totp = pyotp.TOTP(_secret(app), interval=STEP_S)
    now = int(at.timestamp()) // STEP_S
    for step in range(now - DRIFT, now + DRIFT + 1):
        if step > app.last_step and hmac.compare_digest(totp.at(step * STEP_S).encode(), code.encode()):
            return step
    return None


def _hash(person: Person, code: str) -> bytes:
    return keyring.keyed_hash(f"{person.pk}:{code}", purpose="people.recovery_code")
