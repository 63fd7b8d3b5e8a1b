"""Beats and night zones as the map draws them: GeoJSON for its layers, and the ground around them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from shapely.geometry import shape

from shouwang.beats.models import Beat, NightZone, Point, Spot, SpotKind, Stretch, Surface
from shouwang.places.models import AreaVersion
from shouwang.places.models.area import Layer

EDGE_DEG = 0.001
SPOT_SHAPES = {SpotKind.VENUE: "scene", SpotKind.RANK: "way", SpotKind.STALLS: "free"}
Layers = dict[str, dict[str, Any]]


def borders_of(areas: Iterable[Any], at: dt.datetime) -> dict[Any, dict[str, Any]]:
    """The border of each area of the free layer as it lies now, by its key. One query."""
    rows = AreaVersion.objects.in_force_at(at).filter(area__in=list(areas), layer=Layer.FREE)
    return dict(rows.values_list("area", "boundary"))


def beats_layers(beats: Sequence[Beat], at: dt.datetime) -> Layers:
    """Every beat with its name, within its sector."""
    borders = borders_of({key for one in beats for key in (one.area_id, one.sector_id) if key}, at)
    mine = [(one.area.name, borders[one.area_id], True) for one in beats if one.area_id in borders]
    sectors = {one.sector_id: one.sector.name for one in beats if one.sector and one.sector_id in borders}
    return {"grids": _grounds([(name, borders[key], False) for key, name in sectors.items()] + mine, named=mine)}


def beat_layers(
    beat: Beat, points: Sequence[Point], stretches: Sequence[Stretch], surfaces: Sequence[Surface], at: dt.datetime
) -> Layers:
    """One beat: its border, its stretches as a way, its surfaces, its points as pins numbered as in the list."""
    borders = borders_of([beat.area_id], at)
    own = [(beat.area.name, border, True) for border in borders.values()]
    pins = [_pin(n, one.pk, one.name, str(one.get_kind_display()), one.lon, one.lat, "way")
            for n, one in enumerate(points, start=1)]  # fmt: skip
    return {
        "grids": _grounds(own, named=own), "rings": _all(_feature(one.boundary, minutes=1) for one in surfaces),
        "route": _all(_feature(one.line, proposed=False) for one in stretches), "matters": _all(pins),
    }  # fmt: skip


def zones_layers(zones: Sequence[NightZone]) -> Layers:
    own = [(one.name, one.boundary, one.closed_at is None) for one in zones]
    return {"grids": _grounds(own, named=own)}


def zone_layers(zone: NightZone, spots: Sequence[Spot]) -> Layers:
    """One zone: its border, and its places as pins numbered as in the list."""
    own = [(zone.name, zone.boundary, True)]
    pins = [_pin(n, one.pk, one.name, _spot_words(one), one.lon, one.lat, SPOT_SHAPES[SpotKind(one.kind)])
            for n, one in enumerate(spots, start=1)]  # fmt: skip
    return {"grids": _grounds(own, named=own), "matters": _all(pins)}


def bounds_of_layers(layers: Layers) -> str:
    """`west,south,east,north` around all of it; empty where there is nothing."""
    shapes = [shape(one["geometry"]) for layer in layers.values() for one in layer["features"]]
    if not shapes:
        return ""
    edges = [one.bounds for one in shapes]
    west, south = min(one[0] for one in edges), min(one[1] for one in edges)
    east, north = max(one[2] for one in edges), max(one[3] for one in edges)
    return f"{west - EDGE_DEG:.6f},{south - EDGE_DEG:.6f},{east + EDGE_DEG:.6f},{north + EDGE_DEG:.6f}"


def _spot_words(one: Spot) -> str:
    closes = f" {one.closes:%H:%M}" if one.closes else ""
    return f"{one.get_kind_display()}{closes}"


def _grounds(grounds: Any, named: Any) -> dict[str, Any]:
    labels = [_feature(_middle(border), name=name) for name, border, _mine in named]
    return _all([*(_feature(border, mine=mine) for _name, border, mine in grounds), *labels])


def _middle(border: dict[str, Any]) -> dict[str, Any]:
    inside = shape(border).representative_point()
    return {"type": "Point", "coordinates": [round(inside.x, 6), round(inside.y, 6)]}


def _pin(number: int, key: Any, name: str, place: str, lon: float, lat: float, status: str) -> dict[str, Any]:
    where = {"type": "Point", "coordinates": [lon, lat]}
    return _feature(where, number=number, kind=name, place=place, status=status) | {"id": str(key)}


def _feature(geometry: dict[str, Any], **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _all(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}
