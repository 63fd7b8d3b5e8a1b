"""The emergency path at the desk: begin one out of a matter; a second person says whether it was one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.desk.loading import NotChosen, actor_of, key_in
from shouwang.matters.models import Matter
from shouwang.notices.kin import messages_to_kin, tell_kin, told_at, took
from shouwang.people.access import NotVisible, may
from shouwang.people.models import Person
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.registry.emergencies import (
    OF_LATE,
    emergencies_for,
    emergencies_of_late,
    emergency_of,
    judge_emergency,
    kin_reached,
    open_emergency,
    opened_in,
)
from shouwang.registry.models import Emergency

ON_THE_WAY = ("queued", "sending")


@opens_to(Verb.REGISTER_FIND, Verb.MATTER_SEAL)
@require_http_methods(["GET", "POST"])
def emergencies(request: HttpRequest) -> HttpResponse:
    """Those that wait for a second person; POST begins one and leads to the search."""
    by, at = actor_of(request), clock.now()
    if request.method == "POST":
        reference = request.POST.get("reference", "").strip()
        matter = Matter.objects.visible_to(by, at).filter(reference=reference).first()
        if matter is None:
            raise NotChosen(field="reference")
        open_emergency(matter=matter.pk, reason=request.POST.get("reason", ""), by=by, at=at)
        return redirect(f"{reverse('desk:find')}?{urlencode({'matter': str(matter.pk)})}")
    waiting = emergencies_for(by, at)
    names = dict(Person.objects.filter(pk__in=[one.person for one in waiting]).values_list("pk", "name"))
    matters = dict(Matter.objects.filter(pk__in=[one.matter for one in waiting]).values_list("pk", "reference"))
    page = {
        "waiting": [
            (one, names[one.person], matters.get(one.matter, ""), one.person != by.person_id and _judges(by, one))
            for one in waiting
        ],
        "begins": may(by, Verb.REGISTER_FIND, None, at), "at": at, "reference": request.GET.get("reference", ""),
        "took": took(emergencies_of_late(by, at)), "days": OF_LATE.days,
    }  # fmt: skip
    return render(request, "desk/finding/emergencies.html", page)


@opens_to(Verb.REGISTER_FIND, Verb.MATTER_SEAL)
@require_GET
def emergency(request: HttpRequest, key: UUID) -> HttpResponse:
    """One of them: what was done, and whether the family knows. A fragment while it waits for the message."""
    return _emergency(request, _visible(request, key))


@opens_to(Verb.REGISTER_FIND)
@require_POST
def kin(request: HttpRequest, key: UUID) -> HttpResponse:
    """Have a message sent to the family, or say that they were reached by telephone."""
    found, by, at = _visible(request, key), actor_of(request), clock.now()
    if request.POST.get("way") == "telephone":
        kin_reached(found, by=by, at=at)
    else:
        tell_kin(found, by=by, at=at)
    if not request.headers.get("HX-Request"):
        return redirect("desk:emergency", key=key)
    return _emergency(request, _visible(request, key))


@opens_to(Verb.MATTER_SEAL)
@require_POST
def verdict(request: HttpRequest) -> HttpResponse:
    """Confirmed, or called abuse, by somebody else."""
    found = emergency_of(key=key_in(request, "emergency"), by=actor_of(request))
    if found is None:
        raise NotVisible
    judge_emergency(found, request.POST.get("verdict", ""), by=actor_of(request), at=clock.now())
    return redirect("desk:emergencies")


def _judges(by: Actor, emergency: Emergency) -> bool:
    return may(by, Verb.MATTER_SEAL, emergency.area, clock.now())


def kin_state(request: HttpRequest, emergency: Emergency) -> dict[str, Any]:
    """What the part about the family needs: messages, when it knew, and what the person here may still do."""
    by, at = actor_of(request), clock.now()
    messages, matter = messages_to_kin(emergency), Matter.objects.get(pk=emergency.matter)
    known = told_at(emergency, messages)
    own = emergency.person == by.person_id and opened_in(emergency, by=by) is not None
    return {
        "emergency": emergency, "messages": messages, "told_at": known, "found_at": matter.opened_at,
        "minutes": max(0.0, ((known or at) - matter.opened_at).total_seconds()) / 60, "own": own,
        "sends": own and at < emergency.sitting.ends_at, "waits": any(one.state in ON_THE_WAY for one in messages),
    }  # fmt: skip


def _emergency(request: HttpRequest, emergency: Emergency) -> HttpResponse:
    page = kin_state(request, emergency)
    if request.headers.get("HX-Request"):
        return render(request, "desk/finding/_kin.html", page)
    more = {
        "officer": Person.objects.filter(pk=emergency.person).values_list("name", flat=True).first() or "—",
        "matter": Matter.objects.get(pk=emergency.matter), "at": clock.now(),
        "judges": emergency.verdict == "waiting" and not page["own"] and _judges(actor_of(request), emergency),
    }  # fmt: skip
    return render(request, "desk/finding/emergency.html", page | more)


def _visible(request: HttpRequest, key: UUID) -> Emergency:
    """Raises NotVisible."""
    by, at = actor_of(request), clock.now()
    found = emergency_of(key=key, by=by)
    if found is None or not (found.person == by.person_id or may(by, Verb.MATTER_SEAL, found.area, at)):
        raise NotVisible
    return found
