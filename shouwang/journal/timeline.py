"""The entries of a subject as lines for one reader, in his language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _

from shouwang.journal.models import Entry
from shouwang.journal.reactions import EntryView, entry_view
from shouwang.journal.sentences import Sentence, Text, names_of, public_verbs, sentence_of

LONGEST = 200


@dataclass(frozen=True)
class Line:
    """`erased` is true where the line had to do without details that have been erased."""

    entry: UUID
    verb: str
    at: dt.datetime
    received_at: dt.datetime
    text: str
    who: str
    erased: bool = False
    person: UUID | None = None


def lines_for(
    subject: models.Model | UUID,
    language: str,
    *,
    before: UUID | None = None,
    limit: int = LONGEST,
    verbs: Iterable[str] | None = None,
) -> list[Line]:
    """What colleagues read about `subject`, newest first. Who may read it, the caller has decided.

    before   the last entry of the page before
    verbs    only these
    """
    return lines_of(_entries(subject, before, verbs).select_related("particulars")[:limit], language)


def lines_of(entries: Iterable[Entry], language: str) -> list[Line]:
    """These entries as colleagues read them, in their order; loaded with their particulars."""
    views = [entry_view(entry) for entry in entries]
    names = names_of(_ids_in(views))
    with translation.override(language):
        return [_line(view, names) for view in views]


def line_of(entry: UUID, language: str) -> Line | None:
    """One entry as colleagues read it; None when there is none."""
    found = Entry.objects.select_related("particulars").filter(pk=entry).first()
    if found is None:
        return None
    view = entry_view(found)
    with translation.override(language):
        return _line(view, names_of(_ids_in([view])))


def public_lines_for(subject: models.Model | UUID, language: str) -> list[Line]:
    """What the public reads about `subject`, oldest first: only what has words for it, no names, no particulars."""
    entries = list(_entries(subject, None, public_verbs())[:LONGEST])
    with translation.override(language):
        return [
            Line(entry.id, entry.verb, entry.at, entry.received_at, str(sentence_of(entry.verb).told), who="")
            for entry in reversed(entries)
        ]


def _entries(subject: models.Model | UUID, before: UUID | None, verbs: Iterable[str] | None) -> models.QuerySet[Entry]:
    found = Entry.objects.filter(subject=subject.pk if isinstance(subject, models.Model) else subject)
    if before is not None:
        found = found.filter(id__lt=before)
    if verbs is not None:
        found = found.filter(verb__in=list(verbs))
    return found.order_by("-id")


def _ids_in(views: Sequence[EntryView]) -> set[tuple[str, UUID]]:
    found = {("person", view.by.person_id) for view in views if view.by.person_id}
    for view in views:
        shown = sentence_of(view.verb).shown
        for name, value in (view.particulars or {}).items():
            how = shown.get(name)
            if isinstance(how, str):
                found |= {(how, one) for one in _uuids(value)}
    return found


def _line(view: EntryView, names: dict[tuple[str, UUID], Text]) -> Line:
    sentence, who = sentence_of(view.verb), _who(view, names)
    erased = view.particulars is None and bool(sentence.needs)
    if erased:
        text = _("{who}: the details of this act have been erased, because their time was over").format(who=who)
    else:
        values = dict.fromkeys(sentence.needs, "–")
        values |= {name: _shown(sentence, name, value, names) for name, value in (view.particulars or {}).items()}
        text = str(sentence.says).format(**values | {"who": who})
    return Line(view.id, view.verb, view.at, view.received_at, text, who, erased, view.by.person_id)


def _who(view: EntryView, names: dict[tuple[str, UUID], Text]) -> str:
    if view.by.person_id:
        return str(names.get(("person", view.by.person_id), _("somebody who is no longer known")))
    return {
        "system": _("The system"), "screen": _("A wall screen"), "unit": _("A unit"),
    }.get(view.by.kind, _("A visitor"))  # fmt: skip


def _shown(sentence: Sentence, name: str, value: Any, names: dict[tuple[str, UUID], Text]) -> str:
    how = sentence.shown.get(name)
    if isinstance(how, str):
        return _(", ").join(str(names.get((how, one), "–")) for one in _uuids(value)) or "–"
    if callable(how):
        return str(how(value))
    if how is not None:
        return str(how.get(str(value), value))
    return "–" if value is None else str(value)


def _uuids(value: Any) -> list[UUID]:
    found = []
    for one in value if isinstance(value, list) else [value]:
        try:
            found.append(UUID(str(one)))
        except ValueError:
            continue
    return found
