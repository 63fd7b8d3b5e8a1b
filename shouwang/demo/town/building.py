"""From blocks and villages to what the map draws and what can be found: buildings, door numbers, addresses, sites."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from shouwang.demo.names import Names
from shouwang.demo.town.blocks import Block, Box, House
from shouwang.demo.town.divisions import community_code, grid_point, township_name
from shouwang.demo.town.plan import District, Plan, Xy, ground
from shouwang.demo.town.rooms import rooms_of_house, rooms_of_unit
from shouwang.demo.town.streets import MAIN, Edge, Network, Street
from shouwang.demo.town.villages import Hamlet
from shouwang.places.ground import Ground, GroundAddress, GroundFeature, GroundSite

COUNTY = "青石县"
RESTAURANT = ("桥西路", 12, "川味小馆")
GRID_POINT = "桥西里3幢"
NUMBERED = re.compile(r"\d+幢")
SITE_KINDS = {
    "school": "school", "park": "park", "market": "market", "clinic": "clinic", "office": "office", "works": "works",
    "plaza": "plaza", "kindergarten": "kindergarten", "care_home": "care_home", "hospital": "hospital",
    "police": "police_station",
}  # fmt: skip


@dataclass
class Builder:
    """Writes one ground. Addresses of the higher elements are written when they are first needed."""

    plan: Plan
    ground: Ground
    network: Network
    names: Names
    pending: list[tuple[list[Xy], str, str]] = field(default_factory=list)  # small roads: line, class, name
    estates: set[str] = field(default_factory=set)
    offices: dict[str, str] = field(default_factory=dict)  # the township of every address written so far

    def begin(self) -> None:
        lon, lat = ground(0, 0)
        self.ground.addresses.append(GroundAddress("county", "county", COUNTY, COUNTY, lon, lat, made=True))
        for group in sorted({one.group for one in self.plan.districts.values()}):
            point = self._middle(next(one for one in self.plan.districts.values() if one.group == group))
            self._address(f"township:{group}", "street_office", township_name(group), point, "county")
        for one in self.plan.districts.values():
            kind = "villagers_committee" if one.kind == "village" else "community"
            self._address(community_code(one), kind, one.name, self._middle(one), f"township:{one.group}")

    def streets(self, streets: list[Street]) -> None:
        for street in streets:
            _, i, j = street.edges[len(street.edges) // 2]
            one = self.plan.district(i, j) or self.plan.district(i - 1, j) or self.plan.district(i, j - 1)
            group = one.group if one else 0
            x, y = self.plan.xs[i], self.plan.y(j)
            self._address(street.key, "street", street.name, (x, y), f"township:{group}")

    def door_numbers(self, blocks: list[Block], streets: dict[Edge, Street]) -> None:
        """Odd on one side, even on the other, from the start of each street."""
        sides: dict[tuple[str, bool], list[House]] = defaultdict(list)
        by_key = {street.key: street for street in streets.values()}
        for block in blocks:
            for house in block.houses:
                if house.edge is not None:
                    axis = house.edge[0]
                    even = (house.edge == (axis, *block.cell)) == (
                        axis == "y"
                    )  # even: south of a street, or east of it
                    sides[streets[house.edge].key, even].append(house)
        for (key, even), houses in sides.items():
            street = by_key[key]
            houses.sort(key=lambda house: house.along, reverse=street.backwards)
            for n, house in enumerate(houses):
                self._plate(street, house, 2 * n + (2 if even else 1))

    def _plate(self, street: Street, house: House, number: int) -> None:
        name = f"{street.name}{number}号"
        shop = ""
        if (street.name, number) == RESTAURANT[:2]:
            shop = RESTAURANT[2]
        elif street.klass in MAIN and number % 5 == 3:
            shop = self.names.shop()
        aliases = (f"{name}{shop}",) if shop else ()
        point = _centre(house.box)
        key = f"{street.key}:{number}"
        self._address(key, "building", name, point, street.key, aliases, house.households)
        for room in rooms_of_house(house.households):
            self._address(f"{key}:{room}", "room", f"{name}{room}", point, key)
        self._building(house.box, "house", "")
        self._point("number", "door", point, str(number))
        if (street.name, number) == RESTAURANT[:2]:
            self.ground.sites.append(GroundSite("restaurant", shop, *ground(*point)))
            self._point("place", "restaurant", point, shop)

    def block(self, block: Block, one: District) -> None:
        """What a block is drawn as, its estate with buildings and entrances, its named place, its way in."""
        box = geojson_box(block.box)
        if block.kind in ("estate", "towers"):
            self._estate(block, one, box)
        elif block.kind in ("park", "green", "plaza"):
            self.ground.features.append(GroundFeature("green", block.kind, box, block.name))
        if block.kind in SITE_KINDS and block.name:
            self._site(SITE_KINDS[block.kind], block.name, _centre(block.box))
        for house in block.houses:
            if house.edge is None and block.kind not in ("estate", "towers"):
                self._building(house.box, "yard" if block.kind == "old" else block.kind, house.name)

    def _estate(self, block: Block, one: District, box: dict[str, Any]) -> None:
        key = f"estate:{block.name}"
        if key not in self.estates:
            self.estates.add(key)
            township = f"township:{one.group}"
            alias = () if block.name.endswith("小区") else (f"{block.name}小区",)
            self._address(key, "estate", block.name, _centre(block.box), township, alias)
            self._point("place", "estate", _centre(block.box), block.name)
        self.ground.features.append(GroundFeature("estate", block.kind, box, block.name))
        for house in (house for house in block.houses if house.units):
            self._slab(house, key, rooms_of_unit(block.kind == "towers"))
        if block.gate:
            self._drive_in(block)

    def _slab(self, house: House, estate: str, rooms: list[str]) -> None:
        point = _centre(house.box)
        key = f"{estate}:{house.name}"
        aliases = (house.name.replace("幢", "栋"), house.name.replace("幢", "号楼"))
        self._address(key, "building", house.name, point, estate, aliases, house.households)
        self._building(house.box, "apartments", house.name)
        self._point("number", "building", point, NUMBERED.search(house.name)[0])  # type: ignore[index]
        west, south, east, _ = house.box
        for unit in range(1, house.units + 1):
            door = (west + (east - west) * (unit - 0.5) / house.units, south)
            name = f"{house.name}{unit}单元"
            self._address(f"{key}:{unit}", "entrance_unit", name, door, key)
            for room in rooms:
                self._address(f"{key}:{unit}:{room}", "room", f"{name}{room}", door, f"{key}:{unit}")
        if house.name == GRID_POINT:
            self.ground.areas.append(grid_point(GRID_POINT, geojson_box(_grown(house.box, 6)), house.households))

    def _drive_in(self, block: Block) -> None:
        """A service road from the gate through the block."""
        assert block.gate is not None
        west, south, east, north = block.box
        x, y = (west + east) / 2, (south + north) / 2
        axis, i, j = block.gate
        gate = (x, self.plan.y(j)) if axis == "x" else (self.plan.xs[i], y)
        self.network.join(block.gate, gate)
        ring = [(west + 12, y), (east - 12, y)] if axis == "x" else [(x, south + 12), (x, north - 12)]
        line = [gate, (x, y)]
        self.lane(line)
        self.lane([ring[0], (x, y), ring[1]])

    def lane(self, line: list[Xy], klass: str = "service", name: str = "") -> None:
        self.pending.append((line, klass, name))

    def hamlet(self, one: District, hamlet: Hamlet) -> None:
        village = community_code(one)
        full = one.name + hamlet.name
        key = f"hamlet:{village}:{hamlet.name}"
        self._address(key, "natural_village", full, hamlet.middle, village, (hamlet.name,))
        self._point("place", "village", hamlet.middle, hamlet.name)
        self.network.join(hamlet.gate, hamlet.lanes[0][0])
        for n, lane in enumerate(hamlet.lanes):
            self.lane(lane, "unclassified" if n == 0 else "service")
        for number, (box, homes) in enumerate(hamlet.houses, start=1):
            self._address(f"{key}:{number}", "building", f"{full}{number}号", _centre(box), key, (), homes)
            self._building(box, "house", "")
            self._point("number", "door", _centre(box), str(number))

    def _site(self, kind: str, name: str, point: Xy) -> None:
        self.ground.sites.append(GroundSite(kind, name, *ground(*point)))
        self._point("place", kind, point, name)

    def police(self, one: District, blocks: list[Block], station: str) -> None:
        """A police room and a committee in every community and village, the station in the first of each group."""
        at = _centre(blocks[len(blocks) // 2].box) if blocks else self._middle(one)
        short = one.name.removesuffix("社区").removesuffix("村")
        self._site("police_room", f"{short}警务室", (at[0] + 25, at[1] + 12))
        self._site(
            "committee", f"{one.name}{'村委会' if one.kind == 'village' else '居委会'}".replace("村村", "村"), at
        )
        if station and not any(block.kind == "police" for block in blocks):
            self._site("police_station", f"{station}派出所", (at[0] - 30, at[1] - 12))

    def draw_lanes(self) -> None:
        """The small roads, once the streets they join are in the network."""
        for way, (line, klass, name) in enumerate(self.pending, start=1_000_000):
            on_ground = [ground(*point) for point in line]
            self.network.drive(on_ground, klass, way)
            geometry = {"type": "LineString", "coordinates": [list(point) for point in on_ground]}
            self.ground.features.append(GroundFeature("road", klass, geometry, name, way))

    def _middle(self, one: District) -> Xy:
        cells = list(self.plan.cells(one))
        west, south, east, north = self.plan.rectangle(*cells[len(cells) // 2])
        return (west + east) / 2, (south + north) / 2

    def _address(
        self, key: str, kind: str, name: str, point: Xy, parent: str, aliases: tuple[str, ...] = (), households: int = 0
    ) -> None:
        above = parent.split(":")[1] if parent.startswith("township:") else ""
        office = township_name(int(above)) if above else self.offices.get(parent, "")
        self.offices[key] = office or name
        full = f"{COUNTY}{office}{name}"
        lon, lat = ground(*point)
        self.ground.addresses.append(
            GroundAddress(key, kind, name, full, lon, lat, parent, (*aliases,), households, made=True)
        )

    def _building(self, box: Box, kind: str, name: str) -> None:
        self.ground.features.append(GroundFeature("building", kind, geojson_box(box), name))

    def _point(self, layer: str, kind: str, point: Xy, name: str) -> None:
        geometry = {"type": "Point", "coordinates": list(ground(*point))}
        self.ground.features.append(GroundFeature(layer, kind, geometry, name))


def geojson_box(box: Box) -> dict[str, Any]:
    west, south, east, north = box
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return {"type": "Polygon", "coordinates": [[list(ground(*corner)) for corner in corners]]}


def _grown(box: Box, metres: float) -> Box:
    return box[0] - metres, box[1] - metres, box[2] + metres, box[3] + metres


def _centre(box: Box) -> Xy:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
