"""Free layers: which there are, and one of them with its areas on the map, drawn by hand or brought from a file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from shouwang.core import clock
from shouwang.core.geo import bounds_of
from shouwang.core.problem import Problem
from shouwang.desk.borders import places_of
from shouwang.desk.loading import actor_of
from shouwang.desk.room import bounds_of as ground_bounds
from shouwang.desk.room import room_of
from shouwang.people.access import may, reaches, spans
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.places.models import Area, FreeLayer
from shouwang.territory import overlays

MOST_BYTES = 4_000_000


@opens_to(Verb.AREA_READ)
@require_http_methods(["GET", "POST"])
def layers(request: HttpRequest) -> HttpResponse:
    """The list, on one map; a POST makes a layer."""
    if request.method == "GET":
        return _list(request)
    by, at, told = actor_of(request), clock.now(), request.POST
    ground = _grounds(request).filter(code=told.get("ground", "")[:24]).first()
    if ground is None:
        raise Http404
    try:
        layer = overlays.make_layer(ground, told.get("name", "")[:200], told.get("tier", ""), by=by, at=at)
    except Problem as problem:
        return _list(request, _said(problem), problem.status)
    return redirect("desk:layer", layer.pk)


@opens_to(Verb.AREA_READ)
@require_http_methods(["GET", "POST"])
def layer(request: HttpRequest, key: UUID) -> HttpResponse:
    """One layer; a POST draws, brings, names or drops areas in it, or renames or retires it."""
    row = _layer(request, key)
    if request.method == "GET":
        return _page(request, row)
    try:
        _act(request, row)
    except Problem as problem:
        return _page(request, row, _said(problem), problem.status)
    return redirect("desk:layers") if request.POST.get("act") == "retire" else redirect("desk:layer", row.pk)


@opens_to(Verb.AREA_READ)
@require_safe
def layer_areas(request: HttpRequest, key: UUID) -> HttpResponse:
    """Its areas as GeoJSON: what the map draws, and a file to be changed and brought back."""
    row = _layer(request, key)
    name = f'attachment; filename="{row.pk}.geojson"'
    return JsonResponse(overlays.write_overlay(row, clock.now()), headers={"Content-Disposition": name})


def _act(request: HttpRequest, row: FreeLayer) -> None:
    by, at, told = actor_of(request), clock.now(), request.POST
    name = told.get("name", "")[:200]
    match told.get("act"):
        case "draw":
            drawn = [(name, overlays.outline_of(places_of(told.get("corners", ""))))]
            overlays.draw_areas(row, drawn, by=by, at=at)
        case "bring":
            file = request.FILES.get("file")
            raw = file.read(MOST_BYTES) if file else b""
            overlays.draw_areas(row, overlays.read_overlay(raw), by=by, at=at)
        case "name":
            overlays.rename_area(row, _area(row, told.get("area", "")), name, by=by, at=at)
        case "drop":
            overlays.drop_area(row, _area(row, told.get("area", "")), by=by, at=at)
        case "rename":
            overlays.rename_layer(row, name, by=by, at=at)
        case "retire":
            overlays.retire_layer(row, by=by, at=at)
        case _:
            raise Http404


def _list(request: HttpRequest, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    rows = [(one, len(overlays.areas_of(one, at))) for one in overlays.visible_layers(by, at)]
    page = {
        "rows": rows, "bounds": room_of(by, at).bounds, "grounds": _grounds(request),
        "tiers": [(one.value, one.label) for one in overlays.TIERS], **(more or {}),
    }  # fmt: skip
    return render(request, "desk/layers.html", page, status=status)


def _page(
    request: HttpRequest, row: FreeLayer, more: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:  # fmt: skip
    by, at = actor_of(request), clock.now()
    areas = overlays.areas_of(row, at)
    every = {"type": "MultiPolygon", "coordinates": [
        part for one in areas
        for part in ([one.boundary["coordinates"]] if one.boundary["type"] == "Polygon"
                     else one.boundary["coordinates"])
    ]}  # fmt: skip
    page = {
        "layer": row, "areas": areas, "bounds": bounds_of(every) if areas else ground_bounds(row.ground, at),
        "draws": may(by, Verb.AREA_DRAW, row.ground, at), **(more or {}),
    }  # fmt: skip
    return render(request, "desk/layer.html", page, status=status)


def _said(problem: Problem) -> dict[str, Any]:
    """What went wrong, for the page it went wrong on; what is not the reader's to do is answered as everywhere."""
    if problem.status in (403, 404):
        raise problem
    return {"problem": problem.message}


def _layer(request: HttpRequest, key: UUID) -> FreeLayer:
    return get_object_or_404(overlays.visible_layers(actor_of(request), clock.now()), pk=key)


def _area(row: FreeLayer, code: str) -> Area:
    return get_object_or_404(Area, free_area__layer=row, code=code[:24])


def _grounds(request: HttpRequest) -> Any:
    """Where the reader draws."""
    paths = spans(actor_of(request), Verb.AREA_DRAW, clock.now())
    return Area.objects.filter(reaches(paths)).exclude(tier__in=["grid", "grid_point"]).order_by("duty_path", "code")
