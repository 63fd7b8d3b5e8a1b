"""One matter: the panel of the desk and its own page, its steps, notes and looks."""

from __future__ import annotations

import datetime as dt
import time
from inspect import signature
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.desk.beside import beside_of
from shouwang.desk.history import history_of
from shouwang.desk.loading import actor_of, key_in, visible_matter
from shouwang.desk.panel import calls_for_a_crew, panel_of
from shouwang.desk.room import sitting_of
from shouwang.desk.units import UnitLine, units_for
from shouwang.dispatch.suggesting import suggest
from shouwang.matters.asking import form_for
from shouwang.matters.kinds import kind_of
from shouwang.matters.merging import not_the_same
from shouwang.matters.models import Matter
from shouwang.matters.notes import add_note
from shouwang.matters.steps import take_step
from shouwang.people.access import may
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.registry.looking import look_to_handle
from shouwang.ui.pieces import piece_of

CANDIDATES = 5
MOST_OTHERS = 12
PLACES_LAST_S = 2.0  # who has no known place has had none for minutes
NO_FIELDS = {"csrfmiddlewaretoken", "version", *signature(take_step).parameters}  # no form may ask for “by” or “at”


class NoCaller(Problem):
    code, status = "desk.no_caller", 404
    says = _("Nobody left a number with this matter.")


def panel_answer(request: HttpRequest, matter: Matter, *, template: str = "desk/_matter.html") -> HttpResponse:
    """The panel as it stands now; crews are ranked where one is called for, or asked for (`?more`)."""
    by, at = actor_of(request), clock.now()
    panel = panel_of(matter, by, at)
    sends = matter.is_open and may(by, Verb.UNIT_SEND, matter, at)
    offers = sends and ("more" in request.GET or calls_for_a_crew(panel))
    began = time.perf_counter()
    candidates = suggest(matter, by=by, at=at, limit=CANDIDATES) if offers and matter.lon is not None else []
    suggested_ms = (time.perf_counter() - began) * 1000
    ranked = {one.unit.pk for one in candidates} | {crew.unit_id for crew in panel.live}
    page = {
        "panel": panel, "matter": matter, "at": at, "sends": sends, "offers": offers, "candidates": candidates,
        "others": _not_ranked(by, at, ranked, all_of_them=not candidates) if offers else [],
        "history": history_of(matter, after_an_act_of=by.person_id if request.method == "POST" else None),
        "beside": beside_of(matter, by, at, crewed=bool(panel.live)),
        "looks_up": matter.is_open and may(by, Verb.REGISTER_FIND, None, at),
    }  # fmt: skip
    response = render(request, template, page)
    response["HX-Push-Url"] = "false"
    if candidates:
        response["Server-Timing"] = f"suggest;dur={suggested_ms:.1f}"
    return response


def _not_ranked(by: Actor, at: dt.datetime, ranked: set[UUID], *, all_of_them: bool) -> list[UnitLine]:
    """Free crews whose place nobody knows: not ranked, and perhaps the nearest all the same."""
    lines = units_for(by, at, since=time.monotonic() - PLACES_LAST_S)
    free = [line for line in lines if line.status == "free" and line.unit.pk not in ranked]
    return [line for line in free if all_of_them or line.lost or line.place is None][:MOST_OTHERS]


@opens_to(Verb.MATTER_READ)
@require_GET
def matter(request: HttpRequest, key: UUID) -> HttpResponse:
    """The panel for the desk, or the whole page."""
    found = visible_matter(request, key)
    whole = not request.headers.get("HX-Request")
    return panel_answer(request, found, template="desk/matter.html" if whole else "desk/_matter.html")


@opens_to(Verb.MATTER_READ)
@require_POST
def step(request: HttpRequest, key: UUID, name: str) -> HttpResponse:
    """Take one step; what the form of the step asks for comes with it."""
    found = visible_matter(request, key)
    given = _given(request)
    version = int(request.POST["version"]) if request.POST.get("version", "").isdigit() else None
    row = take_step(found, name, by=actor_of(request), at=clock.now(), expected_version=version, **given)
    return panel_again(request, row)


@opens_to(Verb.MATTER_READ)
@piece_of("desk:matter", of="key")
@require_GET
def step_form(request: HttpRequest, key: UUID, name: str) -> HttpResponse:
    """What a step asks for."""
    found = visible_matter(request, key)
    asked = kind_of(found.kind).step(name)
    form = form_for(asked, found, by=actor_of(request), at=clock.now())
    return render(request, "desk/_step.html", {"matter": found, "step": asked, "form": form})


@opens_to(Verb.MATTER_NOTE)
@require_POST
def note(request: HttpRequest, key: UUID) -> HttpResponse:
    found = visible_matter(request, key)
    add_note(found, request.POST.get("text", ""), by=actor_of(request), at=clock.now())
    return panel_again(request, found)


@opens_to(Verb.MATTER_TRIAGE)
@require_POST
def apart(request: HttpRequest, key: UUID) -> HttpResponse:
    """ "Not the same": remembered, so that it is not asked again."""
    found = visible_matter(request, key)
    other = visible_matter(request, key_in(request, "other"))
    not_the_same(found, other, by=actor_of(request), at=clock.now())
    return panel_again(request, found)


@opens_to(Verb.IDENTITY_LOOK)
@require_POST
def look(request: HttpRequest, key: UUID) -> HttpResponse:
    """The caller's number, for handling: the look is committed first, then the row is read."""
    found = visible_matter(request, key)
    parties = [party.identity for party in found.parties.all() if party.identity]
    if not parties:
        raise NoCaller
    by, at = actor_of(request), clock.now()
    seen = look_to_handle(parties, by=by, at=at, matter=found.pk, since=sitting_of(by, at))
    return render(request, "desk/_looked.html", {"seen": seen, "matter": found})


def _given(request: HttpRequest) -> dict[str, Any]:
    return {
        name: (values if len(values) > 1 else values[0])
        for name, values in request.POST.lists()
        if name not in NO_FIELDS and values != [""]
    }


def panel_again(request: HttpRequest, row: Matter) -> HttpResponse:
    """After an act: the panel, or the page for a browser without scripts."""
    if request.headers.get("HX-Request"):
        return panel_answer(request, row)
    return redirect("desk:matter", key=row.pk)
