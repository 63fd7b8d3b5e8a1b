"""“Which grid am I in, and who is my officer?” by an address or by a point of the map. No account, nothing kept."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from shapely.geometry import shape

from shouwang.core import clock
from shouwang.core.geo import bounds_of, box_around, check_lonlat
from shouwang.core.problem import Problem
from shouwang.matters.ground import area_at
from shouwang.people.routes import public
from shouwang.people.views.proving import qr
from shouwang.places.finding import LONGEST, PlaceMatch, find_places
from shouwang.places.models import Area, AreaVersion, GroundLoad
from shouwang.places.models.area import Tier
from shouwang.places.tiles import newest_load
from shouwang.territory.history import ended
from shouwang.territory.sheets import PLACES, PUBLIC_PLACES, NoBorder, board, border_of, places_in
from shouwang.territory.whose import whose_ground

MOST = 5
SURE = 0.9
ROUND_M = 600


@public
@require_safe
def where(request: HttpRequest) -> HttpResponse:
    """One place: whose ground it is. Several that fit: a choice. None: what to do instead."""
    at = clock.now()
    words = request.GET.get("place", "").strip()[:LONGEST]
    point = _point(request)
    places = find_places(words, limit=MOST) if words and point is None else []
    if places and (len(places) == 1 or _clear(places)):
        point = (places[0].lon, places[0].lat)
        words = places[0].full_text
        places = []
    area = area_at(*point, at) if point else None
    page = {
        "words": words, "places": places, "point": point, "held": whose_ground(area, at) if area else [],
        "asked": bool(words or point), "outside": point is not None and area is None,
        "bounds": bounds_around(point, newest_load()),
    }  # fmt: skip
    return render(request, "portal/where.html", page)


@public
@require_safe
def grid(request: HttpRequest, code: str) -> HttpResponse:
    """One grid for everybody: where it lies, who is responsible, how to reach them; of one that ended, what came after.

    Why an ended one  its board may still hang, with a code that leads here.
    """
    at = clock.now()
    area = _area(code)
    if gone := ended(area, at):
        return render(request, "portal/grid_ended.html", {"area": area, "gone": gone}, status=410)
    version = _border(area, at)
    page = {"area": area, "version": version, "held": whose_ground(area, at), "bounds": bounds_of(version.boundary),
            "inside": shape(version.boundary).representative_point(),
            "shape": {"type": "FeatureCollection", "features": [
                {"type": "Feature", "geometry": version.boundary, "properties": {"mine": True, "name": version.name}}]},
            "places": [(PLACES[one.kind][1], one.name) for one in places_in(version, PUBLIC_PLACES)]}  # fmt: skip
    return render(request, "portal/grid.html", page)


@public
@require_safe
def grid_board(request: HttpRequest, code: str) -> HttpResponse:
    """The same as an A3 board to print and post."""
    at = clock.now()
    area = _area(code)
    _border(area, at)
    address = request.build_absolute_uri(reverse("portal:grid", args=[area.code]))
    sheet = board(area, at, address=address.partition("://")[2], code=qr(address))
    name = f'inline; filename="{area.code}-board.pdf"'
    return HttpResponse(sheet, content_type="application/pdf", headers={"Content-Disposition": name})


def _area(code: str) -> Area:
    area = Area.objects.filter(code=code[:24], tier__in=[Tier.GRID, Tier.COMMUNITY]).first()
    if area is None:
        raise Http404
    return area


def _border(area: Area, at: dt.datetime) -> AreaVersion:
    try:
        return border_of(area, at)
    except NoBorder:
        raise Http404 from None


def bounds_around(
    point: tuple[float, float] | None, load: GroundLoad | None
) -> tuple[float, float, float, float] | None:
    """What the map shows: around the point, else all of the town; nothing where there is no ground."""
    if load is None:
        return None
    return box_around(*point, ROUND_M) if point else (load.west, load.south, load.east, load.north)


def _clear(places: list[PlaceMatch]) -> bool:
    """Whether the first is meant and no other: all of the words fit it, and no other place so well."""
    return places[0].score >= SURE and places[0].score - places[1].score > 0.02


def _point(request: HttpRequest) -> tuple[float, float] | None:
    try:
        return check_lonlat(request.GET["lon"], request.GET["lat"])
    except (KeyError, Problem):
        return None
