"""Doors through which a phone takes along its ground, and the dwellings that its person is about to visit."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from shouwang.core import clock
from shouwang.field.ground import dwellings_at, ground_for
from shouwang.field.views import from_phone
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.ui.bodies import object_in


@opens_to(Verb.REGISTER_KEEP)
@from_phone
@require_GET
def ground(request: HttpRequest) -> JsonResponse:
    """Field lists, addresses of one grid (`?grid=`), visits that are due."""
    by, at = request.actor, clock.now()  # type: ignore[attr-defined]
    return JsonResponse(ground_for(by, at, _key(request.GET.get("grid"))))


@opens_to(Verb.REGISTER_KEEP)
@from_phone
@require_POST
def dwellings(request: HttpRequest) -> JsonResponse:
    """{"addresses": […]} → what the dwellings there are like; one look, for a visit."""
    by, at = request.actor, clock.now()  # type: ignore[attr-defined]
    asked = object_in(request).get("addresses", [])
    keys = [key for one in asked if (key := _key(one))]
    return JsonResponse({"records": dwellings_at(keys, by, at)})


def _key(text: object) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
