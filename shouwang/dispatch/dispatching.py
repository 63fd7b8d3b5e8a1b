"""Sending units, and what crews do with their task. Each function: lock, load the board, ask the core, write, record.

The permission is asked here; whether it can be done is the core's answer. `refusals` puts a refusal into words.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import QuerySet

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.ids import new_id
from shouwang.dispatch import events as ev
from shouwang.dispatch.core import decide
from shouwang.dispatch.effects import REFUSALS, TakeMatterStep
from shouwang.dispatch.loading import load_board, lock
from shouwang.dispatch.models import Assignment
from shouwang.dispatch.refusals import CrewBarred, NotYourTask, problem_of
from shouwang.dispatch.writing import carry_out
from shouwang.duty.models import Crew, Unit
from shouwang.journal.record import record
from shouwang.matters.models import Matter
from shouwang.matters.notes import add_note
from shouwang.people.access import Verb, may, require

TOPICS = {  # what reactions and screens go by: each happens once for each assignment, but a call for support
    "send": "assignment.sent",
    "add": "assignment.sent",
    "recall": "assignment.recalled",
    "sign": "assignment.signed",
    "depart": "assignment.departed",
    "arrive": "assignment.arrived",
    "report": "assignment.reported",
    "clear": "assignment.cleared",
    "return": "assignment.returned",
    "ask_support": "assignment.support",
    "deliver": "assignment.delivered",
    "read": "assignment.opened",
}


def send_unit(*, matter: Matter, unit: Unit, by: Actor, at: dt.datetime, assignment: UUID | None = None) -> Assignment:
    """Send a unit to a matter that nobody is on; the new assignment.

    assignment  its id, made by the sender
    Raises      NotAllowed, NotVisible, CrewBarred, and the problems of `refusals`: off shift, away, busy since …
    """
    return _send(ev.Send(assignment or new_id(), matter.pk, unit.pk, by.person_id), "send", by, at)


def add_unit(*, matter: Matter, unit: Unit, by: Actor, at: dt.datetime, assignment: UUID | None = None) -> Assignment:
    """Send one more unit to a matter, whoever is there already. Raises as `send_unit`."""
    return _send(ev.AddCrew(assignment or new_id(), matter.pk, unit.pk, by.person_id), "add", by, at)


def _send(event: ev.Send, word: str, by: Actor, at: dt.datetime) -> Assignment:
    with acting(by):
        lock(matters=[event.matter], units=[event.unit])
        matter, unit = Matter.objects.get(pk=event.matter), Unit.objects.get(pk=event.unit)
        require(by, Verb.UNIT_SEND, matter, at)
        require(by, Verb.UNIT_SEND, unit, at)
        if matter.excluded_persons and _crew(unit.pk, at).filter(person__in=matter.excluded_persons).exists():
            raise CrewBarred(unit=unit.name)
        moved = decide_and_write(event, matters=[matter.pk], units=[unit.pk], by=by, at=at)
        return _recorded(Assignment.objects.get(pk=event.assignment), word, moved, by, at)


def recall_unit(*, assignment: Assignment, by: Actor, at: dt.datetime, reason: str = "") -> Assignment:
    """Take the task back: the undo of a send. The unit is free and its phone is told."""
    with acting(by):
        row = _locked(assignment)
        require(by, Verb.UNIT_RECALL, row.matter, at)
        return _decided(row, ev.Recall(row.pk, reason[:120]), "recall", by, at)


def sign(*, assignment: Assignment, by: Actor, at: dt.datetime) -> Assignment:
    """The crew has taken note of its task."""
    return _crew_act(assignment, ev.Sign(assignment.pk), "sign", by, at)


def depart(*, assignment: Assignment, by: Actor, at: dt.datetime) -> Assignment:
    return _crew_act(assignment, ev.Depart(assignment.pk), "depart", by, at)


def arrive(*, assignment: Assignment, by: Actor, at: dt.datetime) -> Assignment:
    return _crew_act(assignment, ev.Arrive(assignment.pk), "arrive", by, at)


def report(
    *, assignment: Assignment, by: Actor, at: dt.datetime, text: str = "", note: UUID | None = None
) -> Assignment:
    """The first report from the scene; its words become a note of the matter (`note`: its id, made by the sender)."""
    with acting(by):
        row = _crew_act(assignment, ev.Report(assignment.pk), "report", by, at)
        if text.strip():
            add_note(row.matter, text, by=by, at=at, key=note)
    return row


def clear(*, assignment: Assignment, by: Actor, at: dt.datetime) -> Assignment:
    """The crew has done what there was to do and is free. The last crew to clear ends the matter's own chain."""
    return _crew_act(assignment, ev.Clear(assignment.pk), "clear", by, at)


