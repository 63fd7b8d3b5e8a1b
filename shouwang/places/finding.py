"""Finding a place by a caller's words: streets, door numbers, buildings, named places, crossings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from uuid import UUID

from django.db import connection

from shouwang.core.geo import box_around, metres_between
from shouwang.places.words import comparable, pairs, said_here, telling

LONGEST = 200
CANDIDATES = 40
SAME_ENOUGH = 0.45  # share of pairs in common under which two names are not taken for one misheard
NUMBER = re.compile(r"\d+")

# Candidates share a telling pair of characters with what was said: the index gives them, never a scan. Of these the
# ones that share most, the shortest first.
_CANDIDATES = """
SELECT id, kind, is_address, name, full_text, aliases, searched, lon, lat, made FROM (
    SELECT *, (SELECT count(*) FROM unnest(grams) one WHERE one = ANY(%(pairs)s)) AS shared
    FROM places_foundplace WHERE grams && %(telling)s
    ORDER BY shared DESC, length(searched), id LIMIT %(limit)s
) found
"""


@dataclass(frozen=True)
class PlaceMatch:
    """A place the words may mean. `matched`/`unmatched` are the parts of the words that fit it, and that do not.

    full_text  as one says it here: 桥西路12号 川味小馆
    """

    kind: str
    id: UUID
    full_text: str
    lon: float
    lat: float
    matched: str
    unmatched: str
    score: float
    made: bool


_NEAREST = """
SELECT is_address, name, full_text, aliases, lon, lat FROM places_foundplace
WHERE lon BETWEEN %s AND %s AND lat BETWEEN %s AND %s LIMIT 2000
"""


def nearest_name(lon: float, lat: float, within_m: float = 200) -> tuple[str, float] | None:
    """What stands nearest to a position as one says it here, and how many metres away; None where nothing is near."""
    west, south, east, north = box_around(lon, lat, within_m)
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, [west, east, south, north])
        near = [(metres_between(lon, lat, row[4], row[5]), not row[0], said_here(row[1], row[2])) for row in cursor]
    best = min((one for one in near if one[0] <= within_m), default=None)
    return (best[2], best[0]) if best else None


def find_places(text: str, near: tuple[float, float] | None = None, limit: int = 8) -> list[PlaceMatch]:
    """The places the words may mean, best first; nothing when no pair of characters is known here.

    First by the pairs that tell streets apart. Where those find nothing one was misheard: then by all of them.
    """
    said = comparable(text[:LONGEST])
    if not said:
        return []
    every = pairs(said)
    best = _best(said, every, telling(every), near)
    if not best and telling(every) != every:
        best = _best(said, every, every, near)
    return _without_vaguer(best)[:limit]


def _best(said: str, every: list[str], asked: list[str], near: tuple[float, float] | None) -> list[PlaceMatch]:
    found = [match for row in _candidates(every, asked) if (match := _match(row, said, near)).score > 0]
    return sorted(found, key=lambda match: (-match.score, len(match.full_text)))


@dataclass(frozen=True, slots=True)
class _Row:
    """What the index gave; `searched` holds the comparable form of `said_here` and of each alias."""

    id: UUID
    kind: str
    is_address: bool
    name: str
    full_text: str
    aliases: list[str]
    searched: str
    lon: float
    lat: float
    made: bool


def _candidates(every: list[str], asked: list[str]) -> list[_Row]:
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, {"pairs": every, "telling": asked, "limit": CANDIDATES})
        return [_Row(*row) for row in cursor.fetchall()]


def _match(row: _Row, said: str, near: tuple[float, float] | None) -> PlaceMatch:
    fits = [(*_fit(said, name), number) for number, name in enumerate(row.searched.split(" "))]
    matched, score, number = max(fits, key=lambda fit: fit[1])
    if near and score > 0:
        score -= min(0.05, metres_between(*near, row.lon, row.lat) / 200_000)
    kind = "address" if row.is_address else row.kind
    alias = row.aliases[number - 1] if number else ""
    return PlaceMatch(kind, row.id, _text(row, alias), row.lon, row.lat, matched, _rest(said, matched), score, row.made)


def _text(row: _Row, alias: str) -> str:
    """As one says it here, with the shop at that number when the words name it."""
    own = said_here(row.name, row.full_text)
    shop = alias.removeprefix(own) if row.is_address else ""
    return f"{own} {shop}" if shop and shop != alias else own


def _fit(said: str, name: str) -> tuple[str, float]:
    """The part of `said` that `name` explains, and how well: 1 is the whole of both. A wrong number is no fit."""
    if not name:
        return "", 0.0
    if name in said and not _cuts_a_number(said, name):
        return name, 0.6 + 0.4 * len(name) / len(said)
    if said in name and not _cuts_a_number(name, said):
        return said, 0.6 + 0.39 * len(said) / len(name)
    numbers_said, numbers_named = set(NUMBER.findall(said)), set(NUMBER.findall(name))
    if numbers_named - numbers_said:
        return "", 0.0
    own, other = set(pairs(said)), set(pairs(name))
    share = 2 * len(own & other) / (len(own) + len(other)) if own and other else 0.0
    if share <= SAME_ENOUGH:
        return "", 0.0
    alike = SequenceMatcher(None, said, name, autojunk=False).ratio()
    return "".join(c for c in said if c in name), share * 0.5 + alike * 0.1


def _cuts_a_number(whole: str, part: str) -> bool:
    """Whether `part` stands in `whole` only by cutting a number in two: 桥西路1 in 桥西路12号."""
    at = whole.find(part)
    while at >= 0:
        end = at + len(part)
        before = at > 0 and whole[at - 1].isdigit() and part[0].isdigit()
        after = end < len(whole) and whole[end].isdigit() and part[-1].isdigit()
        if not before and not after:
            return False
        at = whole.find(part, at + 1)
    return True


def _rest(said: str, matched: str) -> str:
    if matched and matched in said:
        return said.replace(matched, "", 1)
    return "".join(c for c in said if c not in matched)


def _without_vaguer(matches: Iterable[PlaceMatch]) -> list[PlaceMatch]:
    """Drop a street when one of its door numbers fits better, and of twins at one spot all but the address."""
    kept: list[PlaceMatch] = []
    for match in matches:
        twin = next((n for n, one in enumerate(kept) if _twins(one, match)), None)
        vaguer = any(match.matched and match.matched != one.matched and match.matched in one.matched for one in kept)
        if twin is not None:
            if match.kind == "address" and kept[twin].kind != "address":
                kept[twin] = match
        elif not (vaguer and match.kind == "street"):
            kept.append(match)
    return kept


def _twins(one: PlaceMatch, other: PlaceMatch) -> bool:
    at_one_spot = (one.lon, one.lat) == (other.lon, other.lat) and one.matched == other.matched
    return one.full_text == other.full_text or at_one_spot
