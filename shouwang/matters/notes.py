"""Notes on a matter: by those who work on it, and by the reporter through his receipt."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_text
from shouwang.core.ids import new_id
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.matters.models import Matter, Note
from shouwang.people.access import require
from shouwang.people.verbs import Verb

LONGEST = 2000


class EmptyNote(Problem):
    code, status = "note.empty", 400
    says = _("The note is empty. Write something, or leave it.")


def add_note(matter: Matter, text: str, *, by: Actor, at: dt.datetime, key: UUID | None = None) -> Note:
    """Add a note; the same key twice is one note. The entry names the note, never its words.

    Raises  EmptyNote, TextTooLong, NotAllowed, NotVisible
    """
    return _add(matter, text, by=by, at=at, key=key, verb=Verb.MATTER_NOTE)


def add_from_reporter(matter: Matter, text: str, *, by: Actor, at: dt.datetime, key: UUID | None = None) -> Note:
    """Something the reporter adds through his receipt or account; both sides see it, and the desk is told."""
    return _add(matter, text, by=by, at=at, key=key, verb=Verb.OWN_REPORT_FILE)


def _add(matter: Matter, text: str, *, by: Actor, at: dt.datetime, key: UUID | None, verb: Verb) -> Note:
    words = clean_text(text, LONGEST, field="text")
    if not words:
        raise EmptyNote(field="text")
    reporter = verb == Verb.OWN_REPORT_FILE
    with acting(by):
        require(by, verb, matter, at)
        note, new = Note.objects.get_or_create(
            id=key or new_id(),
            defaults={"matter": matter, "text": words, "at": at, "person": by.person_id, "post": by.post_id,
                      "from_reporter": reporter},
        )  # fmt: skip
        if new:
            record("matter.note" if not reporter else "matter.reporter_adds", topic="matter.noted", subject=matter,
                   by=by, at=at, area=matter.area_id, note=note.pk, tells=["desk"] if reporter else [])  # fmt: skip
    return note


def notes_of(matter: Matter, *, for_reporter: bool = False) -> list[Note]:
    """Notes, oldest first; the reporter sees only his own."""
    notes = matter.notes.order_by("at", "id")
    return list(notes.filter(from_reporter=True) if for_reporter else notes)
