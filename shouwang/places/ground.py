"""A piece of ground as data: what an importer reads and a generator makes, and the one loader stores. No Django."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

Point = tuple[float, float]  # lon, lat, WGS 84


@dataclass(frozen=True)
class GroundFeature:
    """Something the base map draws. `layer`: estate, green, water, building, road, place, number."""

    layer: str
    kind: str
    geometry: dict[str, Any]
    name: str = ""
    way: int = 0


@dataclass(frozen=True)
class GroundAddress:
    """An address element (C5) with a place on the ground. `key` and `parent` are keys within this ground."""

    key: str
    kind: str
    name: str
    full_text: str
    lon: float
    lat: float
    parent: str = ""
    aliases: tuple[str, ...] = ()
    households: int = 0
    made: bool = False


@dataclass(frozen=True)
class GroundSite:
    """A named place: police room, booth, school, market, crossing."""

    kind: str
    name: str
    lon: float
    lat: float
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class GroundArea:
    """An area in force. `parents` are (layer, scheme, code); code "" where it is the top of that layer."""

    scheme: str
    code: str
    tier: str
    name: str
    boundary: dict[str, Any]
    parents: tuple[tuple[str, str, str], ...]
    ordinal: int = 0
    households: int = 0
    urban_rural: str = ""  # of a community


@dataclass(frozen=True)
class GroundStretch:
    """One stretch of road between two nodes of `Ground.nodes`."""

    a: int
    b: int
    klass: str
    one_way: bool = False
    speed_kmh: float | None = None
    way: int = 0


@dataclass
class Ground:
    """Everything of one source. `bans` are (stretch in, node, stretch out) by position."""

    source: str
    features: list[GroundFeature] = field(default_factory=list)
    addresses: list[GroundAddress] = field(default_factory=list)
    sites: list[GroundSite] = field(default_factory=list)
    areas: list[GroundArea] = field(default_factory=list)
    nodes: list[Point] = field(default_factory=list)
    stretches: list[GroundStretch] = field(default_factory=list)
    bans: list[tuple[int, int, int]] = field(default_factory=list)

    def digest(self) -> bytes:
        """SHA-256 over everything in it: the same ground twice changes nothing."""
        told = json.dumps(vars(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=vars)
        return hashlib.sha256(told.encode()).digest()

    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north of everything drawn. Raises ValueError when there is nothing."""
        points = [point for feature in self.features for point in points_of(feature.geometry)] + self.nodes
        if not points:
            raise ValueError("nothing on this ground")
        lons, lats = zip(*points, strict=True)
        return min(lons), min(lats), max(lons), max(lats)


def points_of(geometry: dict[str, Any]) -> list[Point]:
    """Every position of a GeoJSON geometry."""
    found: list[Point] = []

    def walk(part: Any) -> None:
        if part and isinstance(part[0], int | float):
            found.append((float(part[0]), float(part[1])))
            return
        for inner in part:
            walk(inner)

    walk(geometry["coordinates"])
    return found
