"""Standard addresses: a line is an element under the one above it, which stands in the tree or in an earlier line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwang.connections.sheets.cells import Cells, degrees, one_of
from shouwang.connections.sheets.columns import Column, Row
from shouwang.connections.sheets.ground import OutsideYourGround
from shouwang.connections.sheets.registers.codes import ADDRESS_ELEMENTS
from shouwang.connections.sheets.registers.register_sheet import Making, RegisterSheet, Standings, Told, longest
from shouwang.core.ids import new_id
from shouwang.core.problem import Problem
from shouwang.places.elements import may_stand_under
from shouwang.places.models import Address
from shouwang.places.models.address import AddressSource, AddressStatus, Element
from shouwang.places.tree import ABOVE_STREETS, areas_at, next_numbers
from shouwang.places.words import comparable
from shouwang.territory.addresses import AddressNameMissing, OutsideTheTown, WrongParent

COLUMNS = (
    Column(
        "element", _("Element"), _("街路巷, 小区, 建筑物, 单元, 户室 …"), needed=True, also=("要素", "类型", "地址要素")
    ),
    Column(
        "name",
        _("Name of the element"),
        _("Of this element alone: 桥西路, 12号, 3单元, 402室."),
        needed=True,
        also=("名称", "要素名称"),
    ),
    Column(
        "parent",
        _("Address above"),
        _("Whole: 青石县水门街道桥西路12号. In the tree, or in an earlier line."),
        needed=True,
        also=("上级地址", "上级"),
    ),
    Column("lon", _("Longitude"), _("Degrees (WGS-84). Empty: where the address above lies."), also=("经度",)),
    Column("lat", _("Latitude"), _("Degrees (WGS-84), or empty."), also=("纬度",)),
)
EXAMPLES = (
    ("街路巷", "桥西路", "青石县水门街道", "111.4241", "27.6912"),
    ("建筑物", "12号", "青石县水门街道桥西路", "111.42433", "27.69125"),
    ("单元", "3单元", "青石县水门街道桥西路12号", "", ""),
    ("户室", "402室", "青石县水门街道桥西路12号3单元", "", ""),
)
_ELEMENTS = ADDRESS_ELEMENTS | {
    "街道": Element.STREET_OFFICE.value, "道路": Element.STREET.value, "门牌": Element.BUILDING.value,
    "门牌号": Element.BUILDING.value, "楼栋": Element.BUILDING.value, "房间": Element.ROOM.value,
}  # fmt: skip


class NoAddressAbove(Problem):
    code, status = "sheets.no_address_above", 422
    says = _("There is no such address above. Put its line before this one, or write it as the tree does.")


@dataclass(frozen=True)
class Above:
    """What a line hangs under."""

    id: UUID
    path: str
    element: str
    full_text: str
    said: str  # without what stands above the street
    point: tuple[float, float] | None
    area: UUID | None


class Tree:
    """The addresses above the lines of one batch, and where their points lie."""

    def __init__(self, at: dt.datetime, mine: set[UUID]) -> None:
        self.at, self.mine = at, mine
        self.known: dict[str, Above | None] = {}
        self.areas: dict[tuple[float, float], UUID | None] = {}
        self.numbers: list[int] = []

    def above(self, text: str) -> Above:
        if text not in self.known:
            rows = Address.objects.filter(Q(full_text=text) | Q(searched=comparable(text))).filter(
                status__in=(AddressStatus.PLANNED, AddressStatus.IN_USE)
            )
            found = list(rows[:2])
            self.known[text] = _above(found[0]) if len(found) == 1 else None
        known = self.known[text]
        if known is None:
            raise NoAddressAbove(field="parent")
        return known

    def area_at(self, point: tuple[float, float]) -> UUID:
        if point not in self.areas:
            (self.areas[point],) = areas_at([point], self.at)
        area = self.areas[point]
        if area is None:
            raise OutsideTheTown(field="lon")
        if area not in self.mine:
            raise OutsideYourGround(field="lon")
        return area

    def next_number(self) -> int:
        if not self.numbers:
            self.numbers = next_numbers(500)[::-1]
        return self.numbers.pop()


def look_ahead(rows: Sequence[Row], tree: Tree) -> None:
    """The areas of many points at once."""
    points = {point for row in rows if (point := _point(row["lon"], row["lat"])) and point not in tree.areas}
    asked = sorted(points)
    tree.areas |= dict(zip(asked, areas_at(asked, tree.at), strict=True))


def tell(cells: Cells, making: Making, standings: Standings) -> Told:
    read, tree = cells.read, making.tree
    element = read("element", one_of(Element, _ELEMENTS), "")
    name = read("name", lambda text: longest(80)(text).replace(" ", ""), "")
    above = read("parent", tree.above, None)
    lon, lat = read("lon", degrees(-180, 180), None), read("lat", degrees(-90, 90), None)
    if not name and "name" not in cells.faults:
        cells.faults["name"] = AddressNameMissing(field="name")
    if above and element and not may_stand_under(element, above.element):
        cells.faults["element"] = WrongParent(element=Element(element).label, parent=above.full_text)
    point = (lon, lat) if lon is not None and lat is not None else above.point if above else None
    area = None
    try:
        area = tree.area_at(point) if point else above.area if above else None
        if area is not None and area not in tree.mine:
            raise OutsideYourGround(field="parent")
    except Problem as problem:
        cells.faults.setdefault(problem.field or "lon", problem)
    cells.finish()
    assert above is not None
    record = _record(element, name, above, point, area, making)
    tree.known[record["full_text"]] = Above(
        record["id"], record["path"], element, record["full_text"], _said(above, name), point, area
    )
    return Told(record["id"], record["full_text"].encode(), {"record": record})


def _record(
    element: str, name: str, above: Above, point: tuple[float, float] | None, area: UUID | None, making: Making
) -> dict[str, Any]:
    number = making.tree.next_number()
    lon, lat = point or (None, None)
    return {
        "id": new_id(), "number": number, "parent_id": above.id, "path": f"{above.path}{number}/", "element": element,
        "name": name, "full_text": above.full_text + name, "searched": comparable(_said(above, name)), "lon": lon,
        "lat": lat, "area_id": area, "status": AddressStatus.IN_USE.value, "since": making.at, "until": None,
        "source": AddressSource.SHEET.value, "verified_at": None, "verify_by": None,
    }  # fmt: skip


def _said(above: Above, name: str) -> str:
    return name if above.element in ABOVE_STREETS else above.said + name


def _above(row: Address) -> Above:
    return Above(row.pk, row.path, row.element, row.full_text, row.searched or row.full_text, row.point, row.area_id)


def _point(lon: str, lat: str) -> tuple[float, float] | None:
    try:
        return degrees(-180, 180)(lon), degrees(-90, 90)(lat)
    except Problem:
        return None


SHEET = RegisterSheet(COLUMNS, EXAMPLES, tell, ("addresses", "lines"), addressed=False)
