"""Phones: bound by a code from the desk and an approval, known afterwards by the signature of a key they keep."""

from __future__ import annotations

import datetime as dt

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.ids import receipt_code
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import NotVisible, require
from shouwang.people.granting import give_grant, grant_of
from shouwang.people.models import Device, Grant, Person
from shouwang.people.models.device import DeviceState
from shouwang.people.models.grant import GrantKind
from shouwang.people.verbs import Verb

CODE_LASTS = dt.timedelta(minutes=10)
OFFLINE_LASTS = dt.timedelta(hours=24)  # without contact for longer, the phone locks its store
COORDINATE_BYTES = 32
LONGEST_KEY = 200


class CodeOver(Problem):
    code, status = "people.device_code_over", 410
    says = _("This code has been used or is over. Let the desk show a new one.")


class NotAPhoneKey(Problem):
    code, status = "people.not_a_phone_key", 422
    says = _("This is not the key of a phone: an elliptic curve key (P-256) was expected.")


class DeviceNotBound(Problem):
    code, status = "people.device_not_bound", 409
    says = _("This phone is not bound: {state}.")


def begin_binding(*, by: Actor, at: dt.datetime) -> tuple[Grant, str]:
    """A one-time code with which one phone may ask to be bound to the person who is signed in."""
    assert by.person_id is not None
    person = Person.objects.get(pk=by.person_id)
    return give_grant(
        GrantKind.DEVICE, subject=person.pk, person=person, by=by, at=at, ends_at=at + CODE_LASTS, token=receipt_code()
    )


def ask_to_bind(code: str, *, public_key: bytes, label: str, at: dt.datetime) -> Device:
    """The phone sends its key; it waits for approval. Raises CodeOver, NotAPhoneKey"""
    _read_key(public_key)
    with acting(Actor.nobody()):
        grant = grant_of("".join(code.split()).upper(), GrantKind.DEVICE, at)
        if grant is None or not Grant.objects.filter(pk=grant.pk, revoked_at__isnull=True).update(revoked_at=at):
            raise CodeOver
        assert grant.person_id is not None
        device = Device.objects.create(
            person_id=grant.person_id, label=label.strip()[:80] or "?", public_key=public_key, bound_at=at,
            last_contact_at=at,
        )  # fmt: skip
        by = Actor(person_id=grant.person_id, device_id=device.pk)
        record("device.ask", topic="device.asked", subject=device, by=by, at=at, of=str(device.person_id))
    return device


def approve_device(device: Device, *, by: Actor, at: dt.datetime) -> Device:
    """Raises NotAllowed, NotVisible, DeviceNotBound"""
    with acting(by):
        _require_over(by, device, at)
        device = Device.objects.select_for_update().get(pk=device.pk)
        if device.state != DeviceState.WAITING:
            raise DeviceNotBound(state=device.get_state_display())
        device.state, device.approved_by_id, device.bound_at = DeviceState.BOUND, by.person_id, at
        device.save(update_fields=["state", "approved_by", "bound_at"])
        record("device.approve", topic="device.bound", subject=device, by=by, at=at, of=str(device.person_id))
    return device


def report_lost(device: Device, *, by: Actor, at: dt.datetime) -> Device:
    """Later steps of it are kept aside, and its key goes at the next contact. By its owner, or who approves phones."""
    with acting(by):
        if device.person_id != by.person_id:
            _require_over(by, device, at)
        device = Device.objects.select_for_update().get(pk=device.pk)
        if device.state in (DeviceState.WAITING, DeviceState.BOUND):
            device.state, device.lost_at = DeviceState.LOST, at
            device.save(update_fields=["state", "lost_at"])
            record("device.lose", topic="device.lost", subject=device, by=by, at=at, of=str(device.person_id))
    return device


def note_contact(device: Device, *, phone_clock: dt.datetime, at: dt.datetime) -> bool:
    """Keep when the phone was heard of and how far its clock is off; whether it must destroy its key now."""
    offset_ms = round((phone_clock - at).total_seconds() * 1000)
    Device.objects.filter(pk=device.pk).update(last_contact_at=at, clock_offset_ms=offset_ms)
    device.last_contact_at, device.clock_offset_ms = at, offset_ms
    return device.state in (DeviceState.LOST, DeviceState.ENDED)


def confirm_destroyed(device: Device, *, at: dt.datetime) -> None:
    """The phone says that its key and store are gone (signed with the key, as its last act)."""
    by = Actor(person_id=device.person_id, device_id=device.pk)
    with acting(by):
        if Device.objects.filter(pk=device.pk, ended_at__isnull=True).update(state=DeviceState.ENDED, ended_at=at):
            record("device.end", topic="device.ended", subject=device, by=by, at=at, of=str(device.person_id))


def verify_step_signature(device: Device, body: bytes, signature: bytes) -> bool:
    """Whether `signature` (raw r‖s, as WebCrypto gives it) is the device's ECDSA P-256 SHA-256 over `body`."""
    if len(signature) != 2 * COORDINATE_BYTES:
        return False
    r, s = (int.from_bytes(signature[n : n + COORDINATE_BYTES]) for n in (0, COORDINATE_BYTES))
    try:
        _read_key(bytes(device.public_key)).verify(encode_dss_signature(r, s), body, ec.ECDSA(SHA256()))
    except (InvalidSignature, NotAPhoneKey):
        return False
    return True


def _read_key(spki: bytes) -> ec.EllipticCurvePublicKey:
    try:
        key = load_der_public_key(spki[:LONGEST_KEY])
    except (ValueError, TypeError) as fault:
        raise NotAPhoneKey(field="public_key") from fault
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise NotAPhoneKey(field="public_key")
    return key


def _require_over(by: Actor, device: Device, at: dt.datetime) -> None:
    """A phone acts with every post of its owner: so only for whoever approves phones on the ground of each."""
    posts = list(device.person.posts.filter(during__contains=at).select_related("area"))
    if not posts:
        raise NotVisible
    for post in posts:
        require(by, Verb.DEVICE_APPROVE, post.area, at)
