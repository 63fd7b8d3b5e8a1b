"""What an officer says of a pair: one person, or two. Both are masked until he opens them; every opening is a look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.journal.record import record
from shouwang.people.access import NotAllowed, Verb, may
from shouwang.registry.finding import begin_sitting
from shouwang.registry.looking import ask_database
from shouwang.registry.models import Sitting
from shouwang.registry.purposes import Purpose


@dataclass(frozen=True)
class Waiting:
    """A pair in the queue: where, and how probable. Never who."""

    id: UUID
    likeness: float
    found_at: dt.datetime
    grid: str
    other: str

    @property
    def percent(self) -> int:
        """Never a hundred: nobody has looked yet."""
        return min(round(self.likeness * 100), 99)


@dataclass(frozen=True)
class Merged:
    id: UUID
    judged_at: dt.datetime
    grid: str
    other: str


@dataclass(frozen=True)
class Side:
    id: UUID
    shown: str
    street: str
    grid: str


@dataclass(frozen=True)
class ShownPair:
    pair: UUID
    search: UUID
    sitting: Sitting
    sides: Sequence[Side]


def pairs_waiting(by: Actor, at: dt.datetime) -> list[Waiting]:
    """The pairs on this person's ground."""
    _allowed(by, at)
    with acting(by):
        return [Waiting(*row) for row in ask_database("SELECT * FROM pairs_waiting()", [])]


def pairs_merged(by: Actor, at: dt.datetime) -> list[Merged]:
    """The newest of those that were made one, to be parted where that was wrong."""
    _allowed(by, at)
    with acting(by):
        return [Merged(*row) for row in ask_database("SELECT * FROM pairs_merged()", [])]


def show_pair(pair: UUID, *, by: Actor, at: dt.datetime) -> ShownPair:
    """Both sides, masked; the trace is committed first. Raises NotAllowed, LookRefused"""
    _allowed(by, at)
    with acting(by):
        sitting = begin_sitting(purpose=Purpose.VERIFICATION, by=by, at=at)
        ((search,),) = ask_database("SELECT open_pair(%s, %s)", [pair, sitting.pk])
        record("register.show_pair", topic="register.searched", subject=("search", search), by=by, at=at, pair=pair)
    with acting(by):
        rows = ask_database("SELECT * FROM show_pair(%s)", [search])
    return ShownPair(pair, search, sitting, [Side(*row) for row in rows])


def make_one(pair: UUID, keep: UUID, *, by: Actor, at: dt.datetime) -> None:
    """They are one person, `keep` the record that stays. Both were looked at before. Raises NotAllowed, LookRefused"""
    _allowed(by, at)
    with acting(by):
        ((aside,),) = ask_database("SELECT merge_pair(%s, %s)", [pair, keep])
        record("resident.make_one", topic="register.changed", subject=("resident", keep), by=by, at=at, pair=pair,
               aside=aside)  # fmt: skip


def tell_apart(pair: UUID, *, by: Actor, at: dt.datetime) -> None:
    """They are two persons; nobody is asked again. Raises NotAllowed, LookRefused"""
    _allowed(by, at)
    with acting(by):
        ask_database("SELECT tell_apart(%s)", [pair])
        record("resident.tell_apart", topic="register.judged", subject=("pair", pair), by=by, at=at)


def part(pair: UUID, *, by: Actor, at: dt.datetime) -> None:
    """It was wrong: two persons again, as they were. Raises NotAllowed, LookRefused"""
    _allowed(by, at)
    with acting(by):
        ((kept,),) = ask_database("SELECT part_pair(%s)", [pair])
        record("resident.part", topic="register.changed", subject=("resident", kept), by=by, at=at, pair=pair)


def _allowed(by: Actor, at: dt.datetime) -> None:
    if not may(by, Verb.REGISTER_KEEP, None, at):
        raise NotAllowed
