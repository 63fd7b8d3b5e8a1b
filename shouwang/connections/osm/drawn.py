"""What the base map draws besides roads: buildings, water, green, estates, names of places, house numbers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import osmium

from shouwang.places.ground import Ground, GroundFeature

GREEN = {
    "landuse": {"forest", "grass", "meadow", "recreation_ground", "cemetery", "village_green", "orchard", "allotments"},
    "leisure": {"park", "garden", "golf_course", "nature_reserve", "common", "pitch"},
    "natural": {"wood", "grassland", "scrub", "heath"},
}
WATER = {"natural": {"water", "bay"}, "waterway": {"riverbank", "dock"}, "landuse": {"reservoir", "basin"}}
STREAMS = {"river", "stream", "canal", "ditch", "drain"}
ESTATE = {"landuse": {"residential"}, "amenity": {"school", "university", "college", "hospital", "kindergarten"}}
SHOWN_PLACES = {  # named nodes worth a label
    "place": {"city", "town", "village", "hamlet", "suburb", "neighbourhood", "quarter", "square", "locality"},
    "amenity": {"hospital", "school", "university", "college", "police", "marketplace", "townhall", "library",
                "bus_station", "fire_station", "courthouse", "theatre"},
    "railway": {"station", "halt"}, "tourism": {"museum", "attraction"}, "leisure": {"park", "stadium"},
}  # fmt: skip


@dataclass
class Drawn:
    """Collects what is drawn, then writes it into a ground."""

    features: list[GroundFeature] = field(default_factory=list)
    _shapes: Any = field(default_factory=osmium.geom.GeoJSONFactory)

    def see_area(self, area: Any) -> None:
        layer, kind = _layer_of(area.tags)
        if not layer:
            return
        try:
            shape = json.loads(self._shapes.create_multipolygon(area))
        except (RuntimeError, osmium.InvalidLocationError):  # a ring that the extract cut open
            return
        name = area.tags.get("name", "")
        for rings in shape["coordinates"]:
            self.features.append(
                GroundFeature(layer, kind, {"type": "Polygon", "coordinates": rings}, name, area.orig_id())
            )
        if layer == "building" and "addr:housenumber" in area.tags:
            self._number(area.tags["addr:housenumber"], middle_of(shape["coordinates"][0][0]))

    def see_way(self, way: Any) -> None:
        kind = way.tags.get("waterway")
        if kind not in STREAMS:
            return
        line = [[node.location.lon, node.location.lat] for node in way.nodes if node.location.valid()]
        if len(line) > 1:
            shape = {"type": "LineString", "coordinates": line}
            self.features.append(GroundFeature("water", kind, shape, way.tags.get("name", ""), way.id))

    def see_node(self, node: Any) -> None:
        if "addr:housenumber" in node.tags:
            self._number(node.tags["addr:housenumber"], (node.location.lon, node.location.lat))
        kind = among(node.tags, SHOWN_PLACES)
        if kind and node.tags.get("name"):
            shape = {"type": "Point", "coordinates": [node.location.lon, node.location.lat]}
            self.features.append(GroundFeature("place", kind, shape, node.tags["name"]))

    def add_to(self, ground: Ground) -> None:
        ground.features += self.features

    def _number(self, number: str, point: tuple[float, float]) -> None:
        shape = {"type": "Point", "coordinates": list(point)}
        self.features.append(GroundFeature("number", "number", shape, number))


def _layer_of(tags: Any) -> tuple[str, str]:
    if tags.get("building", "no") != "no":
        kind = tags["building"]
        return "building", "building" if kind == "yes" else kind
    for layer, table in (("water", WATER), ("green", GREEN), ("estate", ESTATE)):
        if kind := among(tags, table):
            return layer, kind
    return "", ""


def among(tags: Any, table: dict[str, set[str]]) -> str:
    """The first value of a tag that the table lists."""
    return next((tags[key] for key, values in table.items() if tags.get(key) in values), "")


def middle_of(ring: list[list[float]]) -> tuple[float, float]:
    """Mean of a closed ring's corners: inside enough for a label."""
    corners = ring[:-1] or ring
    return sum(one[0] for one in corners) / len(corners), sum(one[1] for one in corners) / len(corners)
