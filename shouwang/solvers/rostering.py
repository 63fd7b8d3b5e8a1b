"""Who works which shift on which day: cover, rest, hours, free weekends and wishes, with the gap to the bound.

Model   one bool a person, day and shift; rules are hard, cover and wishes cost a penalty when they are not met
Method  CP-SAT for a first roster and a bound, then neighbourhoods (a few people, or a few days, set free) until the
        time is used up
Source  the rules of the shift scheduling benchmarks (Curtois & Qu 2014); at the edges of the horizon a block of work or
        of days off may be short, since what lies beyond is not known
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

FIRST_SHARE = 0.35  # of the time: a first roster and the bound
ROUND_S = 4.0
FREE_CELLS = 400  # person-days that one neighbourhood sets free, at most
DAYS_FREE = 7
SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True, slots=True)
class Shift:
    """`minutes` long; `not_before` are the shifts that may not follow it the next day (rest)."""

    code: str
    minutes: int
    not_before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """One person's limits over the horizon. A shift missing in `most` is one he is not trained for."""

    code: str
    most: dict[str, int]
    most_minutes: int
    least_minutes: int = 0
    most_running: int = 7
    least_running: int = 1
    least_off: int = 1
    most_weekends: int = 99
    off: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Wish:
    """A shift wanted (`wanted`) or not wanted; `weight` is what it costs when it is not granted."""

    member: str
    day: int
    shift: str
    weight: int
    wanted: bool


@dataclass(frozen=True, slots=True)
class Cover:
    """How many are needed, and what each one too few or too many costs."""

    day: int
    shift: str
    needed: int
    under: int
    over: int


