"""The base map for everybody: its style in light and dark, and its tiles. The public ground, never a person."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from shouwang.people.routes import public
from shouwang.places import tiles
from shouwang.places.style import THEMES, style

FOR_EVER = "public, max-age=31536000, immutable"


@public
def style_json(request: HttpRequest, theme: str) -> HttpResponse:
    if theme not in THEMES:
        raise Http404
    load, version = tiles.newest_load(), tiles.version()
    address = request.build_absolute_uri(f"/map/tiles/{version}/") + "{z}/{x}/{y}.mvt" if load else ""
    bounds = (load.west, load.south, load.east, load.north) if load else None
    response = JsonResponse(style(theme, address, bounds), json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-cache"
    return response


@public
def tile(request: HttpRequest, version: str, z: int, x: int, y: int) -> HttpResponse:
    """A tile of the ground in use; one of an older version is answered with the newest and not kept."""
    response = HttpResponse(tiles.tile(z, x, y), content_type="application/vnd.mapbox-vector-tile")
    response["Cache-Control"] = FOR_EVER if version == tiles.version() else "no-store"
    return response


urlpatterns = [
    path("style-<str:theme>.json", style_json, name="map-style"),
    path("tiles/<str:version>/<int:z>/<int:x>/<int:y>.mvt", tile, name="map-tile"),
]
