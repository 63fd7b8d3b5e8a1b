"""What happened to a matter, oldest first: the entries of its journal, with the words of notes where they were written.

Entries name a note and never hold its words, so both are laid together here.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shouwang.journal.timeline import lines_for
from shouwang.matters.models import Matter
from shouwang.matters.notes import notes_of
from shouwang.people.models import Person

WRITTEN = frozenset({"matter.note", "matter.reporter_adds"})


@dataclass(frozen=True)
class Happened:
    """`who` stands before `words`; for entries he is part of the sentence.

    entry  what the reader did himself just now: its news need not be fetched again
    """

    at: dt.datetime
    words: str
    who: str = ""
    entry: UUID | None = None


def history_of(matter: Matter, *, after_an_act_of: UUID | None = None) -> list[Happened]:
    """Three queries. The panel after an act surely shows it; what others did meanwhile it may show in part only."""
    lines = [one for one in lines_for(matter.pk, get_language() or "zh-hans") if one.verb not in WRITTEN]
    notes = notes_of(matter)
    writers = {note.person for note in notes if note.person}
    names: dict[UUID | None, str] = dict(Person.objects.filter(pk__in=writers).values_list("pk", "name"))
    written = [
        Happened(note.at, note.text, _("The reporter") if note.from_reporter else names.get(note.person, _("Desk")))
        for note in notes
    ]
    entries = [
        Happened(one.at, one.text, entry=one.entry if one.person and one.person == after_an_act_of else None)
        for one in lines
    ]
    return sorted(entries + written, key=lambda one: one.at)
