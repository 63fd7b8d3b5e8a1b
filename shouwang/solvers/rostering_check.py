"""Which rules a duty roster breaks, whoever wrote it. Counts by hand; knows nothing of how rosters are found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from shouwang.solvers.rostering_rules import DAY, Person, Question, Slot

Cells = Mapping[tuple[str, int], str]


@dataclass(frozen=True, order=True, slots=True)
class Break:
    """One broken rule. `person` "" for cover; `missing` is how many are too few (below 0: too many)."""

    day: int
    rule: str  # cover, qualified, leave, rest, nights, days, hours
    person: str = ""
    slot: str = ""
    missing: int = 0


def broken(question: Question, cells: Cells) -> list[Break]:
    """By day. Each stretch that is too long is told once, on the day on which it becomes too long."""
    return sorted(
        [*_cover(question, cells), *(one for person in question.people for one in _of(person, question, cells))]
    )


def _cover(question: Question, cells: Cells) -> Iterator[Break]:
    there: dict[tuple[int, str], int] = defaultdict(int)
    for (_, day), slot in cells.items():
        there[day, slot] += 1
    asked = {(need.day, need.slot): need.number for need in question.needs}
    for day, slot in sorted(there.keys() | asked.keys()):
        missing = asked.get((day, slot), 0) - there[day, slot]
        if missing:
            yield Break(day, "cover", slot=slot, missing=missing)


def _of(person: Person, question: Question, cells: Cells) -> Iterator[Break]:
    slots = {slot.code: slot for slot in question.slots}
    mine = [(day, slots[cells[person.code, day]]) for day in range(question.days) if (person.code, day) in cells]
    for day, slot in mine:
        if slot.code not in person.slots:
            yield Break(day, "qualified", person.code, slot.code)
        if day in person.away:
            yield Break(day, "leave", person.code, slot.code)
    yield from _rest(person, question, mine)
    for rule, most, chosen in (("days", question.limits.days, mine),
                               ("nights", question.limits.nights, [one for one in mine if one[1].night])):  # fmt: skip
        running, before = 0, -2
        for day, slot in chosen:
            running = running + 1 if day == before + 1 else 1
            before = day
            if running == most + 1:
                yield Break(day, rule, person.code, slot.code)
    yield from _hours(person, question, mine)


def _rest(person: Person, question: Question, mine: list[tuple[int, Slot]]) -> Iterator[Break]:
    free_from = person.free_from
    for day, slot in mine:
        if day * DAY + slot.begins < free_from:
            yield Break(day, "rest", person.code, slot.code)
        free_from = max(free_from, day * DAY + slot.begins + slot.minutes + question.limits.rest)


def _hours(person: Person, question: Question, mine: list[tuple[int, Slot]]) -> Iterator[Break]:
    over = False
    for last, slot in mine:
        worked = sum(one.minutes for day, one in mine if last - 6 <= day <= last)
        if worked > question.limits.week and not over:
            yield Break(last, "hours", person.code, slot.code)
        over = worked > question.limits.week
