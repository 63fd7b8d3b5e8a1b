"""What a tile shows at its zoom, in tile units (0 … 4096, y down)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from shouwang.places.models import AreaVersion
from shouwang.places.models.area import Tier

EXTENT = 4096
OVER = 64  # tile units drawn beyond each edge
Box = tuple[float, float, float, float]
Told = dict[str, list[dict[str, Any]]]

ROAD_CLASS = {
    "motorway": "main", "motorway_link": "main", "trunk": "main", "trunk_link": "main", "primary": "main",
    "primary_link": "main", "secondary": "main", "secondary_link": "main", "tertiary": "street",
    "tertiary_link": "street", "unclassified": "street", "residential": "street", "road": "street",
}  # fmt: skip
ROAD_FROM = {"main": 8, "street": 12, "lane": 14}
PLACE_FROM = {"village": 12, "town": 8, "police_station": 13, "estate": 14, "hospital": 14, "park": 14, "school": 15}
PLACE_USUALLY_FROM = 15
SMALLEST = {"estate": 24.0, "green": 24.0, "building": 12.0, "water": 12.0}  # tile units²: less is not seen


@dataclass(frozen=True)
class Drawn:
    layer: str
    kind: str
    name: str
    geometry: str  # GeoJSON


def drawn(rows: Sequence[Drawn], z: int, box: Box) -> Told:
    """Features by tile layer, for `mapbox_vector_tile`."""
    told: Told = {}
    wanted = [row for row in rows if _seen(row, z)]
    shapes = shapely.from_geojson(np.array([row.geometry for row in wanted], dtype=object))
    for row, shape in zip(wanted, _in_tile(shapes, z, box), strict=True):
        if shape.is_empty or ("Polygon" in shape.geom_type and shape.area < SMALLEST.get(row.layer, 0)):
            continue
        kind = ROAD_CLASS.get(row.kind, "lane") if row.layer == "road" else row.kind
        told.setdefault(row.layer, []).append(_feature(shape, kind=kind, name=row.name))
    return told


def borders(versions: Sequence[AreaVersion], z: int, box: Box) -> Told:
    """Lines between grids and between communities, each drawn once, and the communities' names."""
    told: Told = {"border": [], "community": []}
    by_tier: dict[str, list[AreaVersion]] = {Tier.COMMUNITY: [], Tier.GRID: []}
    for one in versions:
        if one.area.tier in by_tier and one.layer == "duty":
            by_tier[one.area.tier].append(one)
    drawn_already: Any = shapely.GeometryCollection()
    for tier, lowest in ((Tier.COMMUNITY, 11), (Tier.GRID, 13)):
        near = [shape for one in by_tier[tier] if (shape := _shape(one)).intersects(shapely.box(*box))]
        if z < lowest or not near:
            continue
        lines = shapely.line_merge(shapely.difference(shapely.union_all(shapely.boundary(near)), drawn_already))
        drawn_already = shapely.union(drawn_already, lines)
        shape = _in_tile(np.array([lines], dtype=object), z, box)[0]
        if not shape.is_empty:
            told["border"].append(_feature(shape, kind=str(tier)))
    if z >= 11:
        points = [(one.name, shapely.point_on_surface(_shape(one))) for one in by_tier[Tier.COMMUNITY]]
        shapes = _in_tile(np.array([point for _, point in points], dtype=object), z, box)
        told["community"] = [
            _feature(shape, name=name) for (name, _), shape in zip(points, shapes, strict=True) if not shape.is_empty
        ]
    return told


def _seen(row: Drawn, z: int) -> bool:
    if row.layer == "road":
        return z >= ROAD_FROM[ROAD_CLASS.get(row.kind, "lane")]
    return row.layer != "place" or z >= PLACE_FROM.get(row.kind, PLACE_USUALLY_FROM)


def _shape(one: AreaVersion) -> Any:
    return shapely.from_geojson(json.dumps(one.boundary))


def _feature(shape: Any, **properties: str) -> dict[str, Any]:
    return {"geometry": shape, "properties": {name: value for name, value in properties.items() if value}}


def _in_tile(shapes: npt.NDArray[Any], z: int, box: Box) -> npt.NDArray[Any]:
    """Lon/lat → tile units, cut to the tile with a margin, and no finer than the screen shows."""
    if not len(shapes):
        return shapes
    west, south, east, north = box
    top, bottom = _mercator(np.array(north)), _mercator(np.array(south))

    def flat(lonlat: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        x = (lonlat[:, 0] - west) / (east - west) * EXTENT
        y = (top - _mercator(lonlat[:, 1])) / (top - bottom) * EXTENT
        return np.column_stack([x, y])

    moved = shapely.transform(shapes, flat)
    cut = shapely.clip_by_rect(moved, -OVER, -OVER, EXTENT + OVER, EXTENT + OVER)
    return np.asarray(shapely.simplify(cut, 2.0 if z < 16 else 0.5))


def _mercator(lat: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(np.arcsinh(np.tan(np.radians(lat))))
