"""A roster as a page shows it: people by days, how evenly it is spread, which wishes it grants, what it breaks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.duty.models import Roster, RosterState, Turn
from shouwang.duty.rosters.asking import question_of
from shouwang.duty.rosters.pool import pool_of
from shouwang.duty.rosters.slots import Slot, slots_from
from shouwang.people.models import Person
from shouwang.solvers.rostering_check import Break, broken
from shouwang.solvers.rostering_rules import Question

WEEKDAYS = [pgettext_lazy("weekday", name) for name in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")]


@dataclass
class Cell:
    day: dt.date
    slot: Slot | None = None
    turn: Turn | None = None
    leave: bool = False
    broken: bool = False


@dataclass
class Row:
    """One person over the days."""

    person: Person
    cells: list[Cell]
    nights: int = 0
    hours: float = 0
    wishes: int = 0
    granted: int = 0


@dataclass(frozen=True)
class Short:
    slot: Slot
    counts: list[tuple[int, int]]  # there, needed


@dataclass
class Shown:
    """`broken_words` and `conflict_words` are sentences; `spread` is least and most, of nights and of hours."""

    days: list[dt.date]
    rows: list[Row]
    cover: list[Short]
    slots: list[Slot]
    spread: dict[str, tuple[float, float]]
    broken_words: list[object] = field(default_factory=list)
    conflict_words: list[object] = field(default_factory=list)
    missing: int = 0  # people still lacking, over all lines and days
    wishes: tuple[int, int] = (0, 0)
    not_granted: list[object] = field(default_factory=list)


def show(row: Roster, at: dt.datetime) -> Shown:
    question, slots = question_of(row, at), slots_from(row.slots)
    names = _names(row, at)
    days = [row.first_on + dt.timedelta(days=n) for n in range(row.days)]
    turns = {(str(turn.person_id), (turn.on - row.first_on).days): turn for turn in row.turns.all()}
    faults = broken(question, {key: turn.slot for key, turn in turns.items()})
    wrong = {(one.person, one.day) for one in faults if one.person}
    rows = [_row(key, person, days, turns, slots, question, wrong) for key, person in names.items()]
    rows = [one for one in rows if one.hours or _may_work(one.person, question)]
    working = [one for one in rows if one.hours] or rows
    says = Words(row, names, {slot.code: slot for slot in slots}, question)
    shown = Shown(
        days, rows, _cover(row, question, slots, turns), slots,
        {"nights": _ends(one.nights for one in working), "hours": _ends(one.hours for one in working)},
    )  # fmt: skip
    if row.state in (RosterState.PROPOSED, RosterState.IN_FORCE):
        shown.broken_words = [says.broken(one) for one in faults if one.rule != "cover" or one.missing < 0]
        shown.missing = sum(one.missing for one in faults if one.missing > 0)
        shown.wishes = (sum(one.granted for one in rows), sum(one.wishes for one in rows))
        shown.not_granted = says.not_granted(rows, turns)
    shown.conflict_words = [says.rule(key) for key in row.conflict]
    return shown


def _may_work(person: Person, question: Question) -> bool:
    return any(one.code == str(person.pk) for one in question.people)


def _names(row: Roster, at: dt.datetime) -> dict[str, Person]:
    """Whoever could be rostered, and whoever was."""
    found = {key: one.person for key, one in pool_of(row.area, at).items()}
    rostered = Person.objects.filter(turns__roster=row).distinct()
    return {str(key): one for key, one in (found | {one.pk: one for one in rostered}).items()}


def _row(
    key: str, person: Person, days: list[dt.date], turns: dict[tuple[str, int], Turn], slots: list[Slot],
    question: Question, wrong: set[tuple[str, int]],
) -> Row:  # fmt: skip
    by_code = {slot.code: slot for slot in slots}
    away = next((one.away for one in question.people if one.code == key), frozenset[int]())
    found = Row(person, [])
    for n, day in enumerate(days):
        turn = turns.get((key, n))
        slot = by_code[turn.slot] if turn else None
        found.cells.append(Cell(day, slot, turn, n in away, (key, n) in wrong))
        found.nights += bool(slot and slot.night)
        found.hours += slot.hours if slot else 0
    for wish in question.wishes:
        if wish.person == key:
            found.wishes += 1
            found.granted += ((key, wish.day) in turns) == wish.wanted
    return found


def _cover(row: Roster, question: Question, slots: list[Slot], turns: dict[tuple[str, int], Turn]) -> list[Short]:
    there: dict[tuple[str, int], int] = defaultdict(int)
    for (_person, day), turn in turns.items():
        there[turn.slot, day] += 1
    asked = {(need.slot, need.day): need.number for need in question.needs}
    return [
        Short(slot, [(there[slot.code, day], asked.get((slot.code, day), 0)) for day in range(row.days)])
        for slot in slots
    ]


def _ends(amounts: object) -> tuple[float, float]:
    found = sorted(amounts)  # type: ignore[call-overload]
    return (found[0], found[-1]) if found else (0, 0)


@dataclass(frozen=True)
class Words:
    """Rules as sentences, with the names, days and numbers of one roster."""

    row: Roster
    people: dict[str, Person]
    slots: dict[str, Slot]
    question: Question

    def rule(self, key: list[object]) -> object:
        """One rule of a conflict."""
        kind = key[0]
        limits = self.row.limits
        if kind == "cover":
            slot = self.slots[str(key[1])]
            suited = sum(slot.code in one.slots for one in self.question.people)
            return format_lazy(
                _("{day}, {slot}: {number} needed ({needs}); {suited} people suit it"),
                day=self._day(int(str(key[2]))), slot=slot.name, number=slot.number, needs=slot.needs_words,
                suited=suited,
            )  # fmt: skip
        if kind == "leave":
            member = next((one for one in self.question.people if one.code == key[1]), None)
            days = "、".join(self._day(day) for day in sorted(member.away)) if member else ""
            return format_lazy(
                _("{who} is on leave or on another roster: {days}"), who=self._who(str(key[1])), days=days
            )
        return {
            "rest": format_lazy(_("{hours} hours of rest between two shifts"), hours=limits["rest_h"]),
            "nights": format_lazy(_("no more than {number} nights running"), number=limits["nights"]),
            "days": format_lazy(_("no more than {number} days running"), number=limits["days"]),
            "hours": format_lazy(_("no more than {hours} hours in seven days"), hours=limits["week_h"]),
        }.get(str(kind), str(kind))

    def broken(self, one: Break) -> object:
        given = {"day": self._day(one.day), "who": self._who(one.person), "slot": self._slot(one.slot)}
        if one.rule == "cover":
            return format_lazy(_("{day}, {slot}: {number} too many"), number=-one.missing, **given)
        if one.rule == "qualified":
            return format_lazy(_("{day}: {who} does not suit {slot}"), **given)
        if one.rule == "leave":
            return format_lazy(_("{day}: {who} is on leave or on another roster"), **given)
        return format_lazy("{}：{}：{}", given["day"], given["who"], self.rule([one.rule]))

    def not_granted(self, rows: list[Row], turns: dict[tuple[str, int], Turn]) -> list[object]:
        found: list[object] = []
        for wish in self.question.wishes:
            turn = turns.get((wish.person, wish.day))
            if (turn is not None) == wish.wanted:
                continue
            given = {"who": self._who(wish.person), "day": self._day(wish.day)}
            if turn is None:
                found.append(format_lazy(_("{who} gladly on {day}: the lines of that day are covered"), **given))
            else:
                slot = self._slot(turn.slot)
                found.append(format_lazy(_("{who} rather not on {day}: needed for {slot}"), slot=slot, **given))
        return found

    def _day(self, day: int) -> str:
        on = self.row.first_on + dt.timedelta(days=day)
        return f"{on.month}-{on.day:02}"

    def _who(self, key: str) -> str:
        return self.people[key].name if key in self.people else ""

    def _slot(self, code: str) -> str:
        return self.slots[code].name if code in self.slots else ""
