"""Boards of stations and of the county: the widest ground of the reader first, each part leads to its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from shouwang.core import clock
from shouwang.desk.boards import board_of
from shouwang.desk.ground import office_of
from shouwang.desk.loading import actor_of
from shouwang.people.access import NotVisible, may, spans, within
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.places.models import Area


@opens_to(Verb.UNIT_TRACK)
@require_GET
def boards(request: HttpRequest) -> HttpResponse:
    """To the board of one's own office."""
    office = office_of(actor_of(request), clock.now())
    if office is None:
        raise NotVisible
    return redirect("desk:station_board", code=office.code)


@opens_to(Verb.UNIT_TRACK)
@require_GET
def station_board(request: HttpRequest, code: str) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    seen = Area.objects.filter(within(spans(by, Verb.UNIT_TRACK, at))).exclude(duty_path="")
    area = get_object_or_404(seen, code=code)
    page = {"board": board_of(area, by, at), "at": at, "figures": may(by, Verb.FIGURES_READ, area, at)}
    return render(request, "desk/station_board.html", page)
