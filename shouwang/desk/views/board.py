"""The working screen: queue, map, units. Fragments are fetched again when something is heard of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from shouwang.core import clock
from shouwang.core.together import Together
from shouwang.desk.board import Filters, rows_for, sections
from shouwang.desk.commands import COMMANDS
from shouwang.desk.layers import matters_layer, units_layer
from shouwang.desk.loading import actor_of
from shouwang.desk.room import room_of
from shouwang.desk.units import units_for
from shouwang.people.access import spans
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb

_crews: Together[str] = Together()


@opens_to(Verb.MATTER_READ)
def board(request: HttpRequest) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    filters = Filters.read(request.GET)
    rows = rows_for(by, at, filters)
    page = {"room": room_of(by, at), "filters": filters, "sections": sections(rows), "rows": rows, "at": at}
    return render(request, "desk/board.html", page | {"units": units_for(by, at), "query": request.GET.urlencode()})


@opens_to(Verb.MATTER_READ)
def queue(request: HttpRequest) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    filters = Filters.read(request.GET)
    rows = rows_for(by, at, filters)
    page = {"sections": sections(rows), "rows": rows, "filters": filters, "query": request.GET.urlencode()}
    return render(request, "desk/_queue.html", page)


@opens_to(Verb.UNIT_TRACK)
def units(request: HttpRequest) -> HttpResponse:
    """The same for everybody of an office, so drawn once for those who ask at once."""
    by, at = actor_of(request), clock.now()
    key = (spans(by, Verb.UNIT_TRACK, at), get_language())
    return HttpResponse(_crews.ask(key, lambda: render_to_string("desk/_units.html", {"units": units_for(by, at)})))


@opens_to(Verb.MATTER_READ)
def map_layers(request: HttpRequest) -> JsonResponse:
    """Open matters and units on shift as GeoJSON, through the same filters as the lists."""
    by, at = actor_of(request), clock.now()
    rows = rows_for(by, at, Filters())
    return JsonResponse({"matters": matters_layer(rows), "units": units_layer(units_for(by, at))})


@opens_to(Verb.MATTER_READ)
def keys(request: HttpRequest) -> HttpResponse:
    """Every key and every command on one page that prints."""
    return render(request, "desk/keys.html", {"commands": COMMANDS})