@dataclass(frozen=True, slots=True)
class Task:
    """Days are counted from 0, a Monday."""

    days: int
    shifts: tuple[Shift, ...]
    members: tuple[Member, ...]
    wishes: tuple[Wish, ...] = ()
    cover: tuple[Cover, ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """`assignment[member][day]` is a shift's code or "". `penalty` None: the rules cannot all be kept."""

    penalty: int | None
    bound: int
    seconds: float
    assignment: dict[str, list[str]] = field(default_factory=dict)

    @property
    def gap(self) -> float | None:
        """(penalty - bound) / penalty; 0 is proven optimal."""
        if self.penalty is None:
            return None
        return 0.0 if self.penalty <= self.bound else (self.penalty - self.bound) / self.penalty


def solve(
    task: Task,
    *,
    seconds: float = 60.0,
    workers: int = 2,
    seed: int = 1,
    told: Callable[[int, int], None] | None = None,
) -> Roster:
    """The best roster found. `told(penalty, bound)` is called whenever a better one is found."""
    began = time.monotonic()
    limits = _Limits(began + seconds, workers, seed)
    best, bound, proven = _first(task, limits, seconds * FIRST_SHARE)
    if best is None:
        return Roster(None, bound, time.monotonic() - began)
    if told:
        told(best[0], bound)
    if not proven:
        best = _improve(task, best, bound, limits, told)
    penalty, cells = best
    rows = {member.code: [cells.get((m, day), "") for day in range(task.days)] for m, member in enumerate(task.members)}
    return Roster(penalty, bound, time.monotonic() - began, rows)


Cells = dict[tuple[int, int], str]  # (member's place, day) → shift
Found = tuple[int, Cells]


@dataclass(frozen=True)
class _Limits:
    until: float
    workers: int
    seed: int

    def solver(self, seconds: float, seed: int) -> cp_model.CpSolver:
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = max(0.5, min(seconds, self.until - time.monotonic()))
        solver.parameters.num_workers = self.workers
        solver.parameters.linearization_level = 2  # the bound comes from the linear relaxation
        solver.parameters.random_seed = seed
        return solver


def _first(task: Task, limits: _Limits, seconds: float) -> tuple[Found | None, int, bool]:
    model = Model(task)
    solver = limits.solver(seconds, limits.seed)
    status = solver.solve(model.cp)
    bound = max(0, round(solver.best_objective_bound)) if status != cp_model.INFEASIBLE else 0
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return model.read(solver), bound, status == cp_model.OPTIMAL
    if status == cp_model.INFEASIBLE or time.monotonic() >= limits.until:
        return None, bound, status == cp_model.INFEASIBLE
    return _first(task, limits, limits.until - time.monotonic())


def _improve(task: Task, best: Found, bound: int, limits: _Limits, told: Callable[[int, int], None] | None) -> Found:
    chance = random.Random(limits.seed)
    model, turn = Model(task), 0
    while time.monotonic() < limits.until and best[0] > bound:
        turn += 1
        model.hold_all_but(_neighbourhood(task, chance), best[1])
        solver = limits.solver(ROUND_S, turn)
        solver.parameters.fix_variables_to_their_hinted_value = True
        if solver.solve(model.cp) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            continue
        found = model.read(solver)
        if told and found[0] < best[0]:
            told(found[0], bound)
        if found[0] <= best[0]:
            best = found  # equally good and different helps out of a hollow
    return best


def _neighbourhood(task: Task, chance: random.Random) -> set[tuple[int, int]]:
    """Person-days to set free: everybody for some days, or some people for the whole time."""
    everybody = range(len(task.members))
    if chance.random() < 0.5:
        span = max(2, min(DAYS_FREE, FREE_CELLS // max(1, len(task.members))))
        first = chance.randrange(max(1, task.days - span + 1))
        return {(m, day) for m in everybody for day in range(first, min(task.days, first + span))}
    some = chance.sample(everybody, min(len(task.members), max(2, FREE_CELLS // task.days)))
    return {(m, day) for m in some for day in range(task.days)}


class Model:
    """The rules as CP-SAT sees them. Built once; `hold_all_but` makes a neighbourhood of a roster out of it."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.cp = cp_model.CpModel()
        self._at: dict[tuple[int, int, str], cp_model.IntVar] = {}
        self._on: dict[tuple[int, int], cp_model.IntVar] = {}
        for place, member in enumerate(task.members):
            self._add_days(place, member)
            self._add_totals(place, member)
            self._add_runs(place, member)
        self._objective = self._cost()
        self.cp.minimize(self._objective)

    def read(self, solver: cp_model.CpSolver) -> Found:
        cells = {(place, day): shift for (place, day, shift), var in self._at.items() if solver.value(var)}
        return round(solver.objective_value), cells

    def hold_all_but(self, free: set[tuple[int, int]], cells: Cells) -> None:
        """Everything but `free` is to stay as in `cells` (for a solver that fixes what has a hint)."""
        self.cp.clear_hints()  # type: ignore[no-untyped-call]
        for (place, day, shift), var in self._at.items():
            if (place, day) not in free:
                self.cp.add_hint(var, int(cells.get((place, day)) == shift))

    def _add_days(self, place: int, member: Member) -> None:
        """At most one shift a day, none on a day off, and the rest between two of them."""
        cp = self.cp
        trained = [shift for shift in self.task.shifts if member.most.get(shift.code, 0) > 0]
        for day in range(self.task.days):
            on = self._on[place, day] = cp.new_bool_var("")
            mine = []
            for shift in trained if day not in member.off else []:
                mine.append(cp.new_bool_var(""))
                self._at[place, day, shift.code] = mine[-1]
            cp.add(sum(mine) == on)
            for shift in trained if day else []:
                before = self._at.get((place, day - 1, shift.code))
                barred = [self._at[place, day, code] for code in shift.not_before if (place, day, code) in self._at]
                if before is not None and barred:
                    cp.add_at_most_one(before, *barred)

    def _add_totals(self, place: int, member: Member) -> None:
        """Shifts of each kind, minutes, and weekends."""
        cp, days = self.cp, range(self.task.days)
        minutes = []
        for shift in self.task.shifts:
            mine = [self._at[place, day, shift.code] for day in days if (place, day, shift.code) in self._at]
            if len(mine) > member.most.get(shift.code, 0):
                cp.add(sum(mine) <= member.most[shift.code])
            minutes += [shift.minutes * var for var in mine]
        cp.add_linear_constraint(sum(minutes), member.least_minutes, member.most_minutes)
        weekends = []
        for saturday in range(SATURDAY, self.task.days, 7):
            gone = cp.new_bool_var("")
            weekends.append(gone)
            for day in (saturday, saturday + 1):
                if day < self.task.days:
                    cp.add_implication(self._on[place, day], gone)
        if len(weekends) > member.most_weekends:
            cp.add(sum(weekends) <= member.most_weekends)

    def _add_runs(self, place: int, member: Member) -> None:
        """Not too many days running, and no block of work or of days off that is too short."""
        on = [self._on[place, day] for day in range(self.task.days)]
        for first in range(len(on) - member.most_running):
            self.cp.add(sum(on[first : first + member.most_running + 1]) <= member.most_running)
        self._no_short_block(on, member.least_running)
        self._no_short_block([day.negated() for day in on], member.least_off)

    def _no_short_block(self, days: Sequence[cp_model.LiteralT], least: int) -> None:
        for length in range(1, least):
            for first in range(1, len(days) - length):
                block = days[first : first + length]
                self.cp.add_bool_or(days[first - 1], *(~day for day in block), days[first + length])

    def _cost(self) -> cp_model.LinearExprT:
        costs: list[cp_model.LinearExprT] = []
        places = {member.code: place for place, member in enumerate(self.task.members)}
        for wish in self.task.wishes:
            var = self._at.get((places[wish.member], wish.day, wish.shift))
            if var is not None:
                costs.append(wish.weight * (1 - var if wish.wanted else var))
            elif wish.wanted:
                costs.append(wish.weight)
        for need in self.task.cover:
            costs.append(self._cost_of(need))
        return sum(costs)

    def _cost_of(self, need: Cover) -> cp_model.LinearExprT:
        here = [var for (_, day, shift), var in self._at.items() if day == need.day and shift == need.shift]
        short = self.cp.new_int_var(0, need.needed, "")
        spare = self.cp.new_int_var(0, max(0, len(here)), "")
        self.cp.add(sum(here) + short - spare == need.needed)
        return need.under * short + need.over * spare
