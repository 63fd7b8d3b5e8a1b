"""The one time line of a review, drawn from the journal: who held what when, what was done, known and left undone.

Nothing here judges. What is not on record is a gap and is drawn as one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from shouwang.core.actor import Actor
from shouwang.journal.models import Entry
from shouwang.journal.timeline import Line, lines_of
from shouwang.matters.models import Matter
from shouwang.oversight.models import Review
from shouwang.oversight.reviewing.clocked import Limited, clocks_of, not_climbed
from shouwang.oversight.reviewing.concerned import LOOKS, Record, book_of, record_of, told_by
from shouwang.oversight.reviewing.lines import Drawn
from shouwang.oversight.reviewing.postbook import PostBook, named
from shouwang.people.access import NotVisible
from shouwang.people.chain import Link, links_of
from shouwang.ui import words

SILENT = dt.timedelta(minutes=30)  # nothing on record for longer: a gap is drawn
LATE = dt.timedelta(minutes=1)  # between what happened and its entry: said
KNOWN = ("assignment.deliver", "assignment.read", "message.send", "message.read")


@dataclass(frozen=True)
class Looked:
    """Who had read identities for it: how many times, of how many people at once at most. In order of time."""

    name: str
    titles: str
    n_looks: int
    n_identities: int
    first_at: dt.datetime


@dataclass(frozen=True)
class Drawing:
    record: Record
    book: PostBook
    lines: list[Drawn]
    chain: list[Link]
    clocks: list[Limited]
    looks: list[Looked]


def draw(review: Review, by: Actor, at: dt.datetime, language: str) -> Drawing:
    """As far as `by` may see the matters of it. A fixed number of queries. Raises NotVisible"""
    rows = Matter.objects.visible_to(by, at).filter(pk__in=review.matters).select_related("area").in_bulk()
    if review.matter_id not in rows:
        raise NotVisible
    return draw_matters([rows[key] for key in review.matters if key in rows], review, language)


def draw_own(review: Review, by: Actor, at: dt.datetime, language: str) -> Drawing:
    """For whoever is asked: his own lines, all others only of matters he may read; nobody's looks at identities."""
    rows = Matter.objects.filter(pk__in=review.matters).select_related("area").in_bulk()
    seen = set(Matter.objects.visible_to(by, at).filter(pk__in=rows).values_list("pk", flat=True))
    whole = draw_matters([rows[key] for key in review.matters if key in rows], review, language)
    return replace(
        whole,
        lines=[one for one in whole.lines if one.person == by.person_id or (one.matter and one.matter.pk in seen)],
        chain=whole.chain if review.matter_id in seen else [],
        clocks=[one for one in whole.clocks if one.matter.pk in seen],
        looks=[],
    )


def draw_matters(matters: list[Matter], review: Review, language: str) -> Drawing:
    """The first of `matters` is the one that is reviewed."""
    start, end = review.starts_at, review.ends_at
    record = record_of(matters, start, end)
    book = book_of(record, start, end)
    with translation.override(language):
        lines = [*_held(record, book), *_entries(record, book, language), *not_climbed(record, book, end)]
        lines.sort(key=lambda one: one.at)
        return Drawing(
            record, book, _with_gaps(lines, record, end, language), links_of(record.main.area, record.main.opened_at),
            clocks_of(record, book, end), _looks(record, book, language),
        )  # fmt: skip


def _entries(record: Record, book: PostBook, language: str) -> Iterable[Drawn]:
    shown = [one for one in record.entries if one.verb != LOOKS]
    for entry, line in zip(shown, lines_of(shown, language), strict=True):
        late = line.received_at - line.at
        yield Drawn(
            line.at, _sort(entry), _text(entry, line, book), book.titles(line.person, line.at), entry.pk,
            record.about.get(entry.subject) or record.main, line.person,
            int(late.total_seconds()) if late > LATE else None, line.erased,
        )  # fmt: skip


