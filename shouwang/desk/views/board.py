"""The working screen: queue, map, crews. What news concern is fetched again, all of it in one answer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from shouwang.core import clock
from shouwang.core.together import Together
from shouwang.desk.board import Filters, Row, rows_for, sections
from shouwang.desk.commands import COMMANDS
from shouwang.desk.layers import matters_layer, units_layer
from shouwang.desk.loading import actor_of, asked_at
from shouwang.desk.narrowing import choices_for
from shouwang.desk.room import room_of
from shouwang.desk.units import UnitLine, units_for
from shouwang.desk.views.alerts import alerts
from shouwang.people.access import may, spans
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.territory.overlays import visible_layers

_crews: Together[str] = Together()
_places: Together[str] = Together()


@opens_to(Verb.MATTER_READ)
def board(request: HttpRequest) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    filters = Filters.read(request.GET)
    rows = rows_for(by, at, filters)
    page = {"room": room_of(by, at), "filters": filters, "sections": sections(rows), "rows": rows, "at": at,
            "narrowing": choices_for(by, at, filters)}  # fmt: skip
    page |= {
        "units": units_for(by, at),
        "layers": visible_layers(by, at),
        "query": request.GET.urlencode(),
        "may_send": may(by, Verb.UNIT_SEND, None, at),
        "may_track": may(by, Verb.UNIT_TRACK, None, at),
    }
    return render(request, "desk/board.html", page)


@opens_to(Verb.MATTER_READ)
def parts(request: HttpRequest) -> HttpResponse:
    """`?of=queue,units`: what was asked for of the screen, as {"queue": html, …, "map": GeoJSON by layer}."""
    asked = request.GET.get("of", "").split(",")
    drawn = _Parts(request)
    told = {"alerts": drawn.alerts, "queue": drawn.queue, "units": drawn.units, "map": drawn.map}
    said = (f'"{name}": {told[name]()}' for name in told if name in asked)
    return HttpResponse(f"{{{', '.join(said)}}}", content_type="application/json")


@opens_to(Verb.MATTER_READ)
def map_layers(request: HttpRequest) -> HttpResponse:
    """Open matters and units on shift as GeoJSON, through the same filters as the lists."""
    return HttpResponse(_Parts(request).map(), content_type="application/json")


@opens_to(Verb.MATTER_READ)
def keys(request: HttpRequest) -> HttpResponse:
    """Every key and every command on one page that prints."""
    return render(request, "desk/keys.html", {"commands": COMMANDS})


@dataclass
class _Parts:
    """Each part as JSON. Matters are asked for as this person; crews are shared by all who follow the same ground."""

    request: HttpRequest

    def __post_init__(self) -> None:
        self.by, self.at, self.asked = actor_of(self.request), clock.now(), asked_at(self.request)
        self.filters = Filters.read(self.request.GET)

    @cached_property
    def _rows(self) -> list[Row]:
        return rows_for(self.by, self.at, self.filters)

    def alerts(self) -> str:
        return json.dumps(alerts(self.request).content.decode())

    def queue(self) -> str:
        page = {"sections": sections(self._rows), "rows": self._rows, "filters": self.filters}
        return json.dumps(render_to_string("desk/_queue.html", page, self.request))

    def units(self) -> str:
        key = (self._followed, get_language())
        return _crews.ask(
            key, lambda: json.dumps(render_to_string("desk/_units.html", {"units": self._lines})), self.asked
        )

    def map(self) -> str:
        """Of all matters, whatever the lists are filtered by."""
        rows = self._rows if self.filters == Filters() else rows_for(self.by, self.at, Filters())
        units = _places.ask(self._followed, lambda: json.dumps(units_layer(self._lines)), self.asked)
        return f'{{"matters": {json.dumps(matters_layer(rows))}, "units": {units}}}'

    @cached_property
    def _followed(self) -> tuple[str, ...]:
        return spans(self.by, Verb.UNIT_TRACK, self.at)

    @cached_property
    def _lines(self) -> list[UnitLine]:
        return units_for(self.by, self.at, since=self.asked)
