"""Passkeys (WebAuthn): a key that cannot leave the device, opened by PIN or gesture. Both factors in one."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.models import Passkey, Person

NAME = "守望"


class PasskeyRefused(Problem):
    code, status = "people.passkey_refused", 403
    says = _("The passkey was not accepted. Try again, or sign in with the password.")


@dataclass(frozen=True)
class Site:
    """What a passkey is bound to: the host name and the origin under which the page was opened."""

    host: str
    origin: str


def registration_options(person: Person, site: Site) -> tuple[dict[str, Any], bytes]:
    """Options for `navigator.credentials.create` and the challenge to remember."""
    options = generate_registration_options(
        rp_id=site.host,
        rp_name=NAME,
        user_id=person.pk.bytes,
        user_name=person.login,
        user_display_name=person.name,
        exclude_credentials=_descriptors(person),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )
    return json.loads(options_to_json(options)), options.challenge


def keep_passkey(
    person: Person,
    answer: dict[str, Any],
    *,
    challenge: bytes | None,
    site: Site,
    label: str,
    by: Actor,
    at: dt.datetime,
) -> Passkey:
    """Raises PasskeyRefused"""
    if challenge is None:
        raise PasskeyRefused
    try:
        seen = verify_registration_response(
            credential=answer, expected_challenge=bytes(challenge), expected_rp_id=site.host,
            expected_origin=site.origin, require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, ValueError, KeyError, TypeError) as fault:
        raise PasskeyRefused from fault
    with acting(by):
        try:
            with transaction.atomic():
                passkey = Passkey.objects.create(
                    person=person, credential_id=seen.credential_id, public_key=seen.credential_public_key,
                    sign_count=seen.sign_count, label=label.strip()[:80] or NAME, made_at=at,
                )  # fmt: skip
        except IntegrityError as fault:
            raise PasskeyRefused from fault
        record("passkey.keep", topic="person.proof_changed", subject=person, by=by, at=at)
    return passkey


def authentication_options(site: Site, person: Person | None = None) -> tuple[dict[str, Any], bytes]:
    """Options for `navigator.credentials.get`; without a person any passkey of this site may answer."""
    options = generate_authentication_options(
        rp_id=site.host,
        allow_credentials=_descriptors(person) if person else None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return json.loads(options_to_json(options)), options.challenge


def person_of(answer: dict[str, Any], *, challenge: bytes | None, site: Site, at: dt.datetime) -> Person:
    """Who answered the challenge. Raises PasskeyRefused"""
    if challenge is None:
        raise PasskeyRefused
    try:
        credential_id = base64url_to_bytes(str(answer["rawId"]))
        passkey = Passkey.objects.select_related("person").get(credential_id=credential_id, person__active=True)
        seen = verify_authentication_response(
            credential=answer, expected_challenge=bytes(challenge), expected_rp_id=site.host,
            expected_origin=site.origin, credential_public_key=bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count, require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, Passkey.DoesNotExist, ValueError, KeyError, TypeError) as fault:
        raise PasskeyRefused from fault
    with acting(Actor(person_id=passkey.person_id)):
        Passkey.objects.filter(pk=passkey.pk).update(sign_count=seen.new_sign_count, used_at=at)
    return passkey.person


def remove_passkey(passkey: Passkey, *, by: Actor, at: dt.datetime) -> None:
    """Take a passkey of one's own away. Raises PasskeyRefused for another's"""
    with acting(by):
        if passkey.person_id != by.person_id:
            raise PasskeyRefused
        passkey.delete()
        record("passkey.remove", topic="person.proof_changed", subject=passkey.person, by=by, at=at)


def _descriptors(person: Person) -> list[PublicKeyCredentialDescriptor]:
    kept = Passkey.objects.filter(person=person).values_list("credential_id", flat=True)
    return [PublicKeyCredentialDescriptor(id=bytes(one)) for one in kept]
