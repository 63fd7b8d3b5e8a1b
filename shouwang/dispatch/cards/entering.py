"""Entering a card: a matter with the times it really had, the crew's stamps, and a word on where it comes from."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.clock import SHANGHAI
from shouwang.core.problem import Problem
from shouwang.dispatch import dispatching
from shouwang.dispatch.cards.taking import STAMPS, true_times, without_words
from shouwang.dispatch.models import Assignment, Card, CardState
from shouwang.duty.models import Unit
from shouwang.journal.record import record
from shouwang.kinds.incident.typed import read_line
from shouwang.matters.intake import Told, open_matter
from shouwang.matters.kinds import kind_of
from shouwang.matters.models import Matter
from shouwang.matters.notes import add_note
from shouwang.matters.steps import take_step
from shouwang.people.access import Verb, require
from shouwang.places.finding import PlaceMatch

ORDINARY = "other.other"
LABELS = {
    "sent": pgettext_lazy("card", "sent"), "arrived": pgettext_lazy("card", "arrived"),
    "cleared": pgettext_lazy("card", "cleared"),
}  # fmt: skip


class DrillCard(Problem):
    code, status = "card.drill", 409
    says = _("This card was written in a drill. It never becomes a matter.")


def enter_card(
    card: Card, *, by: Actor, at: dt.datetime, place: PlaceMatch | None = None, into: Matter | None = None
) -> Matter:
    """The matter of a card, opened as of the moment it was written; once, however often it is asked for.

    place   where its words mean, chosen by a person; without one the matter lies with the office
    into    the matter that is the same event: the new one is joined to it
    """
    with acting(by):
        card = Card.objects.select_for_update().get(pk=card.pk)
        require(by, Verb.UNIT_SEND, card, at)
        if card.drill_id:
            raise DrillCard
        if card.state == CardState.ENTERED:
            return Matter.objects.get(pk=card.pk)
        times, content = true_times(card), card.content
        matter = open_matter(
            kind="incident", by=by, at=times["written"], id=card.pk, channel="phone",
            subkind=subkind_of(content["kind"]), urgency=content["urgency"], words=content["words"],
            gist=content["kind"][:200],
            point=(place.lon, place.lat) if place else None, place_text=place.full_text if place else content["place"],
            address=place.id if place and place.kind == "address" else None,
            facts={"place_said": content["place"], "card": card.number}, told=Told(number=content["number"]),
        )  # fmt: skip
        left_out = _crew_stamps(matter, card, times, by)
        add_note(matter, _said(card, times, left_out), by=by, at=at)
        record("card.enter", topic="card.entered", subject=matter, by=by, at=at, area=matter.area_id, card=card.number,
               claimed=card.written_at, received=card.received_at, picture=card.from_picture)  # fmt: skip
        card.state, card.entered_at, card.entered_by = CardState.ENTERED, at, by.person_id
        card.content = without_words(card)
        card.save(update_fields=["state", "entered_at", "entered_by", "content"])
        if into is not None:
            matter.refresh_from_db()
            matter = take_step(matter, "merge", by=by, at=at, into=into.pk)
    return matter


def subkind_of(words: str) -> str:
    """The type of call that the words on the card name: its label, or as it would be typed; else an ordinary call."""
    sorts = kind_of("incident").subkinds
    exact = [name for name, sort in sorts.items() if words == str(sort.label)]
    return exact[0] if exact else read_line(words).subkind or ORDINARY


def _crew_stamps(matter: Matter, card: Card, times: dict[str, dt.datetime], by: Actor) -> list[str]:
    """Each crew named on the card, sent and stamped as it really was; those for which that cannot be."""
    left_out = []
    for name in re.split(r"[、,，;；\s]+", card.content["unit"].strip()):
        if not name or "sent" not in times:
            continue
        unit = Unit.objects.filter(name=name, active=True).first() or Unit.objects.filter(call_sign=name).first()
        try:
            if unit is None:
                raise LookupError(name)
            with transaction.atomic():
                _stamped(matter, unit, times, by)
        except (Problem, LookupError):  # off shift, busy elsewhere, unknown: the words on the card are kept
            left_out.append(name)
    return left_out


def _stamped(matter: Matter, unit: Unit, times: dict[str, dt.datetime], by: Actor) -> None:
    """A crew that was told by voice has taken note at once: nobody reminds it of what is over."""
    row: Assignment = dispatching.add_unit(matter=matter, unit=unit, by=by, at=times["sent"])
    acts: list[tuple[str, Callable[..., Any]]] = [
        ("sent", dispatching.sign), ("arrived", dispatching.arrive), ("cleared", dispatching.clear)
    ]  # fmt: skip
    for name, act in acts:
        if name == "cleared" and "cleared" in times and "arrived" not in times:
            dispatching.recall_unit(assignment=row, by=by, at=times["cleared"])
        elif name in times:
            act(assignment=row, by=by, at=times[name])


def _said(card: Card, times: dict[str, dt.datetime], left_out: list[str]) -> str:
    """“Entered later from card 7-003 …”: what the card says, and what of it could not be put into rows."""
    said = [_now("Entered later from card %(number)s, written at %(at)s, received at %(received)s.") % {
        "number": card.number, "at": _clock(times["written"]), "received": _clock(card.received_at)}]  # fmt: skip
    stamps = "，".join(f"{LABELS[name]} {_clock(times[name])}" for name in STAMPS if name in times)
    if card.content["unit"]:
        said.append(f"{card.content['unit']} {stamps}".strip())
    if left_out:
        said.append(_now("Could not be stamped as a crew: %(names)s.") % {"names": "、".join(left_out)})
    return " ".join(said)


def _clock(at: dt.datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%m-%d %H:%M:%S}"
