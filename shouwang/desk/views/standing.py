"""What stands above the desk's queue while it lasts: the duty level in force, mobilisations and one's own call."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shouwang.core import clock
from shouwang.desk.loading import actor_of
from shouwang.duty.levels.in_force import visible_orders
from shouwang.duty.mobilising.calling import calls_to, tally, visible_mobilisations
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.ui.pieces import piece_of


@opens_to(Verb.MATTER_READ)
@piece_of("desk:board")
@require_safe
def standing(request: HttpRequest) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    orders = visible_orders(by, at).in_force_at(at).order_by("level__number")  # type: ignore[attr-defined]
    called = visible_mobilisations(by, at).filter(ended_at__isnull=True)
    own = {call.mobilisation_id: call for call in calls_to(by.person_id, at)} if by.person_id else {}
    page = {"orders": orders, "called": [(one, tally(one), own.get(one.pk)) for one in called]}
    return render(request, "desk/_standing.html", page)
