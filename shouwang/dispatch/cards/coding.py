"""A card as text, and back. The same text stands in the QR code on paper; fallback/coding.js writes it.

`SW1:<checksum>:<base45>`: capitals and digits only, so that a QR code holds it in little room. The checksum is the
first eight hexadecimal digits of SHA-256 over the bytes; the bytes are a JSON list in the order of FIELDS.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem

MARK = "SW1"
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"  # RFC 9285
CHECKED = 8
LONGEST = {"kind": 40, "place": 120, "words": 300, "number": 20, "unit": 80}  # characters; more fits no QR code
URGENCIES = (1, 2, 3, 4)


class NotACard(Problem):
    code, status = "card.not_a_card", 400
    says = _("This is no card of ours. Take a picture of the whole square code, straight and without glare.")


class CardDamaged(Problem):
    code, status = "card.damaged", 400
    says = _("The code of this card cannot be read whole. Take another picture, or type the card in.")


@dataclass(frozen=True)
class Written:
    """A card as a desk wrote it. Times are what its clock said; `number` is the caller's."""

    id: UUID
    seat: int
    serial: int
    drill: UUID | None
    written_at: dt.datetime
    urgency: int
    kind: str = ""
    place: str = ""
    words: str = ""
    number: str = ""
    unit: str = ""
    sent: dt.datetime | None = None
    arrived: dt.datetime | None = None
    cleared: dt.datetime | None = None


def encoded(card: Written) -> str:
    times = [_ms(one) - _ms(card.written_at) if one else None for one in (card.sent, card.arrived, card.cleared)]
    fields = [
        card.id.hex, card.seat, card.serial, card.drill.hex if card.drill else "", _ms(card.written_at), card.urgency,
        card.kind, card.place, card.words, card.number, card.unit, *times,
    ]  # fmt: skip
    content = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
    return f"{MARK}:{checksum(content)}:{to_base45(content)}"


def decoded(text: str) -> Written:
    """Raises NotACard, CardDamaged"""
    mark, _colon, rest = text.partition(":")
    check, colon, body = rest.partition(":")
    if mark != MARK or not colon:
        raise NotACard
    try:
        content = from_base45(body)
        if checksum(content) != check:
            raise CardDamaged
        return _read(json.loads(content))
    except (ValueError, TypeError, OverflowError) as fault:
        raise CardDamaged from fault


def _read(fields: list[Any]) -> Written:
    key, seat, serial, drill, written, urgency, *texts = fields
    sent, arrived, cleared = (_at(written + one) if one is not None else None for one in texts[5:8])
    kind, place, words, number, unit = (
        str(one)[:longest] for one, longest in zip(texts, LONGEST.values(), strict=False)
    )
    return Written(
        UUID(key), positive(seat), positive(serial), UUID(drill) if drill else None, _at(written),
        urgency if urgency in URGENCIES else 3, kind, place, words, number, unit, sent, arrived, cleared,
    )  # fmt: skip


def positive(number: Any) -> int:
    """Raises ValueError for what is no number of a desk or a card."""
    if not isinstance(number, int) or not 0 < number < 1_000_000:
        raise ValueError(number)
    return number


def checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:CHECKED].upper()


def to_base45(content: bytes) -> str:
    out = []
    for n in range(0, len(content), 2):
        pair = content[n : n + 2]
        value = int.from_bytes(pair)
        for _place in range(3 if len(pair) == 2 else 2):
            value, digit = divmod(value, 45)
            out.append(ALPHABET[digit])
    return "".join(out)


def from_base45(text: str) -> bytes:
    """Raises ValueError"""
    out = bytearray()
    for n in range(0, len(text), 3):
        digits = [ALPHABET.index(one) for one in text[n : n + 3]]
        value = sum(digit * 45**place for place, digit in enumerate(digits))
        out += value.to_bytes(len(digits) - 1)
    return bytes(out)


def _ms(at: dt.datetime) -> int:
    return round(at.timestamp() * 1000)


def _at(ms: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(ms / 1000, dt.UTC)
