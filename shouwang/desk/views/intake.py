"""Taking a call in one screen, keyboard only; also from one typed line."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.core.ids import new_id
from shouwang.desk.drafts import initial_of, unfinished
from shouwang.desk.forms import IntakeForm
from shouwang.desk.loading import actor_of, key_in, visible_matter
from shouwang.desk.reading import Reading, read_call, tapped_value
from shouwang.desk.views.matter import panel_answer
from shouwang.matters.drafts import drop_draft
from shouwang.matters.intake import Told, open_matter
from shouwang.matters.joining import open_joined
from shouwang.matters.merging import Likely, likely_duplicates
from shouwang.matters.models import Matter
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.ui.pieces import piece_of


@opens_to(Verb.MATTER_OPEN)
@piece_of("desk:board", asking="intake")
@require_http_methods(["GET", "POST"])
def intake(request: HttpRequest) -> HttpResponse:
    """GET draws the form, filled from `?line=`; POST opens the matter and answers with its panel."""
    by, at = actor_of(request), clock.now()
    if request.method == "GET":
        return _blank(request, by, at)
    form = IntakeForm(request.POST)
    if not form.is_valid():
        reading = _reading(request)
        page = {"form": form, "reading": reading, "twins": twins_of(reading, request.POST.get("subkind", ""), by, at)}
        return render(request, "desk/_intake.html", page, status=422)
    given = form.cleaned_data
    chosen = given["chosen"]
    told: dict[str, Any] = {
        "kind": "incident", "id": given["key"], "subkind": given["subkind"], "urgency": given["urgency"],
        "channel": given["channel"], "words": given["words"], "gist": given["gist"],
        "point": (chosen[0], chosen[1]) if chosen else None,
        "address": UUID(chosen[2]) if chosen and chosen[2] else None,
        "place_text": (chosen[3] if chosen else "") or given["place_text"],
        "facts": _facts(given),
        "told": Told(
            name=given["name"], number=given["number"], protected=given["protected"], quiet=given["quiet"]
        ),
    }  # fmt: skip
    into = visible_matter(request, key_in(request, "into")) if request.POST.get("into") else None
    matter = open_joined(into, by=by, at=at, **told) if into else open_matter(by=by, at=at, **told)
    drop_draft(matter.pk, by=by)
    if into:
        return panel_answer(request, into)
    if not Matter.objects.visible_to(by, at).filter(pk=matter.pk).exists():
        return render(request, "desk/_kept.html", {"matter": matter})  # a complaint about this office, for instance
    return panel_answer(request, matter)


def _facts(given: dict[str, Any]) -> dict[str, Any]:
    said = {"place_said": given["place_text"], "silent": given["silent"]}
    return {name: value for name, value in said.items() if value}


def _blank(request: HttpRequest, by: Actor, at: dt.datetime) -> HttpResponse:
    """A new form, filled from the line or from a draft; beside it what else was begun and not kept."""
    waiting = unfinished(by, at)
    draft = next((one for one in waiting if str(one.pk) == request.GET.get("draft", "")), None)
    reading = read_call(request.GET.get("line", ""), place=draft.typed.get("place_text", "") if draft else None)
    reading = reading.taking(draft.typed.get("chosen") if draft else None)
    said = initial_of(draft) if draft else reading.initial()
    form = IntakeForm(initial={"key": new_id(), "channel": "phone", "urgency": 3} | said)
    twins = twins_of(reading, said.get("subkind", ""), by, at)
    page = {"form": form, "reading": reading, "twins": twins, "drafts": [one for one in waiting if one is not draft]}
    return render(request, "desk/_intake.html", page)


def _reading(request: HttpRequest) -> Reading:
    """The places as the form stands: its words, the place that is taken or was tapped on the map."""
    told = request.POST
    tapped = tapped_value(told.get("tap", ""))
    reading = read_call(told.get("line", ""), place=told.get("place_text"))
    return reading.taking(tapped or told.get("chosen"), only_found=not tapped and "typed" in told)


def twins_of(reading: Reading, subkind: str, by: Actor, at: dt.datetime) -> list[Likely]:
    """Calls that may be the same event, before this one is kept."""
    if reading.point is None:
        return []
    return likely_duplicates(kind="incident", subkind=subkind, point=reading.point, by=by, at=at)[:2]


@opens_to(Verb.MATTER_OPEN)
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """What the words for the place may mean, and calls that may be the same event: drawn before saving."""
    by, at = actor_of(request), clock.now()
    reading = _reading(request)
    twins = twins_of(reading, request.POST.get("subkind", "") or reading.subkind, by, at)
    return render(request, "desk/_places.html", {"reading": reading, "twins": twins})
