"""Matching words to standard addresses: which element they mean, how sure, and what of them did not match.

The finder gives the street, estate or building by the index of pairs; entrances and rooms are looked up below it.
Without network, map service or model; nothing is scanned.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q

from shouwang.places.components import Asked, Level, components
from shouwang.places.finding import LONGEST, PlaceMatch, find_places
from shouwang.places.models import Address, AddressSuccession
from shouwang.places.words import comparable

DEEPER_AMONG = 4  # candidates below which entrances and rooms are looked up
ROWS = 60
SURE = 0.999
MISHEARD = 0.6  # find_places gives less only where the name was not said exactly
A_STEP_LEFT_OUT = 0.04  # 12号402室, where 402室 stands behind 3单元


@dataclass(frozen=True)
class AddressMatch:
    """An address that the words may mean. score 1: all of the words, exactly.

    known_as  the ended address they name, where this one stands in its place
    """

    address: Address
    matched: str
    unmatched: str
    score: float
    known_as: str = ""

    @property
    def whole(self) -> bool:
        """Whether every numbered part of the words was found."""
        return not self.unmatched and self.score > MISHEARD


def match_address(text: str, *, near: tuple[float, float] | None = None, limit: int = 5) -> list[AddressMatch]:
    """The addresses the words may mean, best first; none when nothing here is called like that."""
    asked = components(text[:LONGEST])
    exact = _exact(asked)
    if exact:
        return exact[:limit]
    found = find_places(asked.upper, near) if asked.names else []
    found = found or find_places(text, near)
    places = {match.id: match for match in found if match.kind == "address"}
    rows = {row.pk: row for row in Address.objects.filter(pk__in=places).select_related("area")}
    if asked.names:  # entrances were not asked of the finder: those said are looked up below
        rows = {key: row for key, row in rows.items() if row.element != "entrance_unit"} or rows
    begun = [_begin(rows[key], match, asked) for key, match in places.items() if key in rows]
    deeper = [one for start in begun[:DEEPER_AMONG] for one in _descend(start, asked)]
    best: dict[object, AddressMatch] = {}
    for match in sorted([*deeper, *begun], key=lambda one: -one.score):
        best.setdefault(match.address.pk, match)
    return list(best.values())[:limit]


def _exact(asked: Asked) -> list[AddressMatch]:
    """Addresses whose whole text was said; an ended one gives what stands in its place."""
    rows = list(Address.objects.filter(searched__in=asked.wholes).select_related("area")[:ROWS])
    open_ones = [AddressMatch(row, row.searched, asked.aside, 1.0) for row in rows if row.is_open]
    if open_ones or not rows:
        return open_ones
    after = AddressSuccession.objects.filter(was__in=rows).select_related("became__area", "was")
    return [AddressMatch(one.became, one.was.searched, asked.aside, 0.95, one.was.full_text) for one in after]


def _begin(row: Address, match: PlaceMatch, asked: Asked) -> AddressMatch:
    """What the finder matched, measured against all that was asked."""
    left = _left(match.matched, asked.levels)
    sure = 1.0 if match.score >= MISHEARD else match.score
    whole = len(asked.names) + sum(len(level.said) for level in asked.levels) or 1
    unread = sum(len(level.said) for level in left)
    score = sure * (whole - unread) / whole if asked.names else match.score
    unmatched = "".join(level.said for level in left) + asked.aside if asked.names else match.unmatched
    return AddressMatch(row, match.matched, unmatched, min(score, SURE))


def _left(matched: str, levels: Sequence[Level]) -> tuple[Level, ...]:
    """Levels that the matched words do not reach."""
    if levels and any(matched.endswith(name) for name in levels[0].names):
        return tuple(levels[1:])
    return tuple(levels)


def _descend(start: AddressMatch, asked: Asked) -> Iterable[AddressMatch]:
    """Entrances and rooms below a candidate that carry the numbers said."""
    left = _left(start.matched, asked.levels)
    if not left:
        return
    named = Q()
    for level in left:
        named |= Q(element=level.element, name__in=level.written)
    rows = Address.objects.under(start.address).in_use().filter(named).select_related("area")[:ROWS]
    whole = len(asked.names) + sum(len(level.said) for level in asked.levels) or 1
    for row in rows:
        below = row.searched.removeprefix(start.address.searched)
        reached, skipped = _reached(below, left)
        gained = sum(len(level.said) for level in reached) / whole
        score = start.score + (gained - A_STEP_LEFT_OUT * skipped) * min(1.0, start.score * whole)
        unmatched = "".join(level.said for level in left if level not in reached) + asked.aside
        if reached and reached[-1].element == row.element:
            yield replace(start, address=row, matched=row.searched, unmatched=unmatched, score=min(score, SURE))


def _reached(below: str, left: Sequence[Level]) -> tuple[list[Level], int]:
    """The levels that stand in `below` in order, and whether a step stands there that was not said.

    A level that is not there may be left out only where nothing else stands in its place: never 9单元 for 1单元.
    """
    reached: list[Level] = []
    rest, missed = below, False
    for level in left:
        found = next(((name, rest.find(name)) for name in map(comparable, level.names) if name and name in rest), None)
        if found is None or (found[1] > 0 and rest[found[1] - 1].isdigit()):
            missed = True
            continue
        reached.append(level)
        rest = rest[: found[1]] + rest[found[1] + len(found[0]) :]
    return ([], 0) if missed and rest else (reached, 1 if rest else 0)
