"""What can be found by words: streets, house numbers, estates, named places and crossings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from shouwang.connections.osm.drawn import ESTATE, among, middle_of
from shouwang.connections.osm.streets import Streets
from shouwang.places.ground import Ground, GroundAddress, GroundSite, Point

KIND_TAGS = (
    "amenity", "shop", "office", "tourism", "leisure", "public_transport", "railway", "highway", "place", "building",
)  # fmt: skip
NAME_TAGS = ("name:zh", "name:zh-Hans", "alt_name", "official_name", "old_name", "short_name", "name:en")


@dataclass
class Named:
    """Collects names and numbers, then writes them into a ground."""

    sites: list[GroundSite] = field(default_factory=list)
    estates: dict[str, Point] = field(default_factory=dict)
    numbers: dict[tuple[str, str], Point] = field(default_factory=dict)  # street, number → where

    def see_node(self, node: Any) -> None:
        if len(node.tags):
            self._see(node.tags, (node.location.lon, node.location.lat))

    def see_area(self, area: Any) -> None:
        if not len(area.tags) or not (area.tags.get("name") or "addr:housenumber" in area.tags):
            return
        ring = next(iter(area.outer_rings()), None)
        corners = [[node.lon, node.lat] for node in ring] if ring is not None else []
        if corners:
            self._see(area.tags, middle_of(corners))

    def _see(self, tags: Any, point: Point) -> None:
        street, number = tags.get("addr:street", "").strip(), tags.get("addr:housenumber", "").strip()
        name = tags.get("name", "").strip()
        if street and number:
            self.numbers.setdefault((street, number), point)
        if not name:
            return
        if among(tags, ESTATE) == "residential":
            self.estates.setdefault(name, point)
            return
        kind = next((tags[key] for key in KIND_TAGS if key in tags), "")
        if kind:
            others = [tags[key] for key in NAME_TAGS if tags.get(key, name) != name]
            if street and number:
                others.append(address_text(street, number) + name)
            kind = "building" if kind == "yes" else kind
            self.sites.append(GroundSite(kind[:24], name, *point, aliases=tuple(dict.fromkeys(others))))

    def add_to(self, ground: Ground, streets: Streets) -> None:
        """Streets before their house numbers."""
        known = _streets(streets)
        for street, _number in self.numbers:
            if street not in known:  # a number whose street runs outside the extract
                known[street] = (self.numbers[street, _number], ())
        for name, (point, aliases) in known.items():
            ground.addresses.append(GroundAddress(f"street:{name}", "street", name, name, *point, aliases=aliases))
        for name, point in self.estates.items():
            ground.addresses.append(GroundAddress(f"estate:{name}", "estate", name, name, *point))
        for (street, number), point in self.numbers.items():
            text = address_text(street, number)
            ground.addresses.append(
                GroundAddress(f"number:{text}", "building", number, text, *point, parent=f"street:{street}")
            )
        ground.sites += self.sites
        ground.sites += crossings(streets)


def address_text(street: str, number: str) -> str:
    """桥西路 and 12 → 桥西路12号; Mannerheimintie and 5 → Mannerheimintie 5."""
    if street.isascii() or not any("\u4e00" <= c <= "\u9fff" for c in street):
        return f"{street} {number}"
    return f"{street}{number}" if number.endswith("号") else f"{street}{number}号"


def _streets(streets: Streets) -> dict[str, tuple[Point, tuple[str, ...]]]:
    """Each named street once, at the middle of its longest way."""
    longest: dict[str, int] = {}
    found: dict[str, tuple[Point, tuple[str, ...]]] = {}
    for way in streets.ways:
        if way.name and len(way.nodes) > longest.get(way.name, 0):
            longest[way.name] = len(way.nodes)
            found[way.name] = (streets.points[way.nodes[len(way.nodes) // 2]], way.aliases)
    return found


def crossings(streets: Streets) -> list[GroundSite]:
    """Where two named streets meet: one place each, with its name the other way round."""
    at: dict[int, set[str]] = defaultdict(set)
    for way in streets.drivable:
        if way.name:
            for node in way.nodes:
                at[node].add(way.name)
    found: dict[tuple[str, str], GroundSite] = {}
    for node, names in at.items():
        ordered = sorted(names)
        for i, one in enumerate(ordered):
            for other in ordered[i + 1 :]:
                if (one, other) not in found:
                    aliases = (f"{other}{one}口", f"{one}与{other}交叉口", f"{other}与{one}交叉口")
                    found[one, other] = GroundSite(
                        "crossing", f"{one}{other}口", *streets.points[node], aliases=aliases
                    )
    return list(found.values())
