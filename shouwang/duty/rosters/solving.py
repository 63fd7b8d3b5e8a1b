"""Working out a roster: how far it is stands on the page, the result is kept as turns, or as rules that conflict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from uuid import UUID

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.duty.models import Roster, RosterState, Turn
from shouwang.duty.rosters.asking import question_of
from shouwang.duty.rosters.slots import slots_from
from shouwang.journal.record import record
from shouwang.solvers.rostering_apart import in_own_process
from shouwang.solvers.rostering_rules import Answer, Question, Told

Solve = Callable[[Question, Told], Answer]


def work_out(key: UUID, *, at: dt.datetime, solving: Solve = in_own_process) -> None:
    """Fill in a roster that waits; one that is worked out already stays as it is."""
    row = Roster.objects.select_related("area").filter(pk=key).first()
    if row is None or row.state not in (RosterState.WAITING, RosterState.WORKING):
        return
    _say(row, "")
    found = solving(question_of(row, at), lambda cost, bound: _say(row, f"{cost} {bound}"))
    by = Actor.system()
    with acting(by):
        row.state, row.progress, row.ready_at = _state_of(found), "", at
        row.proven, row.conflict = found.proven, [list(key) for key in found.conflict]
        row.save(update_fields=["state", "progress", "ready_at", "proven", "conflict"])
        row.turns.all().delete()
        Turn.objects.bulk_create(turns_of(row, found))
        record("roster.work_out", topic="roster.worked_out", subject=row, area=row.area, by=by, at=at,
               turns=len(found.cells), conflict=len(found.conflict))  # fmt: skip


def _state_of(found: Answer) -> RosterState:
    if found.conflict:
        return RosterState.CONFLICT
    return RosterState.PROPOSED if found.cells else RosterState.FAILED


def turns_of(row: Roster, found: Answer) -> list[Turn]:
    slots = {slot.code: slot for slot in slots_from(row.slots)}
    days = {day: row.first_on + dt.timedelta(days=day) for day in range(row.days)}
    return [
        Turn(roster=row, person_id=UUID(person), on=days[day], slot=code, during=slots[code].on(days[day]))
        for (person, day), code in sorted(found.cells.items())
    ]


def _say(row: Roster, progress: str) -> None:
    row.state, row.progress = RosterState.WORKING, progress
    with acting(Actor.system()):
        row.save(update_fields=["state", "progress"])
