"""Where a map ends. What crosses the edge of an extract is whole in it: a river may reach thirty kilometres out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import shapely
from shapely.geometry import mapping, shape

from shouwang.places.ground import Ground, GroundFeature

MARGIN_DEG = 0.003  # some 300 m beyond the outermost street


def cut_off(ground: Ground) -> Ground:
    """The same ground, with everything farther out than its streets cut off."""
    lons, lats = zip(*ground.nodes, strict=True)
    west, south, east, north = min(lons), min(lats), max(lons), max(lats)
    edge = (west - MARGIN_DEG, south - MARGIN_DEG, east + MARGIN_DEG, north + MARGIN_DEG)

    def inside(lon: float, lat: float) -> bool:
        return bool(edge[0] <= lon <= edge[2] and edge[1] <= lat <= edge[3])

    return replace(
        ground, features=[part for one in ground.features for part in _parts(one, edge)],
        addresses=[one for one in ground.addresses if inside(one.lon, one.lat)],
        sites=[one for one in ground.sites if inside(one.lon, one.lat)],
    )  # fmt: skip


def _parts(feature: GroundFeature, edge: tuple[float, float, float, float]) -> list[GroundFeature]:
    """The feature itself where it lies inside; else the pieces of it that do."""
    whole = shape(feature.geometry)
    west, south, east, north = whole.bounds
    if edge[0] <= west and edge[1] <= south and east <= edge[2] and north <= edge[3]:
        return [feature]
    valid = whole if whole.is_valid else shapely.make_valid(whole)
    pieces: Any = shapely.get_parts(shapely.clip_by_rect(valid, *edge))
    wanted = feature.geometry["type"]
    return [
        replace(feature, geometry=mapping(piece))
        for piece in pieces
        if piece.geom_type == wanted and not piece.is_empty
    ]
