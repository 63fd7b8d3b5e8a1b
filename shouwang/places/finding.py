"""Finding a place by a caller's words: streets, door numbers, buildings, named places, crossings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from shouwang.core.geo import metres_between
from shouwang.places.models import FoundPlace
from shouwang.places.words import comparable, pairs

LONGEST = 200
CANDIDATES = 60
NUMBER = re.compile(r"\d+")

# Candidates share the most pairs of characters with what was said; the index gives the rows, never a scan.
_CANDIDATES = """
SELECT id, (SELECT count(*) FROM unnest(grams) one WHERE one = ANY(%(pairs)s)) AS shared
FROM places_foundplace WHERE grams && %(pairs)s
ORDER BY shared DESC, length(searched) LIMIT %(limit)s
"""


@dataclass(frozen=True)
class PlaceMatch:
    """A place the words may mean. `matched`/`unmatched` are the parts of the words that fit it, and that do not."""

    kind: str
    id: UUID
    full_text: str
    lon: float
    lat: float
    matched: str
    unmatched: str
    score: float
    made: bool


def find_places(text: str, near: tuple[float, float] | None = None, limit: int = 8) -> list[PlaceMatch]:
    """The places the words may mean, best first; nothing when no pair of characters is known here."""
    said = comparable(text[:LONGEST])
    if not said:
        return []
    wanted = pairs(said)
    rows = FoundPlace.objects.in_bulk(_candidates(wanted))
    scored = [_match(row, said, near) for row in rows.values()]
    best = sorted((match for match in scored if match.score > 0), key=lambda match: (-match.score, len(match.full_text)))
    return _without_vaguer(best)[:limit]


def _candidates(wanted: list[str]) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, {"pairs": wanted, "limit": CANDIDATES})
        return [row[0] for row in cursor.fetchall()]


def _match(row: FoundPlace, said: str, near: tuple[float, float] | None) -> PlaceMatch:
    names = [comparable(name) for name in (row.full_text, row.name, *row.aliases)]
    matched, score = max((_fit(said, name) for name in names if name), key=lambda pair: pair[1])
    unmatched = _rest(said, matched)
    if near and score > 0:
        score -= min(0.05, metres_between(*near, row.lon, row.lat) / 200_000)
    kind = "address" if row.is_address else row.kind
    return PlaceMatch(kind, row.pk, row.full_text, row.lon, row.lat, matched, unmatched, score, row.made)


def _fit(said: str, name: str) -> tuple[str, float]:
    """The part of `said` that `name` explains, and how well: 1 is the whole of both. A wrong number is no fit."""
    if name in said:
        return name, 0.6 + 0.4 * len(name) / len(said)
    if said in name:
        return said, 0.6 + 0.39 * len(said) / len(name)
    numbers_said, numbers_named = set(NUMBER.findall(said)), set(NUMBER.findall(name))
    if numbers_named - numbers_said:
        return "", 0.0
    shared = set(pairs(said)) & set(pairs(name))
    share = 2 * len(shared) / (len(pairs(said)) + len(pairs(name)))
    return "".join(c for c in said if c in name), share * 0.6 if share > 0.3 else 0.0


def _rest(said: str, matched: str) -> str:
    if matched and matched in said:
        return said.replace(matched, "", 1)
    return "".join(c for c in said if c not in matched)


def _without_vaguer(matches: Iterable[PlaceMatch]) -> list[PlaceMatch]:
    """Drop a street when one of its door numbers fits better, and twins at the same spot."""
    kept: list[PlaceMatch] = []
    for match in matches:
        same = any(one.full_text == match.full_text for one in kept)
        vaguer = any(match.matched and match.matched != one.matched and match.matched in one.matched for one in kept)
        if not same and not (vaguer and match.kind == "street"):
            kept.append(match)
    return kept
