"""The way back: what each waiting card would become, and which matters may be the same event."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from shouwang.core.actor import Actor
from shouwang.dispatch.cards.entering import enter_card, subkind_of
from shouwang.dispatch.cards.taking import true_times, waiting_for
from shouwang.dispatch.models import Card
from shouwang.matters.merging import NEAR_S, Likely, likely_duplicates
from shouwang.places.finding import PlaceMatch, find_places

MOST, PLACES = 100, 4  # cards shown at once, the first written first


@dataclass(frozen=True)
class Waiting:
    """A card, its times by our clock, the places its words may mean, and likely duplicates of the first."""

    card: Card
    times: dict[str, dt.datetime]
    places: list[PlaceMatch]
    twins: list[Likely]


def waiting_cards(by: Actor, at: dt.datetime) -> list[Waiting]:
    return [_waiting(card, by, at) for card in waiting_for(by, at)[:MOST]]


def _waiting(card: Card, by: Actor, at: dt.datetime) -> Waiting:
    words, times = card.content["place"], true_times(card)
    places = find_places(words, limit=PLACES) if words.strip() else []
    return Waiting(card, times, places, _twins(card, times["written"], places, by, at) if places else [])


def _twins(card: Card, written: dt.datetime, places: list[PlaceMatch], by: Actor, at: dt.datetime) -> list[Likely]:
    """Of the two hours before it was written, and of those after: the same call may lie on another desk's card."""
    point, subkind = (places[0].lon, places[0].lat), subkind_of(card.content["kind"])
    later = min(at, written + dt.timedelta(seconds=NEAR_S))
    found = {
        one.matter.pk: one
        for moment in (written, later)
        for one in likely_duplicates(kind="incident", subkind=subkind, point=point, by=by, at=moment)
    }
    return sorted(found.values(), key=lambda one: one.metres)


def enter_all(by: Actor, at: dt.datetime) -> int:
    """Enter every waiting card that has no likely duplicate, at the first place its words mean; how many.

    One after the other: what was just entered may be the duplicate of the next.
    """
    entered = 0
    for card in waiting_for(by, at)[:MOST]:
        one = _waiting(card, by, at)
        if not one.twins:
            enter_card(card, by=by, at=at, place=one.places[0] if one.places else None)
            entered += 1
    return entered
