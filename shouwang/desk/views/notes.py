"""Noting what was seen or told on the spot, the lists that come of it, and the slip that is left."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.desk.board import label_of
from shouwang.desk.commands import short_number
from shouwang.desk.loading import actor_of
from shouwang.desk.note_forms import NOTES, Note
from shouwang.desk.own import noted_by
from shouwang.desk.safety_forms import PlacedForm
from shouwang.kinds.advice.words import CHECKS, SAYS
from shouwang.kinds.trouble.words import PARTNERS
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.matters.steps import take_step
from shouwang.people.access import NotAllowed, may
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb

LISTED = ("trouble", "observation", "advice")
SHOWN = 200


@opens_to(Verb.HAZARD_NOTE, Verb.ROUND_WALK)
@require_GET
def troubles(request: HttpRequest) -> HttpResponse:
    """What is open on one's ground, and what one noted oneself."""
    by, at = actor_of(request), clock.now()
    seen = Matter.objects.visible_to(by, at).filter(kind__in=LISTED, closed_at__isnull=True)
    rows = seen.select_related("responsible__person").order_by("due_at", "opened_at")[:SHOWN]
    page = {
        "nav": "troubles", "at": at, "own": noted_by(by, at),
        "open": [(row, label_of(row), _partners(row)) for row in rows],
        "notes": [(name, note) for name, note in NOTES.items() if may(by, note.verb, None, at)],
    }  # fmt: skip
    return render(request, "desk/walking/troubles.html", page)


def _partners(row: Matter) -> list[object]:
    return [PARTNERS.get(one, one) for one in row.facts.get("partners", ())]


@opens_to(Verb.HAZARD_NOTE, Verb.ROUND_WALK)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, what: str) -> HttpResponse:
    """One of NOTES."""
    note, by, at = NOTES.get(what), actor_of(request), clock.now()
    if note is None:
        raise Http404
    if not may(by, note.verb, None, at):
        raise NotAllowed
    form = note.form(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.place is not None:
        try:
            row = _open(request, note, form, by)
            return redirect("desk:slip", key=row.pk) if note.kind == "advice" else redirect("desk:troubles")
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    page = {"form": form, "title": note.title, "lead": note.lead, "nav": "troubles", "back": reverse("desk:troubles")}
    return render(request, "desk/walking/form.html", page, status=422 if form.errors else 200)


def _open(request: HttpRequest, note: Note, form: PlacedForm, by: Actor) -> Matter:
    said, place, at = form.cleaned_data, form.place, clock.now()
    assert place is not None
    signal = said.get("signal")
    parent = Matter.objects.visible_to(by, at).filter(number=short_number(signal)).order_by("-opened_at").first() if (
        signal
    ) else None  # fmt: skip
    row = open_matter(
        kind=note.kind, by=by, at=at, verb=note.verb, subkind=said["subkind"], channel="own_find", parent=parent,
        place_text=place.full_text, point=(place.lon, place.lat), **note.given(said),
    )  # fmt: skip
    if note.form.__name__ == "SlipForm" and not said["again"]:
        take_step(row, "leave", by=by, at=at)
    return row


@opens_to(Verb.HAZARD_NOTE, Verb.ROUND_WALK)
@require_GET
def slip(request: HttpRequest, key: UUID) -> HttpResponse:
    """What is left with somebody, to print or to read out: his who gave it, and whose ground it is."""
    by, at = actor_of(request), clock.now()
    own = [one.matter.pk for one in noted_by(by, at, ("advice",))]
    seen = Matter.objects.visible_to(by, at) | Matter.objects.filter(pk__in=own)
    row = get_object_or_404(seen, pk=key, kind="advice")
    page = {
        "nav": "troubles", "slip": row, "title": label_of(row), "says": SAYS[row.subkind],
        "checks": CHECKS.items() if row.subkind.startswith("briefing.") else (),
    }  # fmt: skip
    return render(request, "desk/walking/slip.html", page)
