"""Roads: classes, names, one-ways, speeds and turn bans of OSM, as stretches of a road graph."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from shouwang.places.ground import Ground, GroundFeature, GroundStretch, Point
from shouwang.solvers.roads import DRIVABLE, SPEED_KMH

SHARE_OF_LIMIT = 0.8  # one drives slower than allowed. Source: the car profile of OSRM
MPH_KMH = 1.609344
SPEED = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*(km/h|kmh|kph|mph)?\s*$")
FORWARD, BACKWARD = frozenset({"yes", "true", "1"}), frozenset({"-1", "reverse"})
CLOSED = frozenset({"no"})
OURS = frozenset({"motorcar", "motor_vehicle", "vehicle", "emergency"})  # a ban that excepts these is none for us


@dataclass(frozen=True)
class Way:
    """A drawn road; `nodes` in driving order when it is one way."""

    key: int
    klass: str
    name: str
    nodes: tuple[int, ...]
    one_way: bool
    speed_kmh: float | None
    aliases: tuple[str, ...] = ()

    @property
    def drivable(self) -> bool:
        return self.klass in DRIVABLE


@dataclass
class Streets:
    """Collects roads and turn bans, then writes them into a ground."""

    ways: list[Way] = field(default_factory=list)
    points: dict[int, Point] = field(default_factory=dict)
    rules: list[tuple[str, int, int, int]] = field(default_factory=list)  # kind, from way, via node, to way
    _stretches: dict[tuple[int, int], list[int]] = field(default_factory=lambda: defaultdict(list))

    @property
    def drivable(self) -> list[Way]:
        return [way for way in self.ways if way.drivable and len(way.nodes) > 1]

    def see_way(self, way: Any) -> None:
        klass = way.tags.get("highway")
        if klass not in SPEED_KMH or way.tags.get("area") == "yes":
            return
        nodes: list[int] = []
        for node in way.nodes:
            if node.location.valid():  # beyond the edge of the extract
                self.points[node.ref] = (node.location.lon, node.location.lat)
                if not nodes or nodes[-1] != node.ref:
                    nodes.append(node.ref)
        if len(nodes) < 2 or (klass in DRIVABLE and _closed(way.tags)):
            return
        one_way, backwards = direction(way.tags)
        self.ways.append(Way(
            way.id, klass, way.tags.get("name", ""), tuple(reversed(nodes) if backwards else nodes), one_way,
            speed_of(way.tags.get("maxspeed", "")), _other_names(way.tags),
        ))  # fmt: skip

    def see_relation(self, relation: Any) -> None:
        kind = relation.tags.get("restriction", "")
        excepted = OURS.intersection(part.strip() for part in relation.tags.get("except", "").split(";"))
        if relation.tags.get("type") != "restriction" or excepted or not kind.startswith(("no_", "only_")):
            return
        ends: dict[str, list[int]] = {"from": [], "via": [], "to": []}
        for member in relation.members:
            if member.role in ends and member.type == ("n" if member.role == "via" else "w"):
                ends[member.role].append(member.ref)
        if len(ends["via"]) == 1:  # a ban over a whole way between would need a path, not a turn
            for into in ends["from"]:
                self.rules += [(kind, into, ends["via"][0], out) for out in ends["to"]]

    def add_to(self, ground: Ground) -> None:
        """Roads as features, drivable ones as stretches between two nodes, and the bans between those."""
        numbers: dict[int, int] = {}
        touching: dict[int, set[int]] = defaultdict(set)
        for way in self.ways:
            line = [list(self.points[node]) for node in way.nodes]
            ground.features.append(
                GroundFeature("road", way.klass, {"type": "LineString", "coordinates": line}, way.name, way.key)
            )
        for way in self.drivable:
            for a, b in zip(way.nodes, way.nodes[1:], strict=False):
                for node in (a, b):
                    if node not in numbers:
                        numbers[node] = len(ground.nodes)
                        ground.nodes.append(self.points[node])
                    touching[node].add(len(ground.stretches))
                    self._stretches[way.key, node].append(len(ground.stretches))
                ground.stretches.append(
                    GroundStretch(numbers[a], numbers[b], way.klass, way.one_way, way.speed_kmh, way.key)
                )
        bans = {ban for rule in self.rules for ban in self._bans(*rule, touching, numbers)}
        ground.bans += sorted(bans)

    def _bans(
        self, kind: str, into: int, via: int, out: int, touching: dict[int, set[int]], numbers: dict[int, int]
    ) -> list[tuple[int, int, int]]:
        """`no_…` closes one turn; `only_…` closes every other one, turning round included."""
        ins, outs = self._stretches.get((into, via), []), self._stretches.get((out, via), [])
        if not ins or not outs:
            return []
        node = numbers[via]
        if kind.startswith("no_"):
            return [(a, node, b) for a in ins for b in outs if into != out or a == b]
        return [(a, node, b) for a in ins for b in touching[via] - set(outs)]


def direction(tags: Any) -> tuple[bool, bool]:
    """Whether a road is one way, and whether that is against the order of its nodes."""
    said = tags.get("oneway", "")
    if said in BACKWARD:
        return True, True
    implied = tags.get("junction") in ("roundabout", "circular") or tags.get("highway") in ("motorway", "motorway_link")
    return said in FORWARD or (implied and said != "no"), False


def speed_of(said: str) -> float | None:
    """Kilometres an hour from `maxspeed`, as one drives there; None where it is no number."""
    found = SPEED.match(said)
    if not found or not float(found[1]):
        return None
    return float(found[1]) * (MPH_KMH if found[2] == "mph" else 1.0) * SHARE_OF_LIMIT


def _closed(tags: Any) -> bool:
    """No car gets in, not even ours."""
    if tags.get("emergency") == "yes":
        return False
    return tags.get("motor_vehicle", tags.get("vehicle", tags.get("access", ""))) in CLOSED


def _other_names(tags: Any) -> tuple[str, ...]:
    known = (tags.get(key, "") for key in ("name:zh", "name:zh-Hans", "alt_name", "old_name", "name:sv"))
    return tuple(dict.fromkeys(name for name in known if name and name != tags.get("name")))
