"""Phones: bound by code and approval, known by signature, lost and heard of again."""

from __future__ import annotations

import base64
import datetime as dt
import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client
from django.urls import reverse

from shouwang.core import clock
from shouwang.people import devices
from shouwang.people.access import NotAllowed, NotVisible
from shouwang.people.devices import CodeOver, DeviceNotBound, NotAPhoneKey
from shouwang.people.models import Device


def spki(key):
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def raw_signature(key, body):
    """As WebCrypto signs: r and s side by side."""
    r, s = decode_dss_signature(key.sign(body, ec.ECDSA(SHA256())))
    return r.to_bytes(32) + s.to_bytes(32)


@pytest.fixture
def key():
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture
def phone(world, noon, key):
    """周明远's phone, which waits for approval."""
    _grant, code = devices.begin_binding(by=world.ming, at=noon)
    return devices.ask_to_bind(code, public_key=spki(key), label="对讲手机3号", at=noon)


def test_a_phone_is_bound_by_its_code_and_an_approval(world, noon, phone):
    bound = devices.approve_device(phone, by=world.zhou, at=noon)

    assert (bound.state, bound.person, bound.approved_by) == ("bound", world.ming.person, world.zhou.person)


@pytest.mark.parametrize(("who", "problem"), [("fang", NotAllowed), ("ming", NotAllowed), ("su", NotVisible)])
def test_only_who_answers_for_its_owner_approves_a_phone(world, noon, phone, who, problem):
    with pytest.raises(problem):
        devices.approve_device(phone, by=getattr(world, who), at=noon)


def test_the_code_is_short_enough_to_be_typed_however_one_types_it(world, noon, key):
    _grant, code = devices.begin_binding(by=world.ming, at=noon)

    assert len(code) == 8
    assert devices.ask_to_bind(f" {code[:4].lower()} {code[4:]}", public_key=spki(key), label="x", at=noon)


def test_a_code_binds_one_phone_within_ten_minutes(world, noon, key):
    _grant, code = devices.begin_binding(by=world.ming, at=noon)
    with pytest.raises(CodeOver):
        devices.ask_to_bind(code, public_key=spki(key), label="x", at=noon + dt.timedelta(minutes=10))
    devices.ask_to_bind(code, public_key=spki(key), label="x", at=noon)
    with pytest.raises(CodeOver):
        devices.ask_to_bind(code, public_key=spki(key), label="x", at=noon)


@pytest.mark.parametrize(
    "wrong",
    [b"", b"no key", spki(ec.generate_private_key(ec.SECP384R1())), spki(ed25519.Ed25519PrivateKey.generate())],
    ids=["nothing", "no key", "P-384", "Ed25519"],
)
def test_only_the_key_of_a_phone_is_taken(world, noon, wrong):
    _grant, code = devices.begin_binding(by=world.ming, at=noon)
    with pytest.raises(NotAPhoneKey):
        devices.ask_to_bind(code, public_key=wrong, label="x", at=noon)


def test_a_step_signed_by_the_phone_is_known_and_an_edited_one_is_not(phone, key):
    body = b'{"act":"arrive"}'
    signature = raw_signature(key, body)

    assert devices.verify_step_signature(phone, body, signature)
    assert not devices.verify_step_signature(phone, body + b" ", signature)
    assert not devices.verify_step_signature(phone, body, signature[:-1])
    assert not devices.verify_step_signature(phone, body, bytes(64))
    assert not devices.verify_step_signature(phone, body, raw_signature(ec.generate_private_key(ec.SECP256R1()), body))


def test_a_lost_phone_is_told_to_destroy_its_key_at_the_next_contact(world, noon, phone):
    bound = devices.approve_device(phone, by=world.zhou, at=noon)
    assert not devices.note_contact(bound, phone_clock=noon, at=noon)

    lost = devices.report_lost(bound, by=world.ming, at=noon)
    assert devices.note_contact(lost, phone_clock=noon, at=noon)
    devices.confirm_destroyed(lost, at=noon)
    assert Device.objects.get(pk=phone.pk).state == "ended"
    with pytest.raises(DeviceNotBound):
        devices.approve_device(phone, by=world.zhou, at=noon)


def test_nobody_next_door_reports_a_phone_lost(world, noon, phone):
    with pytest.raises(NotVisible):
        devices.report_lost(phone, by=world.su, at=noon)


def test_the_offset_of_the_phones_clock_is_kept_at_each_contact(noon, phone):
    devices.note_contact(phone, phone_clock=noon + dt.timedelta(seconds=90), at=noon)

    assert Device.objects.get(pk=phone.pk).clock_offset_ms == 90_000


def test_the_doors_of_a_phone(world, key):
    _grant, code = devices.begin_binding(by=world.ming, at=clock.now())
    given = {"code": code, "public_key": base64.urlsafe_b64encode(spki(key)).rstrip(b"=").decode(), "label": "3号"}
    browser = Client(enforce_csrf_checks=True)
    bound = browser.post(reverse("devices:bind"), json.dumps(given), content_type="application/json")
    state = browser.get(reverse("devices:state", args=[bound.json()["device"]]), headers={"Accept": "application/json"})
    again = browser.post(
        reverse("devices:bind"),
        json.dumps(given),
        content_type="application/json",
        headers={"Accept": "application/json"},
    )

    assert bound.status_code == 201
    assert bound.json()["person"]["name"] == "周明远"
    assert state.json() == {"state": "waiting"}
    assert (again.status_code, again.json()["code"]) == (410, "people.device_code_over")


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"code": 7, "public_key": "*"}', "\x00"])
def test_a_garbled_asking_is_refused(world, body):
    asked = Client().post(reverse("devices:bind"), body, content_type="application/json")

    assert asked.status_code in (403, 410, 422)
    assert not Device.objects.exists()


def test_the_duty_lead_sees_the_waiting_phone_and_binds_it(world, phone, signed_in):
    zhou = signed_in(world.zhou.person)
    assert "对讲手机3号" in zhou.get(reverse("people:people")).content.decode()

    zhou.post(reverse("people:phone_approve", args=[phone.pk]))

    assert Device.objects.get(pk=phone.pk).state == "bound"
    assert "对讲手机3号" not in signed_in(world.su.person).get(reverse("people:people")).content.decode()
