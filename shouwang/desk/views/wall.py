"""The wall: who waits for us, on one screen, for days. No names, numbers or words of callers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from shouwang.core import clock
from shouwang.desk.board import Filters, rows_for
from shouwang.desk.ground import office_of, reach_for
from shouwang.desk.layers import matters_layer, units_layer
from shouwang.desk.loading import actor_of
from shouwang.desk.room import bounds_of
from shouwang.desk.units import units_for
from shouwang.people.routes import for_screen
from shouwang.ui.pieces import piece_of

SHAPES = ("free", "sign", "way", "scene", "wait", "lost")
ROWS = 8  # what does not fit is said in words, never scrolled


def _board(request: HttpRequest) -> dict[str, object]:
    by, at = actor_of(request), clock.now()
    rows = [row for row in rows_for(by, at, Filters()) if row.status != "wait"]
    rows.sort(key=lambda row: (not row.over, row.status != "new", row.urgency, row.since))
    units = units_for(by, at)
    counts = {shape: sum(line.shape == shape for line in units) for shape in SHAPES}
    reach = reach_for(by, office_of(by, at), at)
    return {
        "rows": rows[:ROWS], "more": max(0, len(rows) - ROWS), "counts": counts, "units": units, "at": at,
        "shares": [(minutes, round(share * 100)) for minutes, share in reach.shares] if reach else [],
    }  # fmt: skip


@for_screen
def wall(request: HttpRequest) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    office = office_of(by, at)
    return render(request, "desk/wall.html", _board(request) | {"office": office, "bounds": bounds_of(office, at)})


@for_screen
def map_layers(request: HttpRequest) -> JsonResponse:
    """What waits and who is out, for the wall's map."""
    by, at = actor_of(request), clock.now()
    rows, units = rows_for(by, at, Filters()), units_for(by, at)
    return JsonResponse({"matters": matters_layer(rows), "units": units_layer(units)})


@for_screen
@piece_of("desk:wall")
def fragment(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/_wall.html", _board(request))
