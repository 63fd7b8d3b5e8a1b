"""Saying what each piece of a cut address is: which number is a door, a building, an entrance, a floor, a room."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from shouwang.core.chinese import number_of
from shouwang.places.parsing import lexicon
from shouwang.places.parsing.cutting import DIVISION, Piece

FIXED = {"house": "building", "unit": "entrance_unit", "floor": "floor", "room": "room"}
OF_BUILDINGS = re.compile(rf"(?:{'|'.join(lexicon.ESTATE_ENDS)}|区|期)$")
OF_ROOMS = re.compile(r"(?:大厦|市场|广场|商城|中心|大楼|城|[a-z]区|楼|公司|厂)$")
ROOMS_FROM = 100  # a bare number this large is a room, not a building


@dataclass(frozen=True)
class Part:
    """A part of an address: what it is (see `naming.py`) and its text as it was written."""

    slot: str
    text: str


@dataclass
class _Seen:
    """What has been read so far, as far as it says what the next number is."""

    last: str = "start"
    last_text: str = ""
    slots: set[str] = field(default_factory=set)

    def take(self, slot: str, text: str) -> None:
        self.last, self.last_text = slot, text
        self.slots.add(slot)


def label(text: str, written: str, pieces: Sequence[Piece]) -> list[Part]:
    """Parts in order. text: as it was cut (half-width, lower case); written: as it was given, of the same length."""
    seen = _Seen()
    parts: list[Part] = []
    for n, piece in enumerate(pieces):
        word = text[piece.start : piece.end]
        slot = piece.slot
        if slot == "number":
            slot = _number(piece, word, seen, pieces[n + 1 :], text)
        elif slot == "street" and _on_another_street(seen):
            slot = "branch"
        elif slot == "place":
            slot = _place(pieces[n + 1 :], piece, seen)
        if slot != "noise":
            seen.take(slot, word)
        parts.append(Part(slot, written[piece.start : piece.end]))
    return _once(parts)


def _on_another_street(seen: _Seen) -> bool:
    return seen.last in ("street", "branch") or (seen.last == "beside" and "street" in seen.slots)


def _place(rest: Sequence[Piece], piece: Piece, seen: _Seen) -> str:
    if piece.form == "guess" and rest and rest[0].form == "group":
        return "community"
    return "inner_place" if "place" in seen.slots else "place"


def _number(piece: Piece, word: str, seen: _Seen, rest: Sequence[Piece], text: str) -> str:
    if piece.form in ("appended", "range"):
        return _door(seen) if seen.last not in ("building", "floor", "entrance_unit") else "room"
    if piece.form == "group":
        return "street"
    if piece.form == "yard":
        return "number" if seen.last == "street" else "building"
    followed = next((one for one in rest if one.slot != "noise"), None)
    if piece.form == "lane":
        return "branch" if followed is not None and followed.form in ("number", "range", "lane") else _door(seen)
    if piece.form in FIXED:
        return FIXED[piece.form]
    joined = bool(rest) and rest[0].slot == "noise" and len(rest) > 1 and rest[1].slot == "number"
    if piece.form == "number":
        return _with_sign(word, seen)
    return _bare(word, seen, followed, joined, text)


def _door(seen: _Seen) -> str:
    return "branch_number" if seen.last == "branch" else "number"


def _with_sign(word: str, seen: _Seen) -> str:
    """12号: a door after a street, else the next smaller thing."""
    if seen.last in ("street", "branch"):
        return _door(seen)
    if seen.last in ("number", "branch_number"):
        return "building"
    if seen.last == "building":
        return "room" if _size(word) >= 2 * ROOMS_FROM else "entrance_unit"
    if seen.last in ("entrance_unit", "floor", "room"):
        return "room"
    if seen.last in ("place", "inner_place"):
        if OF_ROOMS.search(seen.last_text):
            return "room"
        return "building" if OF_BUILDINGS.search(seen.last_text) else "number"
    return "number"


def _bare(word: str, seen: _Seen, followed: Piece | None, joined: bool, text: str) -> str:
    """12: what it is depends on what came before, what follows, and how large it is."""
    more = followed is not None and followed.slot == "number" and followed.form in ("bare", "room", "floor", "number")
    if seen.last in ("street", "branch"):
        return _door(seen)
    if seen.last in ("start", "community", "town", "zone", "county", "city"):
        return "number"
    if seen.last == "building":
        return "entrance_unit" if joined or (more and _size(word) < ROOMS_FROM) else "room"
    if seen.last in ("entrance_unit", "floor", "room"):
        return "room"
    if seen.last in ("number", "branch_number"):
        return "building" if more or joined or _size(word) < ROOMS_FROM else "room"
    if more or joined or (followed is not None and followed.slot == "number"):
        return "building"
    return "room" if _size(word) >= ROOMS_FROM * 2 else "building"


def _size(word: str) -> int:
    digits = re.search(r"[0-9]+", word)
    if digits:
        return int(digits.group())
    numeral = re.search(rf"[{lexicon.NUMERAL}]+", word)
    return (number_of(numeral.group()) or 0) if numeral else 0


def _once(parts: list[Part]) -> list[Part]:
    """A division said twice is kept once, and in its longer form: 宁波宁波市, 浙江省绍兴市浙江省绍兴市."""
    divisions = [n for n, part in enumerate(parts) if part.slot in DIVISION]
    again = {n for n in divisions if any(m > n and parts[m].text.startswith(parts[n].text) for m in divisions)}
    return [Part("noise", part.text) if n in again else part for n, part in enumerate(parts)]
