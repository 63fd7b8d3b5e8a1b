"""Where the words of the demo's people mean: on the made town by name, on another map some address of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any
from uuid import UUID

from shapely.geometry import Point, shape
from shapely.prepared import prep

from shouwang.core.geo import bounds_of
from shouwang.demo.world import World
from shouwang.places.finding import find_places
from shouwang.places.models import Area, AreaVersion, FoundPlace

Place = tuple[tuple[float, float], str, UUID | None]
MANY = 2000
WELL_INSIDE = 1e-4  # degrees, about ten metres: whose ground a place at the border is, is nobody's guess here


class Whereabouts:
    """`area`: nothing outside it is meant; without one, anything in the town, and Qiaoxi where a name is unknown."""

    def __init__(self, world: World, area: Area | None = None) -> None:
        self.area = area or world.qiaoxi
        self.strictly = area is not None
        self._spread: Iterator[FoundPlace] | None = None

    def __call__(self, words: str) -> Place:
        """The point, the text, the address."""
        found = next(iter(find_places(words.split(" ")[0], limit=1)), None)
        if found is not None and (not self.strictly or self._border.covers(Point(found.lon, found.lat))):
            return (found.lon, found.lat), words, found.id if found.kind == "address" else None
        if self._spread is None:
            self._spread = self._addresses()
        row = next(self._spread, None)
        if row is None:
            point = shape(self._version.boundary).representative_point()
            return (point.x, point.y), words, None
        return (row.lon, row.lat), row.name, row.pk

    def _addresses(self) -> Iterator[FoundPlace]:
        west, south, east, north = bounds_of(self._version.boundary)
        inside = FoundPlace.objects.filter(lon__range=(west, east), lat__range=(south, north), is_address=True)
        rows = [row for row in inside.order_by("full_text")[:MANY] if self._border.covers(Point(row.lon, row.lat))]
        return iter(rows[:: max(1, len(rows) // 40)])

    @cached_property
    def _version(self) -> AreaVersion:
        return AreaVersion.objects.filter(area=self.area, layer="duty").latest("during")

    @cached_property
    def _border(self) -> Any:
        return prep(shape(self._version.boundary).buffer(-WELL_INSIDE))
