"""Sending crews: one key sends the first; a recall is a new step that reaches the phone."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from shouwang.core import clock
from shouwang.desk.loading import actor_of, key_in, visible_assignment, visible_matter, visible_unit
from shouwang.desk.views.matter import panel_answer
from shouwang.dispatch.crews import units_on
from shouwang.dispatch.dispatching import add_unit, recall_unit, send_unit
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb


@opens_to(Verb.UNIT_SEND)
@require_POST
def send(request: HttpRequest, key: UUID) -> HttpResponse:
    """Send the unit named in the form to this matter; the answer offers the way back for ten seconds."""
    matter = visible_matter(request, key)
    unit = visible_unit(request, key_in(request, "unit"))
    sending = add_unit if units_on(matter) else send_unit
    assignment = sending(matter=matter, unit=unit, by=actor_of(request), at=clock.now())
    response = panel_answer(request, visible_matter(request, key))
    undo = render(request, "desk/_undo.html", {"assignment": assignment, "unit": unit})
    response.write(undo.content.decode())
    return response


@opens_to(Verb.UNIT_RECALL)
@require_POST
def recall(request: HttpRequest, key: UUID) -> HttpResponse:
    assignment = visible_assignment(request, key)
    reason = request.POST.get("reason", "")[:120]
    recall_unit(assignment=assignment, by=actor_of(request), at=clock.now(), reason=reason)
    response = panel_answer(request, visible_matter(request, assignment.matter_id))
    response.write('<div id="undo" data-undo-place hx-swap-oob="true"></div>')
    return response
