"""Whether children tile their parent (GRD-10): no gap, no overlap, nothing outside, each one piece. Pure geometry."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import shapely
from shapely.geometry import mapping, shape

from shouwang.core.geo import EARTH_RADIUS_M

TOLERANCE_M = 1.0
DEGREE_M = math.pi * EARTH_RADIUS_M / 180


class Kind(StrEnum):
    NOT_A_SHAPE = "not_a_shape"
    IN_PIECES = "in_pieces"
    OUTSIDE = "outside"
    OVERLAP = "overlap"
    GAP = "gap"


@dataclass(frozen=True)
class Fault:
    """What is wrong and where: the areas concerned, a point inside the fault, its size; its outline as GeoJSON."""

    kind: Kind
    names: tuple[str, ...]
    lon: float
    lat: float
    square_m: float
    outline: dict[str, Any] | None = field(default=None, compare=False)

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value, "names": list(self.names), "lon": self.lon, "lat": self.lat,
            "square_m": self.square_m,
        }  # fmt: skip


class _Flat:
    """Degrees ↔ local metres around a middle latitude."""

    def __init__(self, lon: float, lat: float) -> None:
        self.x = DEGREE_M * math.cos(math.radians(lat))
        self.lon, self.lat = lon, lat

    def metres(self, geometry: Any) -> Any:
        return shapely.transform(geometry, lambda xy: (xy - (self.lon, self.lat)) * (self.x, DEGREE_M))

    def degrees(self, point: Any) -> tuple[float, float]:
        return round(point.x / self.x + self.lon, 6), round(point.y / DEGREE_M + self.lat, 6)

    def outline(self, geometry: Any) -> dict[str, Any]:
        turned = shapely.transform(geometry, lambda xy: (xy / (self.x, DEGREE_M) + (self.lon, self.lat)).round(7))
        told: dict[str, Any] = mapping(turned)
        return told


def faults_of(
    parent: dict[str, Any], children: Mapping[str, dict[str, Any]], tolerance_m: float = TOLERANCE_M
) -> list[Fault]:
    """Every fault of the children (GeoJSON by name) in their parent; none where they tile it.

    What is nowhere wider than the tolerance is no fault: borders drawn by hand meet only so well.
    """
    middle = shape(parent).centroid
    flat = _Flat(middle.x, middle.y)
    whole = flat.metres(shape(parent))
    shapes: dict[str, Any] = {}
    faults = []
    for name, boundary in children.items():
        geometry = readable(boundary)
        if geometry is None:
            faults.append(Fault(Kind.NOT_A_SHAPE, (name,), round(middle.x, 6), round(middle.y, 6), 0.0))
        else:
            shapes[name] = flat.metres(geometry)

    def found(kind: Kind, names: tuple[str, ...], wrong: Any) -> None:
        for part in shapely.get_parts(wide(wrong, tolerance_m)):
            if part.is_empty:
                continue
            lon, lat = flat.degrees(part.representative_point())
            faults.append(Fault(kind, names, lon, lat, round(part.area, 1), flat.outline(part)))

    for name, one in shapes.items():
        if len(pieces := shapely.get_parts(one)) > 1:
            smallest = min(pieces, key=lambda piece: float(piece.area))
            lon, lat = flat.degrees(smallest.representative_point())
            size = round(float(smallest.area), 1)
            faults.append(Fault(Kind.IN_PIECES, (name,), lon, lat, size, flat.outline(smallest)))
        found(Kind.OUTSIDE, (name,), one.difference(whole))
    if not shapes:
        return faults
    names = list(shapes)
    for a, b in shapely.STRtree(list(shapes.values())).query(list(shapes.values()), predicate="intersects").T.tolist():
        if a < b:
            found(Kind.OVERLAP, (names[a], names[b]), shapes[names[a]].intersection(shapes[names[b]]))
    found(Kind.GAP, (), whole.difference(shapely.union_all(list(shapes.values()))))
    return faults


def wide(geometry: Any, tolerance_m: float) -> Any:
    """What of a shape is wider than the tolerance."""
    return geometry.buffer(-tolerance_m / 2, join_style="mitre").buffer(tolerance_m / 2, join_style="mitre")


def readable(boundary: dict[str, Any]) -> Any | None:
    """The polygon or polygons of a GeoJSON boundary; None where it is no valid area."""
    try:
        geometry = shape(boundary)
    except Exception:  # whatever shapely makes of a broken mapping
        return None
    if geometry.geom_type not in ("Polygon", "MultiPolygon") or geometry.is_empty or not geometry.is_valid:
        return None
    west, south, east, north = geometry.bounds
    inside = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    return geometry if inside and geometry.area > 0 else None
