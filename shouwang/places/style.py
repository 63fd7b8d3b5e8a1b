"""The style of the base map, made from the design tokens. No glyphs: the browser draws every character."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

TOKEN = re.compile(r"--(m-[a-z0-9-]+):\s*(#[0-9a-fA-F]{6})")
THEMES = {"light": ":root {", "dark": '[data-theme="dark"] {'}
WIDTHS = {  # pixels at zoom 14, 16, 18
    "lane": (1.5, 5, 12), "street": (3, 9, 20), "main": (6, 17, 34),
}  # fmt: skip
FAR = {"lane": 0.6, "street": 0.8, "main": 1.6}  # at zoom 11
ROAD_FROM = {"lane": 14, "street": 12, "main": 8}
Layer = dict[str, Any]


@lru_cache
def tokens(theme: str) -> dict[str, str]:
    """The map's colours of a theme, by name without the leading dashes."""
    found = finders.find("ui/tokens.css")
    css = Path(str(found)).read_text(encoding="utf-8")
    start = css.index(THEMES[theme])
    return dict(TOKEN.findall(css[start : css.index("}", start)]))


def style(theme: str, tiles: str, bounds: tuple[float, float, float, float] | None) -> dict[str, Any]:
    """A MapLibre style. `tiles` is their absolute address with {z}/{x}/{y}; "" before there is any ground."""
    colour = tokens(theme)
    ground = {"id": "land", "type": "background", "paint": {"background-color": colour["m-land"]}}
    if not tiles or bounds is None:
        return {"version": 8, "name": f"shouwang-{theme}", "sources": {}, "layers": [ground]}
    west, south, east, north = bounds
    source = {"type": "vector", "tiles": [tiles], "minzoom": 8, "maxzoom": 16, "bounds": [west, south, east, north]}
    return {
        "version": 8, "name": f"shouwang-{theme}", "center": [(west + east) / 2, (south + north) / 2], "zoom": 14,
        "sources": {"ground": source},
        "layers": [ground, *_areas(colour), *_roads(colour), *_borders(colour), *_labels(colour)],
    }  # fmt: skip


def _areas(colour: dict[str, str]) -> list[Layer]:
    bank = {"line-color": colour["m-bank"], "line-width": _grow(0.6, 1.2, 2)}
    edge = {"fill-color": colour["m-bld"], "fill-outline-color": colour["m-bld-edge"]}
    return [
        _layer("estate", "fill", 13, {"fill-color": colour["m-estate"]}),
        _layer("green", "fill", 12, {"fill-color": colour["m-green"]}),
        _layer("water", "fill", 8, {"fill-color": colour["m-water"]}, only=["==", ["geometry-type"], "Polygon"]),
        _layer("water", "line", 8, bank, only=["!=", ["get", "kind"], "river_line"], name="bank"),
        _layer("building", "fill", 15, edge),
    ]


def _roads(colour: dict[str, str]) -> list[Layer]:
    layers = []
    for part in ("edge", "top"):
        for kind in ("lane", "street", "main"):
            name = "m-major" if kind == "main" else "m-road"
            paint = {
                "line-color": colour[f"{name}-edge" if part == "edge" else name],
                "line-width": _road_width(kind, 2.0 if part == "edge" else 0.0),
            }
            one = _layer("road", "line", ROAD_FROM[kind], paint, only=["==", ["get", "kind"], kind])
            joined = {"line-cap": "round", "line-join": "round"}
            layers.append(one | {"id": f"road-{kind}-{part}", "layout": joined})
    return layers


def _borders(colour: dict[str, str]) -> list[Layer]:
    grid = {"line-color": colour["m-grid"], "line-width": 1.4, "line-opacity": 0.55, "line-dasharray": [5, 3]}
    community = {"line-color": colour["m-grid"], "line-width": 1.4, "line-opacity": 0.45}
    return [
        _layer("border", "line", 13, grid, only=["==", ["get", "kind"], "grid"], name="border-grid"),
        _layer("border", "line", 11, community, only=["==", ["get", "kind"], "community"], name="border-community"),
    ]


def _labels(colour: dict[str, str]) -> list[Layer]:
    """Lowest first: where two names meet, the one listed later stays."""
    soft, strong, halo = colour["m-label-2"], colour["m-label"], colour["m-halo"]
    roads = [
        _words("road", f"{kind}-name", ROAD_FROM[kind] + 1, ink, halo, size, along=True, only=kind)
        for kind, ink, size in (("lane", soft, 12), ("street", soft, 12), ("main", strong, 13))
    ]
    water = _words("water", "water-name", 12, colour["m-water-label"], halo, 13, along=True, only="river_line")
    water["paint"] |= {"text-halo-color": colour["m-water"], "text-halo-width": 1}
    water["layout"] |= {"text-letter-spacing": 0.6}
    places = _words("place", "place-name", 12, strong, halo, 13)
    communities = _words("community", "community-name", 11, colour["m-grid"], halo, 13) | {"maxzoom": 14.5}
    return [_words("number", "door-number", 17, soft, halo, 11), water, *roads[:2], places, roads[2], communities]


def _words(
    source: str, name: str, from_zoom: float, ink: str, halo: str, size: int, *, along: bool = False, only: str = ""
) -> Layer:
    layout: dict[str, Any] = {"text-field": ["get", "name"], "text-size": size, "text-padding": 4, "text-max-width": 8}
    if along:
        layout |= {"symbol-placement": "line", "text-letter-spacing": 0.2, "symbol-spacing": 280}
    paint = {"text-color": ink, "text-halo-color": halo, "text-halo-width": 1.8}
    one = _layer(source, "symbol", from_zoom, paint, only=["==", ["get", "kind"], only] if only else None, name=name)
    return one | {"layout": layout}


def _layer(
    source: str, form: str, from_zoom: float, paint: dict[str, Any], only: list[Any] | None = None, name: str = ""
) -> Layer:
    one: Layer = {
        "id": name or source, "type": form, "source": "ground", "source-layer": source, "minzoom": from_zoom,
        "paint": paint,
    }  # fmt: skip
    return one | ({"filter": only} if only else {})


def _road_width(kind: str, case: float) -> list[Any]:
    near = WIDTHS[kind]
    stops = [11, FAR[kind] + case / 4, 14, near[0] + case / 2, 16, near[1] + case, 18, near[2] + case]
    return ["interpolate", ["exponential", 1.5], ["zoom"], *stops]


def _grow(*widths: float) -> list[Any]:
    return ["interpolate", ["linear"], ["zoom"], 12, widths[0], 15, widths[1], 18, widths[2]]
