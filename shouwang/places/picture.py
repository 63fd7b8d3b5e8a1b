"""A piece of ground as one SVG, for paper: the same colours and order as on the map, black where ink must be read."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import shape

from shouwang.core.geo import EARTH_RADIUS_M, Ring, polygons_of
from shouwang.places.models import MapFeature
from shouwang.places.style import tokens
from shouwang.places.tiles import newest_load

DEGREE_M = math.pi * EARTH_RADIUS_M / 180
ROADS_M = {"lane": (5, 3.5), "street": (10, 8), "main": (20, 17)}  # case and top, metres wide
FONT = "Noto Sans CJK SC"
SHORTEST_M = 60  # a stretch of road that can carry its name
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Sign:
    """Something to find on the sheet, by its letter in the legend."""

    letter: str
    lon: float
    lat: float


@dataclass(frozen=True)
class Picture:
    """`svg`, and how many metres it is wide and high."""

    svg: str
    wide_m: float
    high_m: float


class Ground:
    """A picture that grows layer by layer; units are metres from the north-west corner."""

    def __init__(self, box: Box) -> None:
        self.box = box
        self.up = DEGREE_M
        self.across = DEGREE_M * math.cos(math.radians((box[1] + box[3]) / 2))
        self.wide, self.high = (box[2] - box[0]) * self.across, (box[3] - box[1]) * self.up
        self.colour = tokens("light")
        self.parts: list[str] = []

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        return round((lon - self.box[0]) * self.across, 1), round((self.box[3] - lat) * self.up, 1)

    def all_at(self, lonlat: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        west, north = self.box[0], self.box[3]
        placed: npt.NDArray[np.float64] = (lonlat - (west, north)) * (self.across, -self.up)
        return placed

    def way(self, ring: Ring, closed: bool) -> str:
        return "M" + "L".join("{} {}".format(*self.at(*corner[:2])) for corner in ring) + ("Z" if closed else "")

    def area(self, boundary: dict[str, Any], **paint: Any) -> None:
        way = "".join(self.way(ring, True) for rings in polygons_of(boundary) for ring in rings)
        self.parts.append(f'<path d="{way}" fill-rule="evenodd" {_paint(paint)}/>')

    def line(self, geometry: dict[str, Any], **paint: Any) -> None:
        lines = [geometry["coordinates"]] if geometry["type"] == "LineString" else geometry["coordinates"]
        way = "".join(self.way(one, False) for one in lines)
        self.parts.append(
            f'<path d="{way}" fill="none" stroke-linecap="round" stroke-linejoin="round" {_paint(paint)}/>'
        )

    def words(self, text: str, x: float, y: float, size: float, turn: float = 0.0, ink: str = "#000000") -> None:
        halo = f'stroke="{self.colour["m-halo"]}" stroke-width="{size / 4:.1f}" stroke-linejoin="round"'
        turned = f' transform="rotate({turn:.0f} {x:.1f} {y:.1f})"' if turn else ""
        told = f'x="{x:.1f}" y="{y + size * 0.36:.1f}" font-size="{size:.1f}" font-family="{FONT}" text-anchor="middle"'
        self.parts.append(f"<text {told} {halo}{turned}>{escape(text)}</text>")
        self.parts.append(f'<text {told} fill="{ink}"{turned}>{escape(text)}</text>')

    def sign(self, letter: str, lon: float, lat: float, size: float) -> None:
        x, y = self.at(lon, lat)
        self.parts.append(
            f'<circle cx="{x}" cy="{y}" r="{size}" fill="#ffffff" stroke="#000000" stroke-width="{size / 5:.1f}"/>'
        )
        self.parts.append(
            f'<text x="{x}" y="{y + size * 0.45:.1f}" font-size="{size * 1.3:.1f}" font-family="{FONT}"'
            f' text-anchor="middle" fill="#000000">{escape(letter)}</text>'
        )

    def done(self) -> Picture:
        land = f'<rect width="{self.wide:.1f}" height="{self.high:.1f}" fill="{self.colour["m-land"]}"/>'
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.wide:.1f} {self.high:.1f}">{land}'
            f"{''.join(self.parts)}</svg>"
        )
        return Picture(svg, self.wide, self.high)


def picture_of(
    box: Box, own: dict[str, Any], others: Iterable[tuple[str, dict[str, Any]]], signs: Sequence[Sign], text_m: float
) -> Picture:
    """The ground in the box, one area on it drawn strong, others as dashed lines with their names.

    text_m   how many metres of ground a line of text is high
    """
    ground = Ground(box)
    _base(ground, text_m)
    grid = ground.colour["m-grid"]
    for name, boundary in others:
        ground.area(
            boundary, fill="none", stroke=grid, stroke_width=text_m / 8, stroke_dasharray=f"{text_m} {text_m / 2}"
        )
        inside = _inside(boundary, box)
        if inside is not None:
            ground.words(name, *ground.at(*inside), text_m * 0.8, ink=grid)
    ground.area(own, fill=grid, fill_opacity=0.06, stroke=grid, stroke_width=text_m / 3)
    for sign in signs:
        ground.sign(sign.letter, sign.lon, sign.lat, text_m * 0.62)
    return ground.done()


def _base(ground: Ground, text_m: float) -> None:
    west, south, east, north = ground.box
    rows = MapFeature.objects.filter(
        load=newest_load(), west__lte=east, east__gte=west, south__lte=north, north__gte=south
    )
    found: dict[str, list[tuple[str, str, dict[str, Any]]]] = {}
    for layer, kind, name, geometry in rows.order_by("id").values_list("layer", "kind", "name", "geometry"):
        found.setdefault(layer, []).append((kind, name, geometry))
    colour = ground.colour
    for layer, fill in (("estate", "m-estate"), ("green", "m-green"), ("water", "m-water")):
        for _kind, _name, geometry in found.get(layer, ()):
            if geometry["type"] in ("Polygon", "MultiPolygon"):
                ground.area(geometry, fill=colour[fill])
    for _kind, _name, geometry in found.get("building", ()):
        if geometry["type"] in ("Polygon", "MultiPolygon"):
            ground.area(geometry, fill=colour["m-bld"], stroke=colour["m-bld-edge"], stroke_width=0.8)
    roads = [(_road(kind), name, geometry) for kind, name, geometry in found.get("road", ())]
    for part in (0, 1):
        for kind in ("lane", "street", "main"):
            token = ("m-major" if kind == "main" else "m-road") + ("" if part else "-edge")
            for one, _name, geometry in roads:
                if one == kind and geometry["type"] in ("LineString", "MultiLineString"):
                    ground.line(geometry, stroke=colour[token], stroke_width=ROADS_M[kind][part])
    _road_names(ground, roads, text_m)
    for _kind, name, geometry in found.get("number", ()):
        if geometry["type"] == "Point" and name:
            ground.words(name, *ground.at(*geometry["coordinates"][:2]), text_m * 0.4, ink=colour["m-label-2"])


def _road(kind: str) -> str:
    """The tiles call roads the same; an OSM class that is none of these is a lane."""
    main = ("trunk", "primary", "secondary", "tertiary")
    return (
        "main" if kind.startswith(main) else "street" if kind in ("residential", "unclassified", "street") else "lane"
    )


def _road_names(ground: Ground, roads: Iterable[tuple[str, str, dict[str, Any]]], text_m: float) -> None:
    """Each name once, along the longest stretch of its road that lies in the picture."""
    frame = shapely.box(0, 0, ground.wide, ground.high)
    longest: dict[str, tuple[float, Any]] = {}
    for _kind, name, geometry in roads:
        if not name or geometry["type"] not in ("LineString", "MultiLineString"):
            continue
        placed = shapely.transform(shape(geometry), ground.all_at)
        for part in shapely.get_parts(shapely.intersection(placed, frame)):
            if part.geom_type == "LineString" and part.length > longest.get(name, (SHORTEST_M, None))[0]:
                longest[name] = part.length, part
    for name, (length, line) in longest.items():
        a, middle, b = (line.interpolate(length / 2 + off) for off in (-5, 0, 5))
        turn = math.degrees(math.atan2(b.y - a.y, b.x - a.x))
        turn = turn - 180 if turn > 90 else turn + 180 if turn < -90 else turn
        ground.words(name, middle.x, middle.y, text_m * 0.7, turn, ground.colour["m-label"])


def _inside(boundary: dict[str, Any], box: Box) -> tuple[float, float] | None:
    seen = shapely.intersection(shape(boundary), shapely.box(*box))
    if seen.is_empty or seen.area < 0.02 * (box[2] - box[0]) * (box[3] - box[1]):
        return None
    point = seen.representative_point()
    return point.x, point.y


def _paint(paint: dict[str, Any]) -> str:
    return " ".join(f'{name.replace("_", "-")}="{value}"' for name, value in paint.items())
