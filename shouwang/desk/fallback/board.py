"""The last board: what a desk needs to go on without the system. Nothing in it says who called.

A caller's own words are left out, and long runs of digits in what the desk wrote are struck out: it lies on paper.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from shouwang.core.actor import Actor
from shouwang.core.chinese import half_width
from shouwang.desk.board import Filters, rows_for
from shouwang.desk.room import room_of
from shouwang.desk.units import UnitLine, units_for
from shouwang.matters.models import Matter
from shouwang.matters.models.matter import Visibility
from shouwang.ui.templatetags.ui import state_word

NUMBERS = re.compile(r"\d[\d\s-]{5,}\d[Xx]?")  # of telephones and documents


@dataclass(frozen=True)
class LastMatter:
    number: int
    kind: str
    status: str
    urgency: int
    place: str
    says: str
    since: dt.datetime
    due_at: dt.datetime | None
    units: tuple[str, ...]


@dataclass(frozen=True)
class LastCrew:
    """`age_s`: how old its position was when this was written; None when it never reported one."""

    name: str
    call_sign: str
    status: str
    number: int | None
    since: dt.datetime
    age_s: int | None


@dataclass(frozen=True)
class LastBoard:
    at: dt.datetime
    office: str
    lead: str
    matters: list[LastMatter]
    crews: list[LastCrew]

    @property
    def promises(self) -> list[LastMatter]:
        """What was promised for a time, the next first."""
        return sorted((one for one in self.matters if one.due_at), key=lambda one: str(one.due_at))

    def as_json(self) -> dict[str, Any]:
        promises = [one.number for one in self.promises]
        return asdict(self) | {"promises": promises}


def last_board(by: Actor, at: dt.datetime) -> LastBoard:
    """The board of `by`, as it stands. Sealed matters are not on it."""
    room = room_of(by, at)
    rows = rows_for(by, at, Filters())
    open_here = Matter.objects.filter(pk__in=[row.pk for row in rows], visibility=Visibility.OFFICE)
    written: dict[UUID, tuple[str, dt.datetime | None]] = {
        pk: (gist, due_at) for pk, gist, due_at in open_here.values_list("pk", "gist", "due_at")
    }
    matters = [
        LastMatter(row.number, row.kind, state_word(row.status), row.urgency, struck(row.place),
                   struck(written[row.pk][0]), row.since, written[row.pk][1], row.units)
        for row in rows if row.pk in written
    ]  # fmt: skip
    crews = [_crew(line) for line in units_for(by, at)]
    return LastBoard(at, room.office.name if room.office else "", room.lead, matters, crews)


def _crew(line: UnitLine) -> LastCrew:
    unit, task = line.unit, line.task
    status = (unit.away_reason if line.status == "wait" else "") or state_word(line.status)
    age_s = round(line.age_s) if line.age_s is not None else None
    return LastCrew(unit.name, unit.call_sign, status, task.number if task else None, line.since, age_s)


def struck(text: str) -> str:
    """The text without numbers by which somebody could be reached or known."""
    return NUMBERS.sub("…", half_width(text, punctuation=False))
