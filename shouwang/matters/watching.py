"""Watching a matter: a wish to hear of it. What a watcher may see is asked again each time somebody is told."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.journal.record import record
from shouwang.matters.models import Matter, Watch
from shouwang.matters.persons import person_of
from shouwang.people.access import may, require
from shouwang.people.verbs import Verb


def watch(matter: Matter, *, by: Actor, at: dt.datetime) -> None:
    """Hear of this matter from now on. Twice is once."""
    with acting(by):
        require(by, Verb.MATTER_READ, matter, at)
        _row, new = Watch.objects.get_or_create(matter=matter, person=person_of(by), defaults={"since": at})
        if new:
            record("matter.watch", topic="matter.watched", subject=matter, by=by, at=at, area=matter.area_id)


def stop_watching(matter: Matter, *, by: Actor, at: dt.datetime) -> None:
    """Hear no more of it; always allowed."""
    with acting(by):
        gone, _by_model = Watch.objects.filter(matter=matter, person=person_of(by)).delete()
        if gone:
            record("matter.unwatch", topic="matter.watched", subject=matter, by=by, at=at, area=matter.area_id)


def watchers_of(matter: Matter, at: dt.datetime) -> list[UUID]:
    """Persons who watch it and may see it now: whoever was excluded or moved away since is skipped."""
    persons = matter.watches.values_list("person", flat=True)
    return [person for person in persons if may(Actor(person_id=person), Verb.MATTER_READ, matter, at)]