def return_assignment(*, assignment: Assignment, reason: str, by: Actor, at: dt.datetime) -> Assignment:
    """The crew gives the task back, with a reason; the desk hears it."""
    return _crew_act(assignment, ev.Return(assignment.pk, reason.strip()[:120]), "return", by, at)


def ask_support(*, assignment: Assignment, by: Actor, at: dt.datetime) -> Assignment:
    """The crew needs more people; the desk hears it until somebody is sent or takes notice."""
    return _crew_act(assignment, ev.AskSupport(assignment.pk), "ask_support", by, at)


def mark_delivered(*, assignment: Assignment, by: Actor, at: dt.datetime) -> Assignment:
    """The crew's phone has received the task. The first time counts."""
    return _crew_act(assignment, ev.Delivered(assignment.pk), "deliver", by, at)


def mark_read(*, assignment: Assignment, by: Actor, at: dt.datetime) -> Assignment:
    """Somebody of the crew has opened the task. The first time counts."""
    return _crew_act(assignment, ev.Read(assignment.pk), "read", by, at)


def _crew_act(assignment: Assignment, event: ev.Event, word: str, by: Actor, at: dt.datetime) -> Assignment:
    with acting(by):
        row = _locked(assignment)
        _require_crew_or_desk(row, by, at)
        return _decided(row, event, word, by, at)


def _require_crew_or_desk(row: Assignment, by: Actor, at: dt.datetime) -> None:
    """Whoever was on the unit's crew at that time; or a desk that may send, for a crew that spoke by radio."""
    on_crew = by.person_id is not None and Crew.objects.filter(
        shift=row.shift_id, person=by.person_id, during__contains=at
    ).exists()  # fmt: skip
    if on_crew and may(by, Verb.ASSIGNMENT_WORK, None, at):
        return
    require(by, Verb.MATTER_READ, row.matter, at)
    if not may(by, Verb.UNIT_SEND, row.matter, at):
        raise NotYourTask


def _locked(assignment: Assignment) -> Assignment:
    lock(matters=[assignment.matter_id], units=[assignment.unit_id])
    return Assignment.objects.select_related("matter", "unit").get(pk=assignment.pk)


def _decided(row: Assignment, event: ev.Event, word: str, by: Actor, at: dt.datetime) -> Assignment:
    moved = decide_and_write(event, matters=[row.matter_id], units=[row.unit_id], by=by, at=at)
    return _recorded(Assignment.objects.select_related("matter", "unit").get(pk=row.pk), word, moved, by, at)


def _recorded(row: Assignment, word: str, moved: bool, by: Actor, at: dt.datetime) -> Assignment:
    """The entry of the act. `first`: it moved the matter, so it was the first crew to get there."""
    given = {"assignment": row.pk, "unit": row.unit_id, "state": row.state, "first": moved}
    if row.reason:
        given["reason"] = row.reason
    record(f"assignment.{word}", topic=TOPICS[word], subject=row.matter, by=by, at=at, area=row.matter.area_id, **given)
    return row


def decide_and_write(event: ev.Event, *, matters: list[UUID], units: list[UUID], by: Actor, at: dt.datetime) -> bool:
    """Ask the core about these rows, already locked, and write its answer; whether a matter moved by it.

    Raises  the refusal as a Problem
    """
    board = load_board(matters=matters, units=units, at=at)
    outcome = decide(board, event, at)
    if isinstance(outcome, REFUSALS):
        raise problem_of(outcome, at)
    carry_out(outcome[1], by=by, at=at)
    return any(isinstance(effect, TakeMatterStep) for effect in outcome[1])


def _crew(unit: UUID, at: dt.datetime) -> QuerySet[Crew]:
    return Crew.objects.filter(shift__unit=unit, shift__during__contains=at, during__contains=at)
