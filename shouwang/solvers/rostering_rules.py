"""Duty rosters whose rules hold without exception; where they cannot all be kept, the smallest set that conflicts.

Model   one bool a person, day and slot; a rule is a key (`("rest",)`, `("cover", "N", 3)`) and can be left out
Method  CP-SAT; fair nights first, then wishes, then hours. The smallest conflict by implicit hitting sets
Source  Ignatiev, Previti, Liffiton, Marques-Silva 2015, Smallest MUS extraction with minimal hitting set dualization
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

DAY = 24 * 60
SMALL_HOURS = (0, 5 * 60)
LEAST_OF_NIGHT = 120  # so many minutes in the small hours make a night
NIGHT_COST, WISH_COST, MINUTE_COST = 6000, 1800, 2

Key = tuple[str, *tuple[str | int, ...]]
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Slot:
    """A shift of a day; `begins` in minutes after midnight. It may end on the day after."""

    code: str
    begins: int
    minutes: int

    @property
    def night(self) -> bool:
        """At least two hours of it lie between midnight and five."""
        return any(
            min(self.begins + self.minutes, SMALL_HOURS[1] + day) - max(self.begins, SMALL_HOURS[0] + day)
            >= LEAST_OF_NIGHT
            for day in (0, DAY)
        )


@dataclass(frozen=True, slots=True)
class Person:
    """`slots` he is qualified for; `away` are days of leave; `free_from`, minutes after the start, ends a rest."""

    code: str
    slots: frozenset[str]
    away: frozenset[int] = frozenset()
    free_from: int = 0


@dataclass(frozen=True, slots=True)
class Need:
    day: int
    slot: str
    number: int


@dataclass(frozen=True, slots=True)
class Wish:
    """To work, or not to work, on a day; `slot` "": whichever."""

    person: str
    day: int
    slot: str = ""
    wanted: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """PAT-09 and hours: rest between two shifts, nights and days running, minutes in any seven days."""

    rest: int = 11 * 60
    nights: int = 3
    days: int = 6
    week: int = 48 * 60


@dataclass(frozen=True, slots=True)
class Question:
    days: int
    slots: tuple[Slot, ...]
    people: tuple[Person, ...]
    needs: tuple[Need, ...]
    wishes: tuple[Wish, ...] = ()
    limits: Limits = field(default_factory=Limits)

    def keys(self) -> list[Key]:
        """Every rule that could be let go."""
        found: list[Key] = [("cover", need.slot, need.day) for need in self.needs if need.number]
        found += [("leave", one.code) for one in self.people if one.away]
        return [*found, ("rest",), ("nights",), ("days",), ("hours",)]


@dataclass(frozen=True, slots=True)
class Answer:
    """`cells[person, day]` is a slot; none in a conflict. `proven`: no better roster, no smaller conflict."""

    cells: dict[tuple[str, int], str]
    conflict: tuple[Key, ...] = ()
    proven: bool = False
    cost: int = 0
    seconds: float = 0.0


def answer(question: Question, *, seconds: float = 30, workers: int = 2, told: Told | None = None) -> Answer:
    """The fairest roster found in that time, or why there is none; neither where the time was too short."""
    began = time.monotonic()
    model = _Model(question, set(question.keys()))
    model.cp.minimize(model.cost())
    solver = _solver(seconds, workers)
    status = solver.solve(model.cp, _Telling(told) if told else None)
    if status == cp_model.INFEASIBLE:
        conflict, proven = smallest_conflict(question, seconds=seconds)
        return Answer({}, conflict, proven, seconds=time.monotonic() - began)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer({}, seconds=time.monotonic() - began)
    cells = {(person, day): slot for (person, day, slot), on in model.at.items() if solver.value(on)}
    proven = status == cp_model.OPTIMAL
    return Answer(cells, (), proven, round(solver.objective_value), time.monotonic() - began)


def smallest_conflict(question: Question, *, seconds: float = 20) -> tuple[tuple[Key, ...], bool]:
    """The fewest rules that exclude each other, and whether that is proven. The rules must conflict."""
    keys, until = question.keys(), time.monotonic() + seconds
    let_go: list[set[Key]] = []  # each: without these the rest can be kept
    while time.monotonic() < until:
        tried = _hitting(let_go)
        left = _left_out(question, tried, keys, until)
        if left is None:
            return tuple(key for key in keys if key in tried), True
        if not left:
            break
        let_go.append(left)
    return _shrunk(question, keys), False


def _left_out(question: Question, kept: set[Key], keys: list[Key], until: float) -> set[Key] | None:
    """As few rules as possible to let go so that `kept` and all others hold; None: `kept` alone cannot."""
    model = _Model(question, kept, set(keys) - kept)
    model.cp.maximize(sum(model.held.values()))
    solver = _solver(max(0.5, until - time.monotonic()), 1)
    status = solver.solve(model.cp)
    if status == cp_model.INFEASIBLE:
        return None
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return set()
    return {key for key, held in model.held.items() if not solver.value(held)}


def _hitting(sets: list[set[Key]]) -> set[Key]:
    """The smallest set with something of each."""
    cp = cp_model.CpModel()
    chosen: dict[Key, cp_model.IntVar] = {}
    for one in sets:
        cp.add_bool_or([chosen.setdefault(key, cp.new_bool_var(str(key))) for key in sorted(one, key=str)])
    cp.minimize(sum(chosen.values()))
    solver = _solver(5, 1)
    solver.solve(cp)
    return {key for key, on in chosen.items() if solver.value(on)}


def _shrunk(question: Question, keys: list[Key]) -> tuple[Key, ...]:
    """None of these can be left out; a smaller set elsewhere is possible."""
    kept = list(keys)
    for key in keys:
        fewer = [one for one in kept if one != key]
        if _solver(5, 1).solve(_Model(question, set(fewer)).cp) == cp_model.INFEASIBLE:
            kept = fewer
    return tuple(kept)


class _Model:
    """Rules in `kept` hold; those in `loose` hold where `held[key]` is true; others are not there."""

    def __init__(self, question: Question, kept: set[Key], loose: Iterable[Key] = ()) -> None:
        self.question, self.kept, self.cp = question, kept, cp_model.CpModel()
        self.held = {key: self.cp.new_bool_var(str(key)) for key in sorted(loose, key=str)}
        self.at: dict[tuple[str, int, str], cp_model.IntVar] = {}
        self._slots = {slot.code: slot for slot in question.slots}
        needed = {(need.slot, need.day) for need in question.needs if need.number}
        for person in question.people:
            self._add_person(person, needed)
        by_need: dict[tuple[str, int], list[cp_model.IntVar]] = defaultdict(list)
        for (_, day, slot), on in self.at.items():
            by_need[slot, day].append(on)
        for need in question.needs:
            here = by_need[need.slot, need.day]
            self.cp.add(sum(here) <= need.number)
            self._rule(("cover", need.slot, need.day), sum(here) >= need.number)

    def _rule(self, key: Key, constraint: cp_model.BoundedLinearExpression | bool) -> None:
        if key in self.kept:
            self.cp.add(constraint)
        elif key in self.held:
            self.cp.add(constraint).only_enforce_if(self.held[key])

    def _add_person(self, person: Person, needed: set[tuple[str, int]]) -> None:
        question, limits = self.question, self.question.limits
        days = range(question.days)
        for day in days:
            mine = {
                slot.code: self.cp.new_bool_var(f"{person.code} {day} {slot.code}")
                for slot in question.slots
                if slot.code in person.slots and (slot.code, day) in needed
            }
            self.at |= {(person.code, day, code): on for code, on in mine.items()}
            self.cp.add_at_most_one(mine.values())
            if day in person.away:
                self._rule(("leave", person.code), sum(mine.values()) == 0)
        self._add_rest(person)
        on = {day: self._of(person, day) for day in days}
        nights = {day: self._of(person, day, night=True) for day in days}
        for first in days:
            window = range(first, min(question.days, first + limits.days + 1))
            if len(window) > limits.days:
                self._rule(("days",), sum(var for day in window for var in on[day]) <= limits.days)
            window = range(first, min(question.days, first + limits.nights + 1))
            if len(window) > limits.nights:
                self._rule(("nights",), sum(var for day in window for var in nights[day]) <= limits.nights)
            week = range(first, min(question.days, first + 7))
            worked = sum(self._slots[c].minutes * v for (p, d, c), v in self._mine(person, week))
            self._rule(("hours",), worked <= limits.week)

    def _add_rest(self, person: Person) -> None:
        for (_, day, code), on in self._mine(person, range(self.question.days)):
            slot = self._slots[code]
            if day * DAY + slot.begins < person.free_from:
                self._rule(("rest",), on == 0)
            rested = slot.begins + slot.minutes + self.question.limits.rest
            for later in range(1, rested // DAY + 1):
                for other in self.question.slots:
                    after = self.at.get((person.code, day + later, other.code))
                    if after is not None and later * DAY + other.begins < rested:
                        self._rule(("rest",), on + after <= 1)

    def _mine(self, person: Person, days: range) -> list[tuple[tuple[str, int, str], cp_model.IntVar]]:
        found = []
        for day in days:
            for code in self._slots:
                if (key := (person.code, day, code)) in self.at:
                    found.append((key, self.at[key]))
        return found

    def _of(self, person: Person, day: int, night: bool = False) -> list[cp_model.IntVar]:
        own = self._mine(person, range(day, day + 1))
        return [var for (_, _, code), var in own if not night or self._slots[code].night]

    def cost(self) -> cp_model.LinearExprT:
        """Nights and hours apart within each group of people who can do the same, and wishes not granted."""
        costs: list[cp_model.LinearExprT] = []
        groups: dict[frozenset[str], list[Person]] = defaultdict(list)
        for person in self.question.people:
            if len(person.away) * 4 < self.question.days:
                groups[person.slots].append(person)
        days = range(self.question.days)
        for group in groups.values():
            nights = [sum(v for day in days for v in self._of(one, day, night=True)) for one in group]
            minutes = [sum(self._slots[c].minutes * v for (_, _, c), v in self._mine(one, days)) for one in group]
            costs.append(NIGHT_COST * self._spread(nights, self.question.days))
            costs.append(MINUTE_COST * self._spread(minutes, DAY * self.question.days))
        places = {one.code: one for one in self.question.people}
        for wish in self.question.wishes:
            own = self._mine(places[wish.person], range(wish.day, wish.day + 1))
            granted = sum(var for (_, _, code), var in own if wish.slot in ("", code))
            costs.append(WISH_COST * ((1 - granted) if wish.wanted else granted))
        return sum(costs)

    def _spread(self, amounts: Sequence[cp_model.LinearExprT], most: int) -> cp_model.LinearExprT:
        """Most less least."""
        high, low = self.cp.new_int_var(0, most, ""), self.cp.new_int_var(0, most, "")
        for amount in amounts:
            self.cp.add(amount <= high)
            self.cp.add(amount >= low)
        return high - low


class _Telling(cp_model.CpSolverSolutionCallback):
    def __init__(self, told: Told) -> None:
        super().__init__()
        self.told = told

    def on_solution_callback(self) -> None:
        self.told(round(self.objective_value), round(self.best_objective_bound))


def _solver(seconds: float, workers: int) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = 1
    return solver
