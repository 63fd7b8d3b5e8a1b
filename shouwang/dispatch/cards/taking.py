"""Taking cards in: each once, whichever way and however often it comes. Later stamps are added, nothing is changed."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.dispatch.cards.coding import Written
from shouwang.dispatch.models import Card, CardState, Drill, Seat
from shouwang.journal.record import record
from shouwang.people.access import NotAllowed, Verb, require, spans, within
from shouwang.places.models import Area

TEXTS = ("kind", "place", "words", "number", "unit")
STAMPS = ("sent", "arrived", "cleared")
RIGHT_ENOUGH_S = 2.0  # a clock that differs less is the line, not the clock


class OtherCard(Problem):
    code, status = "card.other_under_number", 409
    says = _("Another card was taken in under the number {number} already. Type this one in by hand.")


class NoOffice(Problem):
    code, status = "card.no_office", 409
    says = _("You hold no post at an office from which crews are sent.")


def give_seat(*, by: Actor, at: dt.datetime) -> int:
    """A number for a desk's browser that no other has."""
    with acting(by):
        require(by, Verb.UNIT_SEND, None, at)
        return Seat.objects.create(person=_somebody(by), made_at=at).number


def hand_in(
    card: Written, *, office: Area | None, by: Actor, at: dt.datetime, ahead_s: float = 0, from_picture: bool = False
) -> Card:
    """Keep a card until it is entered; the same card again adds the stamps it had not got.

    Raises  OtherCard, NoOffice
    """
    if office is None:
        raise NoOffice
    ahead_s = ahead_s if abs(ahead_s) > RIGHT_ENOUGH_S else 0
    with acting(by), transaction.atomic():
        require(by, Verb.UNIT_SEND, office, at)
        fresh = {
            "drill": Drill.objects.filter(pk=card.drill).first() if card.drill else None, "area": office,
            "duty_path": office.duty_path, "government_path": office.government_path, "content": _content(card),
            "written_at": card.written_at, "ahead_s": ahead_s, "from_picture": from_picture, "received_at": at,
            "received_by": by.person_id, "seat": card.seat, "serial": card.serial,
        }  # fmt: skip
        taken = Card.objects.filter(seat=card.seat, serial=card.serial).exclude(pk=card.id).exists()
        if taken or (card.drill and fresh["drill"] is None):
            raise OtherCard(number=f"{card.seat}-{card.serial:03d}")
        row, new = Card.objects.get_or_create(pk=card.id, defaults=fresh)
        if not new:
            return _added(row, card)
        if row.drill_id:
            row.state, row.entered_at, row.entered_by = CardState.DRILLED, at, by.person_id
            row.save(update_fields=["state", "entered_at", "entered_by"])
        record("card.receive", topic="card.received", subject=("card", row.pk), by=by, at=at, area=office,
               card=row.number, drill=bool(row.drill_id), picture=from_picture)  # fmt: skip
    return row


def _added(row: Card, card: Written) -> Card:
    """The same card again: stamps that were not on it are added while it waits; what stands on it stays."""
    row = Card.objects.select_for_update().get(pk=row.pk)
    content = _content(card)
    more = {name: content[name] for name in (*STAMPS, "unit") if content[name] and not row.content.get(name)}
    if more and row.state == CardState.WAITING:
        row.content = row.content | more
        row.save(update_fields=["content"])
    return row


def _content(card: Written) -> dict[str, Any]:
    texts = {name: getattr(card, name) for name in TEXTS}
    stamps = {name: at.isoformat() if (at := getattr(card, name)) else None for name in STAMPS}
    return texts | stamps | {"urgency": card.urgency}


def waiting_for(by: Actor, at: dt.datetime) -> QuerySet[Card]:
    """Cards that wait to be entered on the ground of `by`, the first written first: crews follow one another."""
    return seen_by(by, at).filter(state=CardState.WAITING).order_by("written_at", "id")


def seen_by(by: Actor, at: dt.datetime) -> QuerySet[Card]:
    return Card.objects.filter(within(spans(by, Verb.UNIT_SEND, at))).select_related("drill")


def true_times(row: Card) -> dict[str, dt.datetime]:
    """When it was written, sent, arrived and cleared by our clock; never later than the card was received."""
    claimed = {"written": row.written_at} | {
        name: dt.datetime.fromisoformat(row.content[name]) for name in STAMPS if row.content.get(name)
    }
    ahead = dt.timedelta(seconds=row.ahead_s)
    return {name: min(at - ahead, row.received_at) for name, at in claimed.items()}


def begin_drill(*, office: Area | None, by: Actor, at: dt.datetime) -> Drill:
    """The office practises from now on; the drill that runs already, if there is one. Raises NoOffice"""
    if office is None:
        raise NoOffice
    with acting(by):
        require(by, Verb.ROSTER_WRITE, office, at)
        drill, new = Drill.objects.get_or_create(
            area=office, ended_at=None, defaults={"began_at": at, "began_by": _somebody(by)}
        )
        if new:
            record("drill.begin", topic="drill.began", subject=drill, by=by, at=at, area=office)
    return drill


def end_drill(drill: Drill, *, by: Actor, at: dt.datetime) -> Drill:
    with acting(by):
        require(by, Verb.ROSTER_WRITE, drill.area, at)
        drill = Drill.objects.select_for_update().get(pk=drill.pk)
        if drill.ended_at is None:
            drill.ended_at, drill.ended_by = at, by.person_id
            drill.save(update_fields=["ended_at", "ended_by"])
            record("drill.end", topic="drill.ended", subject=drill, by=by, at=at, area=drill.area_id,
                   cards=drill.cards.count())  # fmt: skip
    return drill


def running_drill(office: Area | None) -> Drill | None:
    return Drill.objects.filter(area=office, ended_at__isnull=True).first() if office else None


def without_words(row: Card) -> dict[str, Any]:
    """The content once the matter holds the caller's words and number."""
    kept: dict[str, Any] = row.content | {"words": "", "number": ""}
    return kept


def _somebody(by: Actor) -> UUID:
    """Only a person sits at a desk or begins a drill."""
    if by.person_id is None:
        raise NotAllowed
    return by.person_id
