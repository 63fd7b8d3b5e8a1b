"""A community as planning sees it: lines and shapes in metres, addresses with households. No database."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import shapely
from shapely.geometry import mapping, shape

from shouwang.core.geo import EARTH_RADIUS_M

DEGREE_M = math.pi * EARTH_RADIUS_M / 180
DIGITS = 7  # of a degree: a centimetre
MAIN = ("trunk", "trunk_link", "primary", "primary_link", "secondary", "secondary_link", "tertiary", "tertiary_link")
STREET = ("residential", "unclassified", "living_street", "pedestrian")


@dataclass(frozen=True)
class Flat:
    """Degrees ↔ metres around a middle point."""

    lon: float
    lat: float

    @property
    def scale(self) -> tuple[float, float]:
        return DEGREE_M * math.cos(math.radians(self.lat)), DEGREE_M

    def metres(self, geometry: Mapping[str, Any]) -> Any:
        return shapely.transform(shape(dict(geometry)), lambda xy: (xy - (self.lon, self.lat)) * self.scale)

    def degrees(self, geometry: Any) -> dict[str, Any]:
        turned = shapely.transform(geometry, lambda xy: (xy / self.scale + (self.lon, self.lat)).round(DIGITS))
        told: dict[str, Any] = mapping(turned)
        return as_lists(told)


@dataclass(frozen=True)
class House:
    """An address one lives at: where, how many households, the estate or street it stands under and its number."""

    x: float
    y: float
    households: int
    street: str
    name: str
    estate: str = ""  # which estate, if it stands in one


@dataclass(frozen=True)
class Line:
    """What a border may follow. kind: river, main, street or lane."""

    kind: str
    shape: Any


@dataclass
class Ground:
    """Everything of one community, in metres. `calls` and `premises` are points, `rentals` points with how many."""

    boundary: Any
    lines: list[Line] = field(default_factory=list)
    buildings: list[Any] = field(default_factory=list)
    houses: list[House] = field(default_factory=list)
    calls: Sequence[tuple[float, float]] = ()
    premises: Sequence[tuple[float, float]] = ()
    rentals: Sequence[tuple[float, float, int]] = ()
    today: dict[str, Any] = field(default_factory=dict)  # the grids in force, by code


def kind_of_road(klass: str) -> str:
    """The kind of line an OSM class of road is."""
    return "main" if klass in MAIN else "street" if klass in STREET else "lane"


def as_lists(told: dict[str, Any]) -> dict[str, Any]:
    """Tuples become lists, as they come back from the database."""

    def lists(part: Any) -> Any:
        return [lists(one) for one in part] if isinstance(part, list | tuple) else part

    return {"type": told["type"], "coordinates": lists(told["coordinates"])}
