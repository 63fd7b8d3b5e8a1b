"""Requests signed by a bound phone: method, path, time, nonce and the hash of the body, by its own key.

Such a request needs no cookie, so nothing to forge across sites: it is not asked for a CSRF token.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.people.devices import verify_step_signature
from shouwang.people.models import Device
from shouwang.people.models.device import DeviceState

WINDOW = dt.timedelta(minutes=10)  # between the phone's corrected time and ours


class NotThisPhone(Problem):
    code, status = "phone.signature", 403
    says = _("This request lacks this phone’s signature. Reload the page; if it stays so, bind the phone again.")


class PhoneGone(Problem):
    code, status = "phone.gone", 410
    says = _("This phone is no longer bound. What it kept is destroyed; unsent steps went out first.")


def from_base64url(text: str) -> bytes:
    """Bytes of unpadded base64url; raises NotThisPhone when it is not that."""
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as fault:
        raise NotThisPhone from fault


def signing_device(request: HttpRequest, now: dt.datetime) -> Device:
    """The bound (or once bound) phone that signed this request. Raises NotThisPhone."""
    headers = request.headers
    try:
        device = Device.objects.select_related("person").get(id=UUID(headers["X-Device"]))
        sent_at = dt.datetime.fromisoformat(headers["X-Sent-At"])
        offset_ms = int((sent_at - now).total_seconds() * 1000)
    except (Device.DoesNotExist, KeyError, ValueError, TypeError) as fault:
        raise NotThisPhone from fault
    body_hash = hashlib.sha256(request.body).hexdigest()
    words = [request.method or "", request.get_full_path(), headers["X-Sent-At"], headers.get("X-Nonce", ""), body_hash]
    signature = from_base64url(headers.get("X-Signature", ""))
    if not verify_step_signature(device, "\n".join(words).encode(), signature):
        raise NotThisPhone
    drift = abs(offset_ms - device.clock_offset_ms)
    if device.last_contact_at and drift > WINDOW / dt.timedelta(milliseconds=1) and request.method != "GET":
        # A clock that jumped is told apart from a request played back later: the phone asks (GET) first, then sends.
        raise NotThisPhone
    device.clock_offset_ms = offset_ms
    return device


class SignedByPhone:
    """Middleware: a request with X-Device acts as the phone's person, after its signature was checked."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        if "X-Device" not in request.headers:
            return None
        try:
            device = signing_device(request, clock.now())
            if device.state == DeviceState.WAITING:
                raise NotThisPhone
        except Problem as problem:
            return JsonResponse({"code": problem.code, "message": problem.message}, status=problem.status)
        request.device = device  # type: ignore[attr-defined]
        request.actor = Actor(person_id=device.person_id, device_id=device.id)  # type: ignore[attr-defined]
        request.session_row = None  # type: ignore[attr-defined]
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        return None
