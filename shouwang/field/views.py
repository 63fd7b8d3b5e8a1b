"""The phone's doors. The shell is public and carries nothing; everything else is signed by a bound phone."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from shouwang import __version__
from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.dispatch import dispatching
from shouwang.dispatch.models import Assignment
from shouwang.dispatch.models.assignment import ENDED_STATES
from shouwang.duty.messages import mark_read
from shouwang.duty.models import Message
from shouwang.duty.shifts import unit_of
from shouwang.field.now import now_for, unrung, why
from shouwang.kinds.incident.words import OUTCOMES
from shouwang.matters.models import Matter
from shouwang.matters.replay import Sent, replay
from shouwang.people.access import NotVisible
from shouwang.people.devices import note_contact, verify_step_signature
from shouwang.people.models import Device
from shouwang.people.phones import NotThisPhone, from_base64url
from shouwang.people.routes import opens_to, public
from shouwang.people.verbs import Verb
from shouwang.registry.looking import look_to_handle
from shouwang.tracking.pipeline import receive_from_crew
from shouwang.tracking.reading import Reading, read_time
from shouwang.ui.bodies import object_in

MOST_STEPS = 50
LONGEST_STEP = 8000  # characters
WORKER = Path(__file__).parent / "static" / "field" / "worker.js"
FIRST_HANDLING = (
    ("safe", _("The place is safe")), ("scene_kept", _("The scene is kept as it was")),
    ("support_asked", _("Support was asked for")),
)  # fmt: skip


class PhoneOnly(Problem):
    code, status = "field.phone_only", 401
    says = _("This door is for bound phones. Open the field page on your phone.")


class NoNumber(Problem):
    code, status = "field.no_number", 404
    says = _("Nobody left a number with this matter. Ask the desk.")


class WantsNoCall(Problem):
    code, status = "field.wants_no_call", 409
    says = _("{why}. If a life depends on it, ask the desk.")


class TooManySteps(Problem):
    code, status = "field.too_many_steps", 413
    says = _("At most 50 steps of 8 000 characters go out at once. Send them in smaller lots.")


View = Callable[..., HttpResponse]


def from_phone(view: View) -> View:
    """Only for requests that a bound phone signed."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if getattr(request, "device", None) is None:
            raise PhoneOnly
        return view(request, *args, **kwargs)

    return guarded


def _device(request: HttpRequest) -> Device:
    device: Device = request.device  # type: ignore[attr-defined]
    return device


@public
@require_GET
def shell(request: HttpRequest) -> HttpResponse:
    """The same page for everybody: screens without data."""
    page = {"outcomes": list(OUTCOMES.items()), "first_handling": FIRST_HANDLING}
    response = render(request, "field/phone.html", page)
    response["Cache-Control"] = "no-cache"
    return response


@public
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, under its own scope; its cache is named after the version."""
    text = WORKER.read_text(encoding="utf8").replace("VERSION", __version__)
    return HttpResponse(text, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@opens_to(Verb.ASSIGNMENT_WORK, Verb.MATTER_READ, Verb.ROUND_WALK)
@from_phone
@require_GET
def now(request: HttpRequest) -> HttpResponse:
    """What the phone shows now."""
    device, at = _device(request), clock.now()
    must_destroy = note_contact(device, phone_clock=read_time(request.headers["X-Sent-At"], "X-Sent-At") or at, at=at)
    if must_destroy:
        return JsonResponse({"lock": "destroy"}, status=410)
    by = request.actor  # type: ignore[attr-defined]
    return JsonResponse(now_for(device.person, by, at))


@public
@from_phone
@require_POST
def steps(request: HttpRequest) -> HttpResponse:
    """Signed steps, oldest first; a receipt for each. A phone reported lost sends too: its unsent steps go first."""
    device, at = _device(request), clock.now()
    sent = object_in(request).get("steps", [])
    if len(sent) > MOST_STEPS or any(len(str(one.get("body", ""))) > LONGEST_STEP for one in sent):
        raise TooManySteps
    by = request.actor  # type: ignore[attr-defined]
    receipts = []
    for one in sent:
        body = str(one.get("body", ""))
        if not verify_step_signature(device, body.encode(), from_base64url(str(one.get("signature", "")))):
            raise NotThisPhone
        row = replay(Sent.read(body), device=device, by=by, at=at)
        receipts.append({"id": str(row.pk), "outcome": row.outcome, "at": row.at.isoformat(),
                         "message": why(row.reason) if row.reason else ""})  # fmt: skip
    return JsonResponse({"receipts": receipts})


@opens_to(Verb.ASSIGNMENT_WORK)
@from_phone
@require_POST
def tasks(request: HttpRequest) -> HttpResponse:
    """{"received": […], "read": […]}: tasks that this phone has kept, and those that stood open on its screen."""
    by, at = request.actor, clock.now()  # type: ignore[attr-defined]
    told = object_in(request)
    for name, mark in (("received", dispatching.mark_delivered), ("read", dispatching.mark_read)):
        keys = [UUID(str(key)) for key in told.get(name, [])[:20]]
        for row in Assignment.objects.filter(pk__in=keys).exclude(state__in=ENDED_STATES):
            mark(assignment=row, by=by, at=at)
    return HttpResponse(status=204)


@opens_to(Verb.ASSIGNMENT_WORK)
@from_phone
@require_POST
def position(request: HttpRequest) -> HttpResponse:
    """The unit's position, while its shift is on; dropped otherwise."""
    at = clock.now()
    crew = unit_of(_device(request).person_id, at)
    if crew is None:
        return HttpResponse(status=204)
    fix = object_in(request)
    reading = Reading(
        lon=fix.get("lon"), lat=fix.get("lat"), at=read_time(fix.get("at"), "at"), speed_mps=fix.get("speed_mps"),
        heading_deg=fix.get("heading_deg"), accuracy_m=fix.get("accuracy_m"),
    )  # fmt: skip
    receive_from_crew(crew.shift.unit, reading, source="phone", at=at)
    return HttpResponse(status=204)


@opens_to(Verb.ASSIGNMENT_WORK)
@from_phone
@require_POST
def read_messages(request: HttpRequest) -> HttpResponse:
    by, at = request.actor, clock.now()  # type: ignore[attr-defined]
    keys = [UUID(str(key)) for key in object_in(request).get("messages", [])[:50]]
    for message in Message.objects.filter(pk__in=keys):
        mark_read(message=message, by=by, at=at)
    return HttpResponse(status=204)


@opens_to(Verb.IDENTITY_LOOK)
@from_phone
@require_POST
def call_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """The caller's number, to dial: the look is on record before it is read."""
    device, at = _device(request), clock.now()
    crew = unit_of(device.person_id, at)
    tasks = Assignment.objects.filter(matter=key).exclude(state__in=ENDED_STATES)
    if crew is None or not tasks.filter(unit=crew.shift.unit_id).exists():
        raise NotVisible
    matter = Matter.objects.get(pk=key)
    if reason := unrung(matter):
        raise WantsNoCall(why=reason)
    parties = [party.identity for party in matter.parties.all() if party.identity]
    if not parties:
        raise NoNumber
    by = request.actor  # type: ignore[attr-defined]
    seen = look_to_handle(parties, by=by, at=at, matter=key, since=crew.shift.during.lower)
    left = [one for one in seen if one.number]
    if not left:
        raise NoNumber
    if left[0].do_not_contact:
        raise WantsNoCall(why=_("Wants no message and no call"))
    return JsonResponse({"number": left[0].number})
