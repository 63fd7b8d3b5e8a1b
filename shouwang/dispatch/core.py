"""Decides, and does nothing else: (board, event, now) → (new board, effects), or a refusal.

Pure: no database, no clock, no Django; the same input always gives the same answer. `dispatching` locks rows, loads
them as a board, asks here and writes exactly what comes back. `tests/test_a_thousand_nights.py` runs it for hundreds
of dispatcher-hours against the promises written there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from shouwang.dispatch import events as ev
from shouwang.dispatch.board import REACHES, Board, BoardAlert, BoardAssignment
from shouwang.dispatch.effects import (
    AlreadyCrewed,
    AlreadyReached,
    AlreadyThere,
    AssignmentEnded,
    Away,
    Busy,
    Effect,
    FallBack,
    MatterEnded,
    NotOnBoard,
    NotThereYet,
    OffShift,
    RaiseAlert,
    ReasonMissing,
    Refusal,
    SettleAlert,
    TakeMatterStep,
    TellUnit,
    WriteAssignment,
)

Decision = tuple[Board, tuple[Effect, ...]]


def decide(board: Board, event: ev.Event, now: dt.datetime) -> Decision | Refusal:
    """What `event` at `now` makes of `board`."""
    draft = _Draft(board, now)
    refusal = _RULES[type(event)](draft, event)
    return refusal if refusal is not None else draft.decision()


class _Draft:
    """The next board while it is being worked out, and the effects so far."""

    def __init__(self, board: Board, now: dt.datetime) -> None:
        self.board = board
        self.now = now
        self.effects: list[Effect] = []

    def decision(self) -> Decision:
        return self.board, tuple(self.effects)

    def write(self, assignment: BoardAssignment) -> BoardAssignment:
        new = assignment.id not in self.board.assignments
        self.board = replace(self.board, assignments={**self.board.assignments, assignment.id: assignment})
        self.effects.append(WriteAssignment(assignment, new))
        return assignment

    def move_matter(self, matter_id: UUID, reached: str, assignment: UUID) -> None:
        """The first assignment to reach a point moves the matter; for the later ones it has moved on already."""
        matter = self.board.matters.get(matter_id)
        state = matter.after(reached) if matter is not None and matter.open else None
        if matter is not None and state is not None:
            self.board = replace(self.board, matters={**self.board.matters, matter_id: replace(matter, state=state)})
            self.effects.append(TakeMatterStep(matter_id, reached, assignment))

    def tell(self, assignment: BoardAssignment, what: str) -> None:
        self.effects.append(TellUnit(assignment.unit, what, assignment.id))

    def alert(self, kind: str, assignment: BoardAssignment) -> None:
        alert = BoardAlert(kind, assignment.id, assignment.matter, assignment.unit, self.now)
        if alert.key not in self.board.alerts:
            self.board = replace(self.board, alerts={**self.board.alerts, alert.key: alert})
            self.effects.append(RaiseAlert(alert))

    def settle(self, why: str, wanted: Callable[[BoardAlert], bool]) -> None:
        settled = [alert for alert in self.board.alerts.values() if wanted(alert)]
        left = {key: alert for key, alert in self.board.alerts.items() if alert not in settled}
        self.board = replace(self.board, alerts=left)
        self.effects += [SettleAlert(alert, why) for alert in settled]

    def end(self, assignment: BoardAssignment, state: str, reason: str, why: str) -> BoardAssignment:
        """End without moving the matter: the row, and the alerts that asked for an answer from this crew."""
        at = max(self.now, assignment.last_stamp)
        stamps = {**assignment.stamps, "cleared": at} if state == "cleared" else assignment.stamps
        ended = self.write(replace(assignment, state=state, stamps=stamps, reason=reason, ended_at=at))
        self.settle(why, lambda alert: alert.key in (("unsigned", assignment.id), ("support", assignment.id)))
        return ended

    def leave_matter(self, assignment: BoardAssignment) -> None:
        """The last crew has left: the matter was served, or it is the desk's again.

        Why the last and not the first that clears: the others may still be on scene.
        """
        if not self.board.on(assignment.matter):
            reached = "cleared" if self.board.was_served(assignment.matter) else "emptied"
            self.move_matter(assignment.matter, reached, assignment.id)


def _send(draft: _Draft, event: ev.Send) -> Refusal | None:
    board, now = draft.board, draft.now
    unit, matter = board.units.get(event.unit), board.matters.get(event.matter)
    if unit is None or matter is None:
        return NotOnBoard(event.unit if unit is None else event.matter)
    if not matter.open:
        return MatterEnded(matter.id)
    if unit.shift is None:
        return OffShift(unit.id)
    current = board.current(unit.id)
    if current is not None and current.matter == matter.id:
        return AlreadyThere(unit.id, matter.id, current.sent_at)
    if current is not None and board.matters[current.matter].open:
        return Busy(unit.id, current.matter, current.sent_at, current.sent_by, _just_ahead(board, current, now))
    if unit.away is not None:
        return Away(unit.id, unit.away, unit.since)
    others = board.on(matter.id)
    if others and not isinstance(event, ev.AddCrew):
        first = others[0]
        return AlreadyCrewed(matter.id, first.unit, first.sent_at, first.sent_by, _just_ahead(board, first, now))
    if current is not None:  # its matter was closed and nobody told us yet
        _let_go(draft, current)
    sent = draft.write(
        BoardAssignment(event.assignment, matter.id, unit.id, unit.shift, "sent", {"sent": now}, event.by)
    )
    draft.move_matter(matter.id, "sent", sent.id)
    draft.tell(sent, "task")
    draft.settle("sent", lambda alert: alert.matter == matter.id and alert.kind in ("returned", "support"))
    return None


def _just_ahead(board: Board, assignment: BoardAssignment, now: dt.datetime) -> float | None:
    ahead_s = max(0.0, (now - assignment.sent_at).total_seconds())
    return ahead_s if ahead_s <= board.limits.just_now_s else None


def _reach(draft: _Draft, event: ev.Reach) -> Refusal | None:
    """A stamp of the crew. A late one (the phone was offline) is fitted between its neighbours and moves nothing."""
    assignment = draft.board.assignments.get(event.assignment)
    if assignment is None:
        return NotOnBoard(event.assignment)
    reached = event.reaches
    if reached in assignment.stamps:
        return AlreadyReached(assignment.id, reached, assignment.stamps[reached])
    if not assignment.is_open:
        return AssignmentEnded(assignment.id, assignment.state, assignment.ended_at)
    if reached in ("reported", "cleared") and "arrived" not in assignment.stamps:
        return NotThereYet(assignment.id)
    if reached == "cleared":
        draft.end(assignment, "cleared", "", "ended")
        draft.leave_matter(assignment)
        return None
    stamps = {**assignment.stamps, reached: _fitted(assignment, reached, draft.now)}
    late = REACHES.index(reached) < REACHES.index(assignment.state)
    draft.write(replace(assignment, stamps=stamps, state=assignment.state if late else reached))
    draft.settle("signed", lambda alert: alert.key == ("unsigned", assignment.id))
    if not late:
        draft.move_matter(assignment.matter, reached, assignment.id)
    return None


def _fitted(assignment: BoardAssignment, reached: str, at: dt.datetime) -> dt.datetime:
    """`at`, moved no further than needed to stand between what came before and what came after."""
    place = REACHES.index(reached)
    before = [stamp for name, stamp in assignment.stamps.items() if REACHES.index(name) < place]
    after = [stamp for name, stamp in assignment.stamps.items() if REACHES.index(name) > place]
    return min([max([at, *before]), *after])


def _return(draft: _Draft, event: ev.Return) -> Refusal | None:
    assignment, refusal = _open_assignment(draft, event.assignment)
    if assignment is None:
        return refusal
    if not event.reason.strip():
        return ReasonMissing(event.assignment)
    draft.end(assignment, "returned", event.reason, "ended")
    draft.leave_matter(assignment)
    draft.alert("returned", assignment)
    return None


def _recall(draft: _Draft, event: ev.Recall) -> Refusal | None:
    assignment, refusal = _open_assignment(draft, event.assignment)
    if assignment is None:
        return refusal
    draft.end(assignment, "recalled", event.reason, "ended")
    draft.leave_matter(assignment)
    draft.tell(assignment, "recalled")
    return None


def _ask_support(draft: _Draft, event: ev.AskSupport) -> Refusal | None:
    assignment, refusal = _open_assignment(draft, event.assignment)
    if assignment is None:
        return refusal
    draft.alert("support", assignment)
    return None


def _open_assignment(draft: _Draft, wanted: UUID) -> tuple[BoardAssignment | None, Refusal | None]:
    assignment = draft.board.assignments.get(wanted)
    if assignment is None:
        return None, NotOnBoard(wanted)
    if not assignment.is_open:
        return None, AssignmentEnded(assignment.id, assignment.state, assignment.ended_at)
    return assignment, None


def _delivered(draft: _Draft, event: ev.Delivered | ev.Read) -> Refusal | None:
    """The first receipt counts; what comes again or too late changes nothing."""
    assignment = draft.board.assignments.get(event.assignment)
    if assignment is None:
        return NotOnBoard(event.assignment)
    read = isinstance(event, ev.Read)
    if not assignment.is_open or (assignment.read_at if read else assignment.delivered_at) is not None:
        return None
    at = max(draft.now, assignment.sent_at)
    received = replace(assignment, delivered_at=assignment.delivered_at or at)
    draft.write(replace(received, read_at=at) if read else received)
    return None


def _let_go(draft: _Draft, assignment: BoardAssignment) -> None:
    """Its matter is over: who was there has cleared, who was not yet there is called back."""
    served = "arrived" in assignment.stamps
    draft.end(assignment, "cleared" if served else "recalled", "matter_closed", "closed")
    draft.tell(assignment, "closed")


def _matter_closed(draft: _Draft, event: ev.MatterClosed) -> Refusal | None:
    matter = draft.board.matters.get(event.matter)
    if matter is None:
        return NotOnBoard(event.matter)
    draft.board = replace(draft.board, matters={**draft.board.matters, matter.id: replace(matter, open=False)})
    for assignment in draft.board.on(matter.id):
        _let_go(draft, assignment)
    draft.settle("closed", lambda alert: alert.matter == matter.id)
    return None


def _matter_merged(draft: _Draft, event: ev.MatterMerged) -> Refusal | None:
    into = draft.board.matters.get(event.into)
    if into is None:
        return NotOnBoard(event.into)
    if not into.open:
        return _matter_closed(draft, ev.MatterClosed(event.matter))
    source = draft.board.matters.get(event.matter)
    if source is None:
        return NotOnBoard(event.matter)
    draft.board = replace(draft.board, matters={**draft.board.matters, source.id: replace(source, open=False)})
    for assignment in draft.board.on(event.matter):
        moved = draft.write(replace(assignment, matter=event.into))
        draft.tell(moved, "merged")
        for reached in REACHES:
            if reached in moved.stamps:
                draft.move_matter(event.into, reached, moved.id)
    alerts = {
        key: replace(alert, matter=event.into) if alert.matter == event.matter else alert
        for key, alert in draft.board.alerts.items()
    }
    draft.effects += [RaiseAlert(alert) for key, alert in alerts.items() if alert is not draft.board.alerts[key]]
    draft.board = replace(draft.board, alerts=alerts)
    return None


def _shift_ended(draft: _Draft, event: ev.ShiftEnded) -> Refusal | None:
    unit = draft.board.units.get(event.unit)
    if unit is None:
        return NotOnBoard(event.unit)
    draft.board = replace(draft.board, units={**draft.board.units, unit.id: replace(unit, shift=None, away=None)})
    current = draft.board.current(unit.id)
    if current is not None:
        draft.end(current, "returned", "shift_ended", "ended")
        draft.leave_matter(current)
        draft.alert("returned", current)
    return None


def _tick(draft: _Draft, event: ev.Tick) -> Refusal | None:
    limits = draft.board.limits
    for assignment in draft.board.open_assignments():
        if assignment.state != "sent":
            continue
        waited_s = (draft.now - assignment.sent_at).total_seconds()
        silent = assignment.delivered_at is None and assignment.fallback_at is None
        seen = assignment
        if silent and waited_s >= limits.received_s:
            seen = draft.write(replace(seen, fallback_at=draft.now))
            draft.effects.append(FallBack(seen.unit, seen.id))
        if waited_s >= limits.signed_s and assignment.reminded_at is None:
            seen = draft.write(replace(seen, reminded_at=draft.now))
            draft.alert("unsigned", seen)
    return None


_RULES: dict[type, Callable[[_Draft, Any], Refusal | None]] = {
    ev.Send: _send,
    ev.AddCrew: _send,
    ev.Sign: _reach,
    ev.Depart: _reach,
    ev.Arrive: _reach,
    ev.Report: _reach,
    ev.Clear: _reach,
    ev.Return: _return,
    ev.Recall: _recall,
    ev.AskSupport: _ask_support,
    ev.Delivered: _delivered,
    ev.Read: _delivered,
    ev.MatterClosed: _matter_closed,
    ev.MatterMerged: _matter_merged,
    ev.ShiftEnded: _shift_ended,
    ev.Tick: _tick,
}
