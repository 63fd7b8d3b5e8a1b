"""Forms from phones that need a person: contradictions with both sides, and what was kept aside, with its reason."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk import edits as reading
from shouwang.desk.loading import actor_of, key_in
from shouwang.desk.records import shown_again, signed
from shouwang.evidence.opening import evidence_seen_by
from shouwang.matters.models import SentStep
from shouwang.matters.settling import settle
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.places.models import Address, Area
from shouwang.registry import editing
from shouwang.registry.lists import Register
from shouwang.registry.opening import Seen, open_here
from shouwang.registry.purposes import Purpose


class NothingOpen(Problem):
    code, status = "desk.nothing_open", 409
    says = _("Nothing contradicts on this record any more. Somebody has settled it.")


@opens_to(Verb.REGISTER_KEEP)
@require_GET
def edits(request: HttpRequest) -> HttpResponse:
    lines = reading.waiting_lines(actor_of(request), clock.now())
    return render(request, "desk/finding/edits.html", {"lines": lines})


@opens_to(Verb.REGISTER_KEEP)
@require_POST
def compare(request: HttpRequest) -> HttpResponse:
    """One record with what contradicts: a look like any other, and one at each form."""
    by, at = actor_of(request), clock.now()
    asked = request.POST.get("register", "")
    register = Register(asked) if asked in editing.EDITABLE else Register.DWELLING
    (seen,) = open_here([key_in(request, "record")], register=register, purpose=Purpose.VERIFICATION, by=by, at=at)
    questions = reading.questions_about(seen, by, at)
    if not questions:
        raise NothingOpen
    area = seen.area
    page = {"seen": seen, "questions": questions, "signed": signed(seen, by), "area": area}
    return render(request, "desk/finding/compare.html", page)


@opens_to(Verb.REGISTER_KEEP)
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    seen, by = shown_again(request), actor_of(request)
    told = reading.chosen_in(seen, request.POST.dict())
    editing.decide(seen, told, by=by, at=clock.now(), area=seen.area)
    return redirect("desk:edits")


@opens_to(Verb.REGISTER_KEEP)
@require_POST
def aside(request: HttpRequest) -> HttpResponse:
    """A form kept aside: what was written, why it was not done, and what can be done now."""
    by, at, key = actor_of(request), clock.now(), key_in(request, "edit")
    (seen,) = open_here([key], register=Register.EDIT, purpose=Purpose.VERIFICATION, by=by, at=at)
    told = json.loads(seen["told"] or "{}")
    step = SentStep.objects.filter(pk=key).first()
    page = {
        "seen": seen, "lines": reading.form_lines(seen["act"], told), "fault": reading.fault_of(seen["act"], told),
        "address": _address(seen), "step": step, "why": reading.why(step.reason if step else ""),
        "photos": evidence_seen_by(by, key, at),
    }  # fmt: skip
    return render(request, "desk/finding/aside.html", page)


@opens_to(Verb.REGISTER_KEEP)
@require_POST
def settled(request: HttpRequest) -> HttpResponse:
    """Done by hand, or nothing is to be done: the form is closed, and stays on record."""
    by, at, key = actor_of(request), clock.now(), key_in(request, "edit")
    step = SentStep.objects.filter(pk=key).first()
    area = Area.objects.filter(duty_path=step.duty_path).first() if step and step.duty_path else None
    editing.leave_out(key, by=by, at=at, area=area)
    if step:
        settle(step, how="set_aside", by=by, at=at)
    return redirect("desk:edits")


def _address(seen: Seen) -> Address | None:
    key: Any = seen["address_id"]
    return Address.objects.filter(pk=UUID(str(key))).first() if key else None
