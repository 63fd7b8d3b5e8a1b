"""Dwellings: one at an address (table 3.4)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwang.connections.sheets.cells import Cells, day, one_of, whole_number
from shouwang.connections.sheets.columns import Column
from shouwang.connections.sheets.ground import Standing
from shouwang.connections.sheets.registers.codes import BUILDING_USES, LET_FOR
from shouwang.connections.sheets.registers.register_sheet import (
    Making,
    RegisterSheet,
    Standings,
    Told,
    longest,
    standing_of,
)
from shouwang.core.ids import new_id
from shouwang.registry.dwellings import OCCUPANCY_OF
from shouwang.registry.keeping import STANDING
from shouwang.registry.lists import BuildingUse, LetFor, Occupancy, Register, Relation

COLUMNS = (
    Column(
        "address",
        _("Address"),
        _("A standard address, such as 桥西路12号3单元402室."),
        needed=True,
        also=("地址", "房屋地址"),
    ),
    Column("building_use", _("Use of the building"), _("住宅, 商业, 办公 …"), needed=True, also=("房屋用途", "用途")),
    Column("occupancy", _("Who lives there"), _("自住, 出租, 空置 …"), needed=True, also=("居住情况", "使用情况")),
    Column("rooms", _("Number of rooms"), _("A whole number, or empty."), also=("房间数", "间数")),
    Column("beds", _("Number of beds"), _("A whole number, or empty."), also=("床位数",)),
    Column("let_for", _("Let for"), _("Where it is let: 住房, 宿舍, 商铺 …"), also=("出租用途",)),
    Column(
        "letting_no", _("Letting register number"), _("Where it is let, or empty."), also=("租赁登记号", "租赁备案号")
    ),
    Column(
        "landlord_contact",
        _("Contact of the landlord"),
        _("Where it is let: name and telephone."),
        also=("房东联系方式", "房东电话"),
    ),
    Column("last_check_on", _("Last safety check"), _("A day, or empty."), also=("最近安全检查", "安全检查日期")),
)
EXAMPLES = (
    ("桥西路12号3单元402室", "住宅", "自住", "3", "", "", "", "", ""),
    ("桥西里3幢2单元501室", "住宅", "出租", "2", "4", "住房", "QS2026-0012", "王女士 19900000012", "2026-05-06"),
)  # fmt: skip
_USES = BUILDING_USES | {"住宅": BuildingUse.DWELLING.value, "居住": BuildingUse.DWELLING.value}
_OCCUPANCIES = {"空房": Occupancy.VACANT.value, "出借": Occupancy.BORROWED.value}


def tell(cells: Cells, making: Making, standings: Standings) -> Told:
    read, row = cells.read, new_id()
    told: dict[str, Any] = {
        "building_use": read("building_use", one_of(BuildingUse, _USES), ""),
        "occupancy": read("occupancy", one_of(Occupancy, _OCCUPANCIES), ""),
        "rooms": read("rooms", whole_number(200), None),
        "beds": read("beds", whole_number(2000), None),
        "let_for": read("let_for", one_of(LetFor, LET_FOR), ""),
        "letting_no": read("letting_no", longest(40), ""),
        "last_check_on": read("last_check_on", day, None),
    }
    contact = read("landlord_contact", longest(120), "")
    place = standing_of(cells, standings)
    cells.finish()
    assert place is not None
    record = _record(making, place, told | {"id": row}) | making.sealed(
        Register.DWELLING, row, "landlord_contact", contact
    )
    return Told(row, place.address.bytes, {"record": record}, place.address)


def new_dwelling(making: Making, place: Standing, relation: str) -> dict[str, Any]:
    """The dwelling that a resident's line brings along where there is none: as little as is known by that."""
    told = {"building_use": BuildingUse.DWELLING.value, "occupancy": OCCUPANCY_OF[Relation(relation)].value,
            "let_for": "", "letting_no": "", "id": new_id()}  # fmt: skip
    return _record(making, place, told)


def _record(making: Making, place: Standing, told: dict[str, Any]) -> dict[str, Any]:
    return {
        **making.kept(told["id"], STANDING), **place.columns, **told, "hazards": 0, "key_number": making.key_number
    }  # fmt: skip


SHEET = RegisterSheet(COLUMNS, EXAMPLES, tell, ("dwellings", "lines"))
