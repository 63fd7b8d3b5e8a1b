"""The protected fields of the registers: sealed one by one, found again by a cut blind index and a check of the row."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core import keyring
from shouwang.core.chinese import check_id_number, half_width
from shouwang.core.problem import Problem
from shouwang.registry.lists import DocumentKind, Register
from shouwang.registry.sealing import INDEX_BITS

TABLES = {
    Register.RESIDENT: "registry_resident",
    Register.DWELLING: "registry_dwelling",
    Register.ORGANISATION: "registry_organisation",
    Register.DECLARATION: "registry_declaration",
    Register.REQUEST: "registry_request",
    Register.EDIT: "registry_edit",
}
SEALED = {  # register → its sealed fields
    Register.RESIDENT: ("doc_no", "birth_date", "phone", "emergency_contact"),
    Register.DWELLING: ("landlord_contact",),
    Register.ORGANISATION: ("unit_contact",),
    Register.DECLARATION: ("told",),
    Register.REQUEST: ("wish",),
    Register.EDIT: ("told",),
}
HashOf = Callable[[str, str], bytes]
CHECK_BYTES = 8
TAIL = 4
_DOCUMENT = re.compile(r"[A-Z0-9()（）-]{5,20}")


class BadDocument(Problem):
    code, status = "registry.bad_document", 400
    says = _("A document number has 5 to 20 letters and digits.")


def seal_of(register: Register, row: UUID, field: str, value: str | None) -> bytes | None:
    if not value:
        return None
    return keyring.seal(value.encode(), table=TABLES[register], column=field, row=row)


def open_of(register: Register, row: UUID, field: str, sealed: bytes | memoryview | None) -> str | None:
    """Raises  keyring.CannotOpen when the value was changed or moved."""
    if sealed is None:
        return None
    return keyring.unseal(sealed, table=TABLES[register], column=field, row=row).decode()


def checked_document(kind: str, text: str, *, field: str = "doc_no") -> str:
    """The number as it is kept: identity cards checked digit by digit, others only for their shape.

    Raises  BadIdNumber, BadDocument
    """
    if kind in (DocumentKind.ID_CARD, DocumentKind.TEMPORARY_ID_CARD):
        return check_id_number(text, field=field)
    number = half_width(text).replace(" ", "").upper()
    if not _DOCUMENT.fullmatch(number):
        raise BadDocument(field=field)
    return number


def number_hash(what: str, number: str) -> bytes:
    """The keyed hash of a whole document number, a whole phone, or a phone's last four. Never of any other part."""
    return keyring.keyed_hash(number, purpose=f"{TABLES[Register.RESIDENT]}.{what}")


def bucket_of(hashed: bytes) -> int:
    """INDEX_BITS of it: of 1 000 000 people a thousand share each."""
    return int.from_bytes(hashed[:2]) >> (16 - INDEX_BITS)


def check_of(hashed: bytes, row: UUID) -> bytes:
    """Tells the row within its bucket, to whoever has the hash; two rows with one number have nothing in common."""
    return hashlib.sha256(hashed + row.bytes).digest()[:CHECK_BYTES]


def index_columns(
    row: UUID, *, doc_no: str | None = None, phone: str | None = None, hashed: HashOf = number_hash
) -> dict[str, Any]:
    """Buckets and checks of what is given."""
    columns: dict[str, Any] = {}
    for what, number in (("doc", doc_no), ("phone", phone), ("tail", phone[-TAIL:] if phone else None)):
        if number:
            digest = hashed(what, number)
            columns |= {f"{what}_bucket": bucket_of(digest), f"{what}_check": check_of(digest, row)}
    return columns


def many_hashes() -> HashOf:
    """`number_hash` for a whole town of numbers."""
    by_what = {what: keyring.hasher(f"{TABLES[Register.RESIDENT]}.{what}") for what in ("doc", "phone", "tail")}
    return lambda what, number: by_what[what](number)


def seal_told(row: UUID, told: dict[str, Any]) -> bytes:
    """What was declared, as one sealed text."""
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return keyring.seal(text.encode(), table=TABLES[Register.DECLARATION], column="told", row=row)
