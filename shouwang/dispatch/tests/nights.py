"""Nights at the desk, made up at random and repeatable by seed: what the promises of the core are tried on."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import ModuleType
from typing import cast
from uuid import UUID

from shouwang.dispatch import board as b
from shouwang.dispatch import core, effects
from shouwang.dispatch import events as ev
from shouwang.dispatch.tests.promises import check

EVENING = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
FLOW = {
    "waiting": {"sent": "sent"},
    "sent": {"signed": "signed", "departed": "departed", "arrived": "arrived", "emptied": "waiting"},
    "signed": {"departed": "departed", "arrived": "arrived", "emptied": "waiting"},
    "departed": {"arrived": "arrived", "emptied": "waiting"},
    "arrived": {"reported": "reported", "cleared": "ended", "emptied": "waiting"},
    "reported": {"cleared": "ended", "emptied": "waiting"},
}
STEPS = (ev.Sign, ev.Depart, ev.Arrive, ev.Report, ev.Clear)


@dataclass
class Happened:
    """One decision with everything a promise may ask about."""

    before: b.Board
    event: ev.Event
    now: dt.datetime
    after: b.Board
    effects: tuple[effects.Effect, ...]
    refusal: effects.Refusal | None

    @cached_property
    def changed(self) -> list[b.BoardAssignment]:
        """Assignments that are not as they were; the core replaces what it changes."""
        was = self.before.assignments
        return [one for key, one in self.after.assignments.items() if was.get(key) is not one]

    @cached_property
    def open_matters(self) -> list[b.BoardMatter]:
        return [one for one in self.after.matters.values() if one.open]

    @cached_property
    def crewed(self) -> set[UUID]:
        """Matters that a unit is on now."""
        return {one.matter for one in self.after.open_assignments()}

    @cached_property
    def served(self) -> set[UUID]:
        """Matters where a crew has been and cleared."""
        return {one.matter for one in self.after.assignments.values() if one.state == "cleared"}

    @cached_property
    def told(self) -> set[tuple[UUID, str]]:
        return {(effect.assignment, effect.what) for effect in self.effects if isinstance(effect, effects.TellUnit)}


@dataclass
class Night:
    """A board, the dice, and who decides (the real core, or one with a planted fault)."""

    seed: int
    n_units: int = 10
    deciding: ModuleType = core
    now: dt.datetime = EVENING
    board: b.Board = field(default_factory=b.Board)
    n_events: int = 0
    n_refused: int = 0

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        units = {one.id: one for one in (b.BoardUnit(self.new_id(), self.new_id()) for _ in range(self.n_units))}
        self.board = b.Board(units=units)

    def new_id(self) -> UUID:
        """A key like any other; text, because a night compares millions of them and UUIDs are slow at that."""
        return cast(UUID, f"{self.dice.getrandbits(128):032x}")

    def run(self, hours: float) -> Night:
        """Five seconds at a time: what people do, then the tick."""
        end = self.now + dt.timedelta(hours=hours)
        while self.now < end:
            self.now += dt.timedelta(seconds=5)
            for act in (self._open_matter, self._desk, self._crew, self._phone, self._change_shift, self._close):
                act()
            self.happen(ev.Tick())
            if self.n_events % 50 == 0:
                self._forget_old()
        return self

    def happen(self, event: ev.Event, ago_s: float = 0) -> None:
        at = self.now - dt.timedelta(seconds=ago_s)
        before = self.board
        answer = self.deciding.decide(before, event, at)
        refusal = None if isinstance(answer, tuple) else answer
        after, made = answer if isinstance(answer, tuple) else (before, ())
        self.board = after
        self.n_events += 1
        self.n_refused += refusal is not None
        check(Happened(before, event, at, after, made, refusal), self.deciding.decide)

    def _open_matter(self) -> None:
        if self.dice.random() < 0.03:
            matter = b.BoardMatter(self.new_id(), True, self.dice.randint(1, 4), "waiting", FLOW)
            self.board = replace(self.board, matters={**self.board.matters, matter.id: matter})

    def _any(self, rows: dict[UUID, object] | list[object]) -> object | None:
        found = list(rows.values()) if isinstance(rows, dict) else rows
        return self.dice.choice(found) if found else None

    def _desk(self) -> None:
        """Two desks that do not look at each other: they send, add, recall and take notice."""
        roll = self.dice.random()
        matters = [one for one in self.board.matters.values() if one.open or roll < 0.01]
        matter, unit = self._any(matters), self._any(dict(self.board.units))
        if roll < 0.12 and isinstance(matter, b.BoardMatter) and isinstance(unit, b.BoardUnit):
            sending = ev.Send if roll < 0.09 else ev.AddCrew
            self.happen(sending(self.new_id(), matter.id, unit.id, self.new_id()))
            if roll < 0.03:  # the other desk at the same moment, the same unit or the same matter
                other = self.dice.choice(matters), self.dice.choice(list(self.board.units.values()))
                pair = (other[0], unit) if roll < 0.015 else (matter, other[1])
                self.happen(ev.Send(self.new_id(), pair[0].id, pair[1].id, self.new_id()), ago_s=self.dice.random())
        if roll > 0.99 and self.board.assignments:
            self.happen(ev.Recall(self.dice.choice(list(self.board.assignments))))
        if 0.9 < roll < 0.93 and self.board.alerts:  # somebody takes notice: a row of duty, not a decision
            taken = self.dice.choice(list(self.board.alerts))
            left = {key: alert for key, alert in self.board.alerts.items() if key != taken}
            self.board = replace(self.board, alerts=left)

    def _crew(self) -> None:
        """Crews do the next thing; now and then something out of order, twice, or minutes late."""
        for assignment in list(self.board.assignments.values()):
            roll = self.dice.random()
            late_s = self.dice.choice((0, 0, 0, 240)) * self.dice.random()
            if not assignment.is_open and roll > 0.01:
                continue
            if roll < 0.04:
                left = [one for one in STEPS if one.reaches not in assignment.stamps] or [ev.Clear]
                self.happen(left[0](assignment.id), late_s)
            elif roll < 0.045:
                self.happen(self.dice.choice(STEPS)(assignment.id), late_s)
            elif roll < 0.047:
                self.happen(ev.Return(assignment.id, self.dice.choice(("breakdown", "closer_unit", " "))))
            elif roll < 0.049:
                self.happen(ev.AskSupport(assignment.id))

    def _phone(self) -> None:
        for assignment in self.board.assignments.values():
            roll = self.dice.random()
            if assignment.state == "sent" and roll < 0.25:
                self.happen((ev.Read if roll < 0.1 else ev.Delivered)(assignment.id))

    def _change_shift(self) -> None:
        unit = self._any(dict(self.board.units)) if self.dice.random() < 0.01 else None
        if not isinstance(unit, b.BoardUnit):
            return
        if unit.shift is not None and self.dice.random() < 0.3:
            self.happen(ev.ShiftEnded(unit.id))
        elif unit.shift is None or self.board.current(unit.id) is None:
            away = self.dice.choice((None, None, "meal"))
            fresh = replace(unit, shift=unit.shift or self.new_id(), away=away, since=self.now)
            self.board = replace(self.board, units={**self.board.units, unit.id: fresh})

    def _close(self) -> None:
        roll = self.dice.random()
        open_matters = [one for one in self.board.matters.values() if one.open]
        ended = [one for one in open_matters if one.state == "ended"]
        if ended and roll < 0.1:
            self.happen(ev.MatterClosed(self.dice.choice(ended).id))
        elif len(open_matters) > 1 and roll > 0.995:
            first, second = self.dice.sample(open_matters, 2)
            self.happen(ev.MatterClosed(first.id) if roll > 0.998 else ev.MatterMerged(first.id, second.id))

    def _forget_old(self) -> None:
        """As the loader does: what is over and belongs to nothing open is not on the board."""
        kept = {k: one for k, one in self.board.assignments.items() if self.board.matters[one.matter].open}
        wanted = {one.matter for one in kept.values()}
        matters = {k: one for k, one in self.board.matters.items() if one.open or k in wanted}
        self.board = replace(self.board, assignments=kept, matters=matters)
