"""What a phone asks before and beside its work: to be bound, how its asking stands, that its key is gone."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from shouwang.core import clock
from shouwang.people import devices
from shouwang.people.access import NotVisible
from shouwang.people.models import Device
from shouwang.people.phones import from_base64url
from shouwang.people.routes import public, signed_in


@csrf_exempt  # carries a one-time code and no cookie's right: there is nothing to forge across sites
@public
@require_POST
def bind(request: HttpRequest) -> HttpResponse:
    given = _json(request)
    device = devices.ask_to_bind(
        str(given.get("code", "")), public_key=from_base64url(str(given.get("public_key", ""))),
        label=str(given.get("label", "")), at=clock.now(),
    )  # fmt: skip
    answer = {"device": str(device.pk), "person": {"id": str(device.person_id), "name": device.person.name}}
    return JsonResponse(answer, status=201)


@public
@require_GET
def state(request: HttpRequest, key: UUID) -> HttpResponse:
    """How the asking stands. The key of the device is known to the phone alone; the answer names nobody."""
    device = Device.objects.filter(pk=key).first()
    if device is None:
        raise NotVisible
    return JsonResponse({"state": device.state})


@signed_in
@require_POST
def destroyed(request: HttpRequest, key: UUID) -> HttpResponse:
    """The phone's last signed act: its key and its store are gone."""
    device: Device | None = getattr(request, "device", None)
    if device is None or device.pk != key:
        raise NotVisible
    devices.confirm_destroyed(device, at=clock.now())
    return HttpResponse(status=204)


def _json(request: HttpRequest) -> dict[str, Any]:
    try:
        given = json.loads(request.body)
    except ValueError:
        return {}
    return given if isinstance(given, dict) else {}
