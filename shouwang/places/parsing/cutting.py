"""Cutting an address into pieces: every piece the rules know has a worth, and the best row of pieces wins.

The worths are set by hand and mean nothing but their order: a listed name beats an ending, an ending beats a guess, few
pieces beat many, and going back up (a county after a street) costs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from shouwang.places.parsing import lexicon
from shouwang.places.parsing.divisions import LONGEST, Divisions, divisions

RANK = {
    "start": 0, "noise": 0, "country": 0, "province": 1, "city": 2, "county": 3, "town": 4, "zone": 4, "community": 5,
    "street": 6, "number": 7, "beside": 7, "place": 8, "guess": 8,
}  # fmt: skip
DIVISION = ("province", "city", "county", "town")
LISTED = {"province": 7.0, "city": 6.5, "county": 6.0, "town": 6.0}
SHORT = {"province": 4.0, "city": 4.0, "county": 3.2}
JOINED = ("range", "appended")  # several numbers that are one
A_PIECE = 1.5  # what each piece costs


@dataclass(frozen=True, slots=True)
class Piece:
    start: int
    end: int
    slot: str
    worth: float
    form: str = ""  # of a number: which of lexicon.NUMBERS


def cut(text: str) -> list[Piece]:
    """The best row of pieces over the whole of `text` (half-width, lower case)."""
    known = divisions()
    best: list[dict[str, tuple[float, Piece | None, str]]] = [{} for _ in range(len(text) + 1)]
    best[0]["start"] = (0.0, None, "")
    for at in range(len(text)):
        if not best[at]:
            continue
        for piece in list(_pieces(text, at, known)) or [Piece(at, at + 1, "noise", 0.0)]:
            for before, (sum_, _, _) in best[at].items():
                worth = sum_ + piece.worth - A_PIECE + _step(before, piece)
                after = before if piece.slot == "noise" else ("guess" if piece.form == "guess" else piece.slot)
                held = best[piece.end].get(after)
                if held is None or worth > held[0]:
                    best[piece.end][after] = (worth, piece, before)
    return _walk_back(best)


def _walk_back(best: list[dict[str, tuple[float, Piece | None, str]]]) -> list[Piece]:
    at = len(best) - 1
    slot = max(best[at], key=lambda one: best[at][one][0], default="start")
    found: list[Piece] = []
    while at > 0:
        _, piece, before = best[at][slot]
        assert piece is not None
        found.append(piece)
        at, slot = piece.start, before
    return found[::-1]


@lru_cache(maxsize=4096)
def _stepping(before: str, slot: str) -> float:
    if slot == "noise" or before == "start":
        return {"number": -1.0, "beside": -3.0}.get(slot, 0.0) if before == "start" else 0.0
    here, now = RANK[before], RANK[slot]
    if slot in DIVISION:
        return 0.0 if here < now else (-1.2 if here <= 4 else -9.0)
    if slot == "zone":
        return 0.0 if here <= 4 else -2.5
    if slot == "community":
        return {"street": -1.5, "number": -2.5, "place": -2.0, "guess": -3.0, "community": -1.6}.get(before, 0.0)
    if slot == "street":
        return {"street": -0.7, "number": -0.9, "place": -0.8, "guess": -1.0}.get(before, 0.0)
    if slot == "number":
        return {"province": -2.0, "city": -2.0, "county": -1.0, "town": -0.6}.get(before, 0.0)
    if slot == "place":
        return {"place": -1.8, "guess": -3.0}.get(before, 0.0)
    return {"province": -2.0, "city": -2.0, "county": -2.0, "town": -1.0, "zone": -1.0}.get(before, 0.0)


def _step(before: str, piece: Piece) -> float:
    step = _stepping(before, piece.slot)
    return step - 2.0 if step < 0 and piece.form == "short" else step


def _pieces(text: str, at: int, known: Divisions) -> Iterator[Piece]:
    """Everything that may begin at this character."""
    noise = lexicon.NOISE.match(text, at)
    if noise:
        yield Piece(at, noise.end(), "noise", 2.5 + 0.1 * (noise.end() - at))
        if not text[at].isalnum():
            return
    yield from _divisions(text, at, known)
    yield from _numbers(text, at)
    yield from _named(text, at)
    beside = lexicon.BESIDE.match(text, at)
    if beside and (beside.group() != "口" or text[at - 1] in "路街道巷弄村"):
        yield Piece(at, beside.end(), "beside", 2.2 + 0.4 * (beside.end() - at))
    yield from _guesses(text, at)


def _divisions(text: str, at: int, known: Divisions) -> Iterator[Piece]:
    if text.startswith("中国", at):
        yield Piece(at, at + 2, "country", 3.0 if at == 0 else 0.0)
    for end in range(at + 2, min(len(text), at + LONGEST) + 1):
        name = text[at:end]
        for slot in known.names.get(name, ()) if len(name) > 2 else ():
            yield Piece(at, end, slot, LISTED[slot] + 0.3 * (end - at))
        less = 3.0 if lexicon.ENDING_FOLLOWS.match(text, end) else 0.0
        for slot in known.short.get(name, ()):
            said = text.find(name, 0, at) >= 0 and not less
            yield Piece(at, end, slot, SHORT[slot] - less, "" if said else "short")
        above = known.towns.get(name)
        if above and any(text.find(stem, 0, at) >= 0 for stem in above):
            yield Piece(at, end, "town", 2.6 - less, "short")
        ending = _ending(name)
        if ending:
            worth = (4.0, 4.4, 4.2, 3.6, 3.0, 2.0)[min(len(name) - 2, 5)] - (1.2 if ending == "county" else 0.0)
            yield Piece(at, end, ending, worth - _inside(name))


def _ending(name: str) -> str:
    """The division an unlisted name ends like, or nothing."""
    if name.endswith(("街道办事处", "街道", "镇", "乡")) and 3 <= len(name) <= 7:
        return "town"
    if name.endswith(("区", "县", "市")) and 3 <= len(name) <= 4 and not name.endswith(_NO_COUNTY):
        return "county" if name.isalpha() and not name.isascii() and not _LETTER.search(name) else ""
    return "province" if name.endswith("自治区") else ""


_LETTER = re.compile("[a-z]")
_NO_COUNTY = lexicon.words(
    """
    小区 新区 园区 业区 发区 社区 一区 二区 三区 四区 五区 六区 东区 西区 南区 北区 库区 厂区 校区 院区 住区 超市
    夜市 城市 门市 菜市 片区 景区 中区 人才市
    """
)


def _numbers(text: str, at: int) -> Iterator[Piece]:
    if at and text[at].isdigit() and text[at - 1].isdigit():
        return
    for form, pattern in lexicon.NUMBERS:
        found = pattern.match(text, at)
        if found:
            worth = 2.6 if form == "bare" else 3.6 + 0.1 * (found.end() - at) + (2.5 if form in JOINED else 0.0)
            if form == "bare" and found.end() < len(text) and "\u4e00" <= text[found.end()] <= "\u9fff":
                worth -= 0.6
            yield Piece(at, found.end(), "number", worth, form)


def _named(text: str, at: int) -> Iterator[Piece]:
    """Names known by their endings."""
    numbered = lexicon.NUMBERED_STREET.match(text, at)
    if numbered:
        yield Piece(at, numbered.end(), "street", 4.4)
    section = lexicon.STREET_SECTION.match(text, at)
    if section and at and text[at - 1] in "路街道巷弄":
        yield Piece(at, section.end(), "street", 3.4)
    inner = lexicon.AFTER_PLACE.match(text, at)
    if inner and at:
        yield Piece(at, inner.end(), "place", 3.2, "inner")
    if not _is_name(text[at]):
        return
    for end in range(at + 2, min(len(text), at + 22) + 1):
        if not _is_name(text[end - 1]) and not text[end - 1].isalnum():
            return
        yield from _name(text[at:end], at, end)


def _name(name: str, at: int, end: int) -> Iterator[Piece]:
    """What a name may be by its ending: of each slot the longest one counts."""
    seen = ""
    for ending, slot, worths, base in _BY_LAST.get(name[-1], ()):
        stem = len(name) - len(ending)
        if slot == seen or stem < (0 if slot == "zone" else 1) or not name.endswith(ending):
            continue
        seen = slot
        if slot == "community" and name.endswith("新村"):
            continue
        worth = base + worths[min(stem, len(worths) - 1)] + (0.3 if len(ending) > 1 else 0.0) - _inside(name)
        yield Piece(at, end, slot, worth - 0.9 * _streets_inside(name[:stem], slot), ending)


#          endings, slot, worth by length of what stands before the ending, worth
_ENDINGS: tuple[tuple[tuple[str, ...], str, tuple[float, ...], float], ...] = (
    (lexicon.STREET_ENDS, "street", (-9, 0.0, 0.9, 0.8, 0.1, -0.9, -1.8, -2.6, -3.5), 3.2),
    (lexicon.VILLAGE_ENDS, "community", (-9, 0.3, 0.9, 0.5, -0.2, -1.4, -2.5, -3.5), 3.0),
    (lexicon.ZONE_ENDS, "zone", (-0.6, 0.0, 0.8, 0.6, 0.6, 0.2, -0.4, -1.2, -2.0), 3.2),
    (lexicon.ESTATE_ENDS, "place", (-9, -0.4, 0.6, 0.7, 0.8, 0.6, 0.3, 0.0, -0.6), 2.6),
    (lexicon.PLACE_ENDS, "place", (-9, -0.4, 0.5, 0.6, 0.8, 0.7, 0.7, 0.6, 0.6, 0.5, 0.3), 2.6),
)  # fmt: skip


_BARE_ENDINGS = frozenset([*lexicon.ESTATE_ENDS, *lexicon.PLACE_ENDS])


def _guesses(text: str, at: int) -> Iterator[Piece]:
    """Anything may be the name of a place, up to the next digit; one character of it costs little."""
    end = at
    while end < len(text) and end - at < 16 and (_is_name(text[end]) or text[end].isalnum()):
        end += 1
        length = end - at
        if text[end - 1].isascii() and end < len(text) and text[end].isascii() and text[end].isalnum():
            continue
        worth = 0.6 + min(length, 6) * 0.25 - 0.8 * _inside(text[at:end]) - (length == 1)
        yield Piece(at, end, "place", worth - (1.5 if text[at:end] in _BARE_ENDINGS else 0.0), "guess")
    if end == at:
        yield Piece(at, at + 1, "noise", 0.0)


def _by_last() -> dict[str, list[tuple[str, str, tuple[float, ...], float]]]:
    """Endings by their last character; those of one slot together, the longest first."""
    found: dict[str, list[tuple[str, str, tuple[float, ...], float]]] = {}
    for endings, slot, worths, base in _ENDINGS:
        for ending in sorted(endings, key=len, reverse=True):
            found.setdefault(ending[-1], []).append((ending, slot, worths, base))
    return {last: sorted(rows, key=lambda row: (row[1], -len(row[0]))) for last, rows in found.items()}


_BY_LAST = _by_last()


def _is_name(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or char.isalpha()


def _inside(name: str) -> float:
    """What a name loses for holding the ending of a division, or digits, in its middle."""
    found = len(lexicon.ADMIN_INSIDE.findall(name[1:-1] + name[-1]))
    return 1.6 * found + (0.8 if any(char.isdigit() for char in name) else 0.0)


def _streets_inside(stem: str, slot: str) -> int:
    """How many streets stand before the ending: 中山路解放街 is two, and 中山路大厦 is a place on one."""
    return sum(stem[1:].count(end) for end in "路街巷弄") + (
        stem.count("号") if slot != "street" else 2 * stem.count("号")
    )
