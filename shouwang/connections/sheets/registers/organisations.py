"""Organisations: shops, firms, offices (table 3.5)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwang.connections.sheets.cells import Cells, NotInList, day, one_of, whole_number, yes_or_no
from shouwang.connections.sheets.columns import Column
from shouwang.connections.sheets.registers.codes import TRADES, UNIT_KINDS
from shouwang.connections.sheets.registers.register_sheet import (
    Making,
    RegisterSheet,
    Standings,
    Told,
    longest,
    standing_of,
)
from shouwang.core.chinese import check_credit_code
from shouwang.core.ids import new_id
from shouwang.core.problem import Problem
from shouwang.registry.keeping import LIVING
from shouwang.registry.lists import Register, StaffBand, Trade, UnitKind
from shouwang.registry.spelling import name_grams

COLUMNS = (
    Column(
        "unit_name",
        _("Name of the unit"),
        _("As it stands on the licence."),
        needed=True,
        also=("单位名称", "名称", "企业名称"),
    ),
    Column(
        "unit_kind", _("Kind of unit"), _("一般单位, 特种行业, 公共场所 …"), needed=True, also=("单位类别", "行业类别")
    ),
    Column(
        "special_trade",
        _("Which special trade"),
        _("旅馆, 印刷, 开锁, 典当 …, where the kind is 特种行业; or empty."),
        also=("特种行业种类", "特业类别", "特种行业类别"),
    ),
    Column(
        "address",
        _("Address"),
        _("A standard address, such as 桥西路12号."),
        needed=True,
        also=("地址", "单位地址", "经营地址"),
    ),
    Column("credit_code", _("Credit code"), _("18 characters, or empty."), also=("统一社会信用代码", "信用代码")),
    Column("licence_no", _("Licence number"), _("Where the trade needs one."), also=("许可证号", "证照编号")),
    Column("licence_expires_on", _("Licence expires"), _("A day, or empty."), also=("许可证到期日", "有效期至")),
    Column("unit_contact", _("Contact in charge"), _("Name and telephone."), also=("负责人联系方式", "负责人电话")),
    Column("staff_band", _("Staff"), _("10 人以下, 10 至 49 人 …"), also=("从业人数", "人员规模")),
    Column("has_guards", _("Guards"), _("是 or 否, or empty."), also=("有无保安", "保安")),
    Column("fire_items", _("Fire-fighting items"), _("A whole number, or empty."), also=("消防器材数",)),
)
EXAMPLES = (("川味小馆", "一般单位", "", "桥西路12号", "", "", "", "张先生 19900000033", "", "否", "4"),)
_trade = one_of(Trade, TRADES)
_plain_kind = one_of(UnitKind, UNIT_KINDS)


class NotASpecialTrade(Problem):
    code, status = "sheets.not_a_special_trade", 422
    says = _("Leave this empty, or write 特种行业 as the kind of the unit.")


def kind_and_trade(text: str) -> tuple[str, str]:
    """The kind, and the trade where other systems name it in the place of the kind."""
    try:
        return _plain_kind(text), ""
    except NotInList as neither:
        try:
            return UnitKind.SPECIAL_TRADE, _trade(text)
        except NotInList:
            raise neither from None


def tell(cells: Cells, making: Making, standings: Standings) -> Told:
    read, row = cells.read, new_id()
    kind, trade = read("unit_kind", kind_and_trade, ("", ""))
    trade = read("special_trade", _trade, trade)
    if trade and kind and kind != UnitKind.SPECIAL_TRADE:
        cells.faults.setdefault("special_trade", NotASpecialTrade(field="special_trade"))
    told: dict[str, Any] = {
        "unit_name": read("unit_name", longest(120), ""),
        "unit_kind": kind,
        "special_trade": trade,
        "credit_code": read("credit_code", check_credit_code, ""),
        "licence_no": read("licence_no", longest(40), ""),
        "licence_expires_on": read("licence_expires_on", day, None),
        "staff_band": read("staff_band", one_of(StaffBand), ""),
        "has_guards": read("has_guards", yes_or_no, None),
        "fire_items": read("fire_items", whole_number(10_000), None),
    }
    contact = read("unit_contact", longest(120), "")
    place = standing_of(cells, standings)
    cells.finish()
    assert place is not None
    record = {
        **making.kept(row, LIVING), **place.columns, **told, "grams": name_grams(told["unit_name"]),
        "key_number": making.key_number, **making.sealed(Register.ORGANISATION, row, "unit_contact", contact),
    }  # fmt: skip
    match = told["credit_code"] or f"{place.address} {told['unit_name']}"
    return Told(row, match.encode(), {"record": record}, place.address)


SHEET = RegisterSheet(COLUMNS, EXAMPLES, tell, ("organisations", "lines"))
