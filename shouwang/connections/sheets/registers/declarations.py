"""Declarations (table 3.6): the list of tenants or staff that a landlord, an employer or a property manager hands in.

A line files one declaration, which waits for an officer like any other: nobody is registered by a sheet of these. Its
receipt is drawn from what the line says, under a key, so that the same line is the same declaration for ever.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.connections.sheets.cells import Cells, day, one_of
from shouwang.connections.sheets.columns import Column
from shouwang.connections.sheets.registers.codes import DOCUMENTS
from shouwang.connections.sheets.registers.register_sheet import (
    Making,
    RegisterSheet,
    Standings,
    Told,
    longest,
    standing_of,
)
from shouwang.core.calendar import due_at
from shouwang.core.chinese import check_phone
from shouwang.core.clock import SHANGHAI, local_date
from shouwang.core.ids import RECEIPT_ALPHABET, RECEIPT_LENGTH, new_id
from shouwang.core.keyring import keyed_hash
from shouwang.registry.declaring import KINDS, NotYetHappened, NotYoursToDeclare, answered_by
from shouwang.registry.keeping import KEEP
from shouwang.registry.lists import DeclarationState, Declarer, DocumentKind
from shouwang.registry.protecting import checked_document, seal_told
from shouwang.registry.registering import LONGEST_NAME

COLUMNS = (
    Column("kind", _("What is declared"), _("租客或员工入住, 租客或员工搬离 …"), needed=True, also=("事项",)),
    Column("declarer", _("Declared by"), _("房东, 用人单位, 物业 …"), needed=True, also=("报送单位",)),
    Column("address", _("Address"), _("A standard address, such as 桥西路12号3单元402室."), needed=True,
           also=("地址", "住址", "居住地址")),
    Column("happened_on", _("When it happened"), _("A day, such as 2026-03-01."), needed=True,
           also=("入住日期", "离开日期")),
    Column("name", _("Name"), _("As it stands on the document."), needed=True, also=("姓名", "名字")),
    Column("doc_kind", _("Kind of document"), _("居民身份证, 普通护照 … Empty: 居民身份证."),
           also=("证件类型", "证件种类")),
    Column("doc_no", _("Document number"), _("Whole. Format the column as text, or Excel rounds it."), needed=True,
           also=("身份证号", "身份证号码", "公民身份号码", "证件号码", "证件号")),
    Column("phone", _("Telephone"), _("Only with consent; may stay empty."),
           also=("手机", "手机号", "联系电话", "电话")),
)  # fmt: skip
EXAMPLES = (
    ("租客或员工入住", "房东", "桥西里3幢2单元501室", "2026-03-01", "李想", "居民身份证", "440524188001010014", ""),
)
_DOCUMENTS = DOCUMENTS | {"身份证": DocumentKind.ID_CARD.value, "护照": DocumentKind.PASSPORT.value}


class Kinds:
    """The rows of table 3.6 as a list that cells choose from."""

    values = tuple(KINDS)
    labels = tuple(kind.label for kind in KINDS.values())
    choices = tuple(zip(values, labels, strict=True))


def tell(cells: Cells, making: Making, standings: Standings) -> Told:
    read = cells.read
    kind = read("kind", one_of(Kinds), "")
    declarer = read("declarer", lambda text: _declarer(kind, text), "")
    happened = read("happened_on", lambda text: _not_ahead(day(text), making.at), making.at.date())
    document = read("doc_kind", one_of(DocumentKind, _DOCUMENTS), DocumentKind.ID_CARD.value)
    plain = {
        "name": read("name", longest(LONGEST_NAME), ""), "doc_kind": document,
        "doc_no": read("doc_no", lambda text: checked_document(document, text), ""),
        "phone": read("phone", check_phone, ""),
    }  # fmt: skip
    place = standing_of(cells, standings)
    cells.finish()
    assert place is not None
    plain = {name: said for name, said in plain.items() if said}
    says = "\x1f".join((kind, declarer, str(place.address), happened.isoformat(), document, plain["doc_no"]))
    match, row = keyed_hash(says, purpose="registry_declaration.receipt"), new_id()
    record = _filed(making, row, kind, happened) | {
        "id": row, "kind": kind, "declarer": declarer, "address_id": place.address, "area_id": place.area,
        "receipt_no": receipt_of(match), "told_enc": seal_told(row, plain),
    }  # fmt: skip
    return Told(row, match, {"record": record}, place.address)


def receipt_of(match: bytes) -> str:
    """Eight characters, as every receipt, the same for the same words."""
    return "".join(RECEIPT_ALPHABET[byte & 31] for byte in match[:RECEIPT_LENGTH])


def _filed(making: Making, row: UUID, kind: str, happened: dt.date) -> dict[str, Any]:
    began = dt.datetime.combine(happened, dt.time(), tzinfo=SHANGHAI)
    return {
        "happened_on": happened, "filed_at": making.at, "filed_by": making.by, "key_number": making.key_number,
        "due_at": due_at(began, KINDS[kind].within).at, "decide_by": answered_by(making.at),
        "state": DeclarationState.FILED.value, "reason": "", "retain_until": local_date(due_at(making.at, KEEP).at),
    }  # fmt: skip


def _declarer(kind: str, text: str) -> str:
    """Who may declare that. Raises NotInList, NotYoursToDeclare"""
    found = one_of(Declarer)(text)
    if kind and found not in KINDS[kind].declarers:
        raise NotYoursToDeclare(declarers="、".join(str(one.label) for one in KINDS[kind].declarers))
    return found


def _not_ahead(happened: dt.date, at: dt.datetime) -> dt.date:
    if happened > local_date(at):
        raise NotYetHappened
    return happened


SHEET = RegisterSheet(COLUMNS, EXAMPLES, tell, ("declarations", "lines"))
