"""What stands above the desk's queue while it lasts: the duty level in force."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shouwang.core import clock
from shouwang.desk.loading import actor_of
from shouwang.duty.levels.in_force import visible_orders
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.ui.pieces import piece_of


@opens_to(Verb.MATTER_READ)
@piece_of("desk:board")
@require_safe
def standing(request: HttpRequest) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    orders = visible_orders(by, at).in_force_at(at).order_by("level__number")  # type: ignore[attr-defined]
    return render(request, "desk/_standing.html", {"orders": orders, "at": at})
