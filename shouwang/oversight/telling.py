"""Telling those who were looked at, and taking in what they write beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.oversight.models import About, Export, Presence, Replay, Review, Told
from shouwang.people.access import NotVisible
from shouwang.people.models import Person

NOBODY = UUID(int=0)
MOST = 100
Look = Replay | Presence | Export | Review


class NoWords(Problem):
    code, status = "oversight.no_words", 400
    says = _("Write a few words.")


@dataclass(frozen=True)
class Notice:
    """What somebody was told: who looked, what for, and of what time."""

    told: Told
    who: str
    purpose: str
    reason: str
    starts_at: dt.datetime
    ends_at: dt.datetime


def tell(people: Iterable[UUID], about: About, subject: UUID, at: dt.datetime) -> None:
    """Inside the transaction of the look. Whoever knows of it already is not told twice."""
    known = set(Told.objects.filter(subject=subject).values_list("person", flat=True))
    rows = [Told(person=one, about=about, subject=subject, told_at=at) for one in sorted(set(people) - known)]
    Told.objects.bulk_create(rows)


def notices_of(by: Actor) -> list[Notice]:
    """The newest hundred, newest first. Four queries, however many."""
    with acting(by):
        told = list(Told.objects.filter(person=by.person_id or NOBODY).order_by("-told_at")[:MOST])
        subjects = [one.subject for one in told]
        rows: dict[UUID, Look] = {}
        for model in (Replay, Presence, Export, Review):
            rows |= {row.pk: row for row in model.objects.filter(pk__in=subjects)}
    names = dict(Person.objects.filter(pk__in=[_looker(row) for row in rows.values()]).values_list("pk", "name"))
    return [_notice(one, rows[one.subject], names) for one in told if one.subject in rows]


def read_notices(*, by: Actor, at: dt.datetime) -> int:
    """Mark what is new as read; how many."""
    with acting(by):
        fresh = Told.objects.filter(person=by.person_id or NOBODY, read_at__isnull=True)
        n = fresh.update(read_at=at)
        if n:
            record("told.read", topic="told.read", subject=("person", by.person_id or NOBODY), by=by, at=at, count=n)
    return n


def write_beside(key: UUID, words: str, *, by: Actor, at: dt.datetime) -> Told:
    """One's own words beside what one was told of. Raises NotVisible, NoWords"""
    said = clean_line(words, 500, field="words")
    if not said:
        raise NoWords(field="words")
    with acting(by):
        row = Told.objects.select_for_update().filter(pk=key, person=by.person_id or NOBODY).first()
        if row is None:
            raise NotVisible
        row.words, row.said_at, row.read_at = said, at, row.read_at or at
        row.save(update_fields=["words", "said_at", "read_at"])
        record("told.words", topic="told.words", subject=row, by=by, at=at)
    return row


def _looker(row: Look) -> UUID:
    match row:
        case Presence():
            return row.asked_by
        case Export():
            return row.made_by
    return row.opened_by


def _notice(told: Told, row: Look, names: dict[UUID, str]) -> Notice:
    who = names.get(_looker(row), "—")
    return Notice(told, who, row.purpose, row.reason, row.starts_at, row.ends_at)
