"""What a review is about: the matter and what belongs to it, the entries of all of it, and whose acts these were."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from shouwang.core.actor import Actor
from shouwang.dispatch.models import Assignment
from shouwang.duty.models import Alert, AlertKind, Crew, Message
from shouwang.journal.models import Entry
from shouwang.matters.models import Clock, Matter
from shouwang.oversight.reviewing.postbook import PostBook

MOST_MATTERS, MOST_ENTRIES = 20, 1000
LOOKS = "identity.look"
LOOKED_AT = "inspection_note"  # hangs below a matter, and is no part of how it was handled
AFTERWARDS = ("evidence_export.", "presence.", "track_archive.", "track_keeping.", "replay.")  # not handling


@dataclass(frozen=True)
class Record:
    """Everything of the journal about some matters, oldest first; `cut`: there was more. `about`: subject → matter."""

    matters: list[Matter]
    entries: list[Entry]
    about: dict[UUID, Matter | None]
    assignments: list[Assignment]
    crews: dict[UUID, list[Crew]]
    clocks: list[Clock]
    cut: bool

    @property
    def main(self) -> Matter:
        return self.matters[0]


def belonging_to(matter: Matter, by: Actor, at: dt.datetime) -> list[Matter]:
    """The matter first, then its children and what was joined into it, as far as `by` may see them."""
    seen = Matter.objects.visible_to(by, at).exclude(kind=LOOKED_AT)
    rows = seen.filter(Q(parent=matter) | Q(merged_into=matter)).exclude(pk=matter.pk)
    return [matter, *rows.order_by("opened_at").select_related("area")[: MOST_MATTERS - 1]]


def stretch_of(matters: Sequence[Matter], at: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """From the first opening to the last close, or to now."""
    start = min(one.opened_at for one in matters)
    return start, max(start, *(one.closed_at or at for one in matters))


def record_of(matters: Sequence[Matter], start: dt.datetime, end: dt.datetime) -> Record:
    """Six queries, however many matters and entries."""
    keys = {one.pk: one for one in matters}
    assignments = list(Assignment.objects.filter(matter__in=keys).select_related("unit").order_by("sent_at"))
    crews: dict[UUID, list[Crew]] = defaultdict(list)
    for one in Crew.objects.filter(shift__in=[row.shift_id for row in assignments]).select_related("person"):
        crews[one.shift_id].append(one)
    calls = Q(matter__in=keys) | Q(
        kind=AlertKind.SOS, unit__in=[row.unit_id for row in assignments], raised_at__range=(start, end)
    )
    about: dict[UUID, Matter | None] = dict(keys)
    for alert, matter in Alert.objects.filter(calls).values_list("pk", "matter"):
        about[alert] = keys.get(matter) if matter else None
    for message, matter in Message.objects.filter(matter__in=keys).values_list("pk", "matter"):
        about[message] = keys[matter]
    rows = Entry.objects.filter(subject__in=about).select_related("particulars").order_by("id")
    entries = list(rows[: MOST_ENTRIES + 1])
    clocks = list(Clock.objects.filter(matter__in=keys).order_by("started_at"))
    kept = [one for one in entries[:MOST_ENTRIES] if not one.verb.startswith(AFTERWARDS)]
    return Record(list(matters), kept, about, assignments, crews, clocks, len(entries) > MOST_ENTRIES)


def told_by(entry: Entry) -> dict[str, Any]:
    """Its particulars; nothing where they were erased."""
    return entry.particulars.values if hasattr(entry, "particulars") else {}


def posts_named(record: Record) -> set[UUID]:
    """Posts that were responsible or held a clock."""
    found = {one.responsible_id for one in record.matters} | {one.holder for one in record.clocks}
    for entry in record.entries:
        told = told_by(entry)
        names = ("from", "to", "holder", "held_by") if _moves(entry, told) else ()
        found |= {UUID(str(told[name])) for name in names if told.get(name)}
    return {one for one in found if one}


def _moves(entry: Entry, told: dict[str, Any]) -> bool:
    return entry.verb in ("clock.climb", "clock.remind") or "responsible" in (told.get("changed") or ())


def book_of(record: Record, start: dt.datetime, end: dt.datetime) -> PostBook:
    return PostBook(_acted(record) | _crewed(record), posts_named(record), start, end)


def whose_acts(record: Record, book: PostBook) -> dict[UUID, set[UUID]]:
    """Person → posts held then: who was responsible or stood in, held a clock, took a step, was on a crew.

    Residents and whoever held no post then are not among them.
    """
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for key in posts_named(record):
        if key in book.by_id:
            found[book.by_id[key].person_id].add(key)
    for one in book.stand_ins():
        found[one.cover.person_id].add(one.cover.pk)
    for person in _acted(record) | _crewed(record):
        if held := {one.pk for one in book.by_person.get(person, ())}:
            found[person] |= held
    return found


def _acted(record: Record) -> set[UUID]:
    return {one.person for one in record.entries if one.person and one.actor_kind == "person"}


def _crewed(record: Record) -> set[UUID]:
    return {
        crew.person_id
        for row in record.assignments
        for crew in record.crews.get(row.shift_id, ())
        if (row.ended_at is None or crew.during.lower < row.ended_at)
        and (crew.during.upper is None or crew.during.upper > row.sent_at)
    }