def _sort(entry: Entry) -> str:
    if "responsible" in (told_by(entry).get("changed") or ()):
        return "held"
    if entry.verb in KNOWN or entry.verb == "clock.remind":
        return "known"
    kind = entry.verb.partition(".")[0]
    return {"clock": "clock", "assignment": "crew", "alert": "alert"}.get(kind, "act")


def _text(entry: Entry, line: Line, book: PostBook) -> str:
    """Its sentence, and between which posts it moved where it did."""
    told = told_by(entry)
    was, now = (told.get(name) for name in _sides(entry))
    if not was and not now:
        return line.text
    holder = book.name(UUID(str(now)) if now else None)
    if entry.verb == "clock.remind" or not was:
        return _("{what} → {holder}").format(what=line.text, holder=holder)
    if told.get("at_the_top"):
        return _("{what}; nobody stands above {holder}").format(what=line.text, holder=holder)
    return _("{what}: {was} → {holder}").format(what=line.text, was=book.name(UUID(str(was))), holder=holder)


def _sides(entry: Entry) -> tuple[str, str]:
    if entry.verb.startswith("clock.") or entry.verb == "matter.rehome":
        return "held_by", "holder"
    return ("from", "to") if "responsible" in (told_by(entry).get("changed") or ()) else ("", "")


def _held(record: Record, book: PostBook) -> Iterable[Drawn]:
    """Who was responsible when each began, where the record says it changed without saying to whom, and stand-ins."""
    for matter in record.matters:
        mine = [one for one in record.entries if one.subject == matter.pk]
        moved = [one for one in mine if "responsible" in (told_by(one).get("changed") or ())]
        before = (told_by(one).get(name) for one in moved for name in ("from", "held_by"))
        first = next((one for one in before if one), None)
        holder = book.name(UUID(str(first)) if first else matter.responsible_id)
        entry = mine[0].pk if mine else None
        yield Drawn(matter.opened_at, "held", _("Responsible at the beginning: {holder}").format(holder=holder),
                    entry=entry, matter=matter, derived=True)  # fmt: skip
        for one in moved:
            if not any(told_by(one).get(name) for name in ("to", "holder")):
                yield Drawn(one.at, "gap", _("The responsible post changed; to whom is not on record"), entry=one.pk,
                            matter=matter, derived=True)  # fmt: skip
    first_entry = record.entries[0].pk if record.entries else None
    for cover in book.stand_ins():
        text = _("{cover} stood in for {post}").format(cover=named(cover.cover), post=named(cover.post))
        yield Drawn(cover.start, "held", text, entry=first_entry, matter=record.main, person=cover.cover.person_id,
                    derived=True)  # fmt: skip


def _with_gaps(lines: list[Drawn], record: Record, end: dt.datetime, language: str) -> list[Drawn]:
    """A line for each silence between entries while the matter was open; after the entry with which it began."""
    closed = record.main.closed_at or end
    entries = [one for one in lines if not one.derived]
    silent = {}
    for one, until in zip(entries, [*(one.at for one in entries[1:]), closed], strict=True):
        if one.at < closed and until - one.at > SILENT:
            span = words.duration((until - one.at).total_seconds(), language)
            text = _("Nothing is on record for {span}").format(span=span)
            silent[one.entry] = Drawn(one.at, "gap", text, entry=one.entry, matter=one.matter, derived=True)
    found: list[Drawn] = []
    for one in lines:
        found.append(one)
        if not one.derived and one.entry in silent:
            found.append(silent[one.entry])
    return found


def _looks(record: Record, book: PostBook, language: str) -> list[Looked]:
    rows: dict[UUID, list[Entry]] = {}
    for one in record.entries:
        if one.verb == LOOKS and one.person:
            rows.setdefault(one.person, []).append(one)
    names = {key: held[0].person.name for key, held in book.by_person.items() if held}
    return [
        Looked(names.get(person, "—"), book.titles(person, looks[0].at), len(looks),
               max(int(told_by(one).get("n_identities") or 0) for one in looks), looks[0].at)
        for person, looks in rows.items()
    ]  # fmt: skip
