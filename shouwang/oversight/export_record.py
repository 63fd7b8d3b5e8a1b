"""The record of a matter on paper: what it was, which crews with which stamps, every entry with its time."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from shouwang.core.clock import SHANGHAI
from shouwang.core.paper import pdf
from shouwang.dispatch.models import Assignment
from shouwang.duty.models import Crew
from shouwang.journal.models import Entry
from shouwang.journal.timeline import lines_of
from shouwang.matters.kinds import kind_of
from shouwang.matters.models import Matter

SHEET = Path(__file__).parent / "paper" / "matter_record.typ"


def record_sheet(matter: Matter, entries: Sequence[Entry], reason: str, at: dt.datetime, language: str) -> bytes:
    """A PDF. `entries` oldest first, with their particulars."""
    with translation.override(language):
        crews = [[_("Crew"), _("On it"), _("Sent"), _("Signed"), _("Arrived"), _("Over")], _crews(matter)]
        acts = [[_("When"), _("What happened"), _("Entry")], _acts(entries, language)]
        data = {
            "lang": language[:2], "none": _("nothing"),
            "title": _("Record of {kind} {number}").format(kind=kind_of(matter.kind).label, number=matter.number),
            "foot": _("Made {when}: {reason}. Each entry can be checked with its proof.").format(
                when=_second(at), reason=reason
            ),
            "facts": [
                [_("Reference"), matter.reference], [_("Place"), matter.place_text or "–"],
                [_("In short"), matter.gist or "–"], [_("Opened"), _second(matter.opened_at)],
                [_("Ended"), _second(matter.closed_at)],
            ],
            "parts": [
                {"title": _("Crews"), "head": crews[0], "rows": crews[1], "widths": [22, 38, 20, 20, 20, 20]},
                {"title": _("What happened"), "head": acts[0], "rows": acts[1], "widths": [22, 78, 40]},
            ],
        }  # fmt: skip
    return pdf(SHEET, data)


def _crews(matter: Matter) -> list[list[str]]:
    sent = list(Assignment.objects.filter(matter=matter).select_related("unit").order_by("sent_at"))
    people: dict[UUID, list[Crew]] = defaultdict(list)
    for one in Crew.objects.filter(shift__in=[row.shift_id for row in sent]).select_related("person"):
        people[one.shift_id].append(one)
    return [
        [row.unit.name, "、".join(sorted(one.person.name for one in people[row.shift_id] if row.sent_at in one.during)),
         *(_second(moment) for moment in (row.sent_at, row.signed_at, row.arrived_at, row.ended_at))]
        for row in sent
    ]  # fmt: skip


def _acts(entries: Sequence[Entry], language: str) -> list[list[str]]:
    return [[_second(line.at), line.text, in_two(line.entry)] for line in lines_of(entries, language)]


def in_two(entry: UUID) -> str:
    """An id on two lines: on paper a line breaks at none of its hyphens that a digit follows."""
    text = str(entry)
    return f"{text[:19]}\n{text[19:]}"


def _second(at: dt.datetime | None) -> str:
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S") if at else "–"
