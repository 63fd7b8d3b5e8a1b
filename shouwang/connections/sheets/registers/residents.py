"""Residents and where they live: a line is a person at an address. Fields are those of table 3.3 and no others."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.connections.sheets.cells import Cells, NotADay, day, one_of
from shouwang.connections.sheets.columns import Column
from shouwang.connections.sheets.ground import Standing
from shouwang.connections.sheets.registers.codes import CATEGORIES, DOCUMENTS
from shouwang.connections.sheets.registers.dwellings import new_dwelling
from shouwang.connections.sheets.registers.register_sheet import (
    Making,
    RegisterSheet,
    Standings,
    Told,
    longest,
    standing_of,
)
from shouwang.core.chinese import check_phone
from shouwang.core.clock import local_date
from shouwang.core.ids import new_id, receipt_code
from shouwang.registry.keeping import LIVING, limit_for
from shouwang.registry.lists import Category, Declarer, DocumentKind, Register, Relation, Sex
from shouwang.registry.protecting import bucket_of, checked_document, index_columns
from shouwang.registry.registering import LONGEST_NAME, NameMissing, year_of
from shouwang.registry.spelling import name_grams

COLUMNS = (
    Column("name", _("Name"), _("As it stands on the document."), needed=True, also=("姓名", "名字")),
    Column(
        "doc_kind", _("Kind of document"), _("居民身份证, 普通护照 … Empty: 居民身份证."), also=("证件类型", "证件种类")
    ),
    Column(
        "doc_no",
        _("Document number"),
        _("Whole. Format the column as text, or Excel rounds it."),
        needed=True,
        also=("身份证号", "身份证号码", "公民身份号码", "证件号码", "证件号"),
    ),
    Column(
        "category", _("Kind of registration"), _("常住人口, 流动人口 …"), needed=True, also=("人口类别", "人员类别")
    ),
    Column(
        "address",
        _("Address"),
        _("A standard address, such as 桥西路12号3单元402室."),
        needed=True,
        also=("地址", "住址", "现住址", "居住地址"),
    ),
    Column(
        "relation",
        _("Relation to the dwelling"),
        _("产权人, 家属, 承租人, 借住 …"),
        needed=True,
        also=("与房屋关系", "与户主关系"),
    ),
    Column(
        "from_on", _("Lives there since"), _("A day, such as 2026-03-01."), needed=True, also=("入住日期", "来住日期")
    ),
    Column("to_on", _("Expected until"), _("A day, or empty."), also=("预计离开日期", "拟居住至")),
    Column(
        "phone", _("Telephone"), _("Only with consent; may stay empty."), also=("手机", "手机号", "联系电话", "电话")
    ),
    Column(
        "emergency_contact",
        _("Emergency contact"),
        _("Name and telephone, with consent; may stay empty."),
        also=("紧急联系人",),
    ),
)
EXAMPLES = (
    ("王晓明", "居民身份证", "11010519491231002X", "常住人口", "桥西路12号3单元402室", "产权人", "2019-05-01", "",
     "19900000086", ""),
    ("李想", "", "440524188001010014", "流动人口", "桥西里3幢2单元501室", "承租人", "2026-03-01", "2027-02-28", "", ""),
)  # fmt: skip
_CATEGORIES = CATEGORIES | {"户籍人口": Category.REGISTERED.value, "流动": Category.MIGRANT.value}
_DOCUMENTS = DOCUMENTS | {"身份证": DocumentKind.ID_CARD.value, "护照": DocumentKind.PASSPORT.value}
_RELATIONS = {"租客": Relation.TENANT.value, "租户": Relation.TENANT.value, "户主": Relation.OWNER.value,
              "房主": Relation.OWNER.value, "家属": Relation.FAMILY.value, "家人": Relation.FAMILY.value}  # fmt: skip


_LISTS = {
    "doc_kind": one_of(DocumentKind, _DOCUMENTS),
    "category": one_of(Category, _CATEGORIES),
    "relation": one_of(Relation, _RELATIONS),
}


def tell(cells: Cells, making: Making, standings: Standings) -> Told:
    read = cells.read
    name = read("name", longest(LONGEST_NAME), "")
    if not name and "name" not in cells.faults:
        cells.faults["name"] = NameMissing(field="name")
    kind = read("doc_kind", _LISTS["doc_kind"], DocumentKind.ID_CARD.value)
    number = read("doc_no", lambda text: checked_document(kind, text), "")
    category = read("category", _LISTS["category"], "")
    relation = read("relation", _LISTS["relation"], "")
    since = read("from_on", lambda text: _not_ahead(day(text), making.at), None)
    until = read("to_on", day, None)
    phone = read("phone", check_phone, "")
    contact = read("emergency_contact", longest(120), "")
    place = standing_of(cells, standings)
    cells.finish()
    assert place is not None
    person = new_id()
    hashed = making.hashed("doc", number)
    given = {
        "resident": _resident(person, making, place, (name, category, kind, number, phone, contact)),
        "residence": {
            **making.kept(new_id(), limit_for(relation)), "relation": relation, "from_on": since, "to_on": until,
            "ended_on": None, "declared_by": Declarer.OFFICER.value, "receipt_no": receipt_code(),
        },
    }  # fmt: skip
    if place.address not in making.housed:
        making.housed.add(place.address)
        given["dwelling"] = new_dwelling(making, place, relation)
    return Told(given["residence"]["id"], hashed, given, place.address, person, bucket_of(hashed))


def _resident(row: UUID, making: Making, place: Standing, told: tuple[str, ...]) -> dict[str, Any]:
    name, category, kind, number, phone, contact = told
    marks = index_columns(row, doc_no=number, phone=phone or None, hashed=making.hashed)
    columns = {
        **making.kept(row, LIVING), "category": category, "name": name, "grams": _grams(name), "doc_kind": kind,
        "sex": Sex.NOT_STATED.value, "look_for_me": False, "key_number": making.key_number, "street": place.street,
        "area_id": place.area, "place_grams": place.grams, **marks,
    }  # fmt: skip
    year = year_of(kind, number)
    for field, value in (("doc_no", number), ("birth_date", year), ("phone", phone), ("emergency_contact", contact)):
        columns |= making.sealed(Register.RESIDENT, row, field, value)
    return columns


@lru_cache(maxsize=50_000)
def _grams(name: str) -> tuple[str, ...]:
    return tuple(name_grams(name))


def _not_ahead(since: dt.date, at: dt.datetime) -> dt.date:
    if since > local_date(at):
        raise NotADay
    return since


SHEET = RegisterSheet(COLUMNS, EXAMPLES, tell, ("residences", "residents", "dwellings", "lines"))
