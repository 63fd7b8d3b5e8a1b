"""A shift at the desks of one room, made up at random and repeatable by seed: what rings where, and for how long.

Calls, crews and people's slowness are made up. What they do is done by the verb functions that pages and phones call,
on the database; time is passed by the ticks of the jobs process; what a desk hears is asked as its page asks.
Ticks that find nothing due are left out.
"""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from psycopg.types.range import TimestamptzRange

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.dispatch import dispatching, ticking
from shouwang.dispatch.models import Assignment
from shouwang.dispatch.ticking import just_unreceived
from shouwang.duty import alerts, checking_in
from shouwang.duty.models import Alert, AlertKind, Unit
from shouwang.duty.ringing import Line, lines_of
from shouwang.duty.shifts import CrewMember, start_shift
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.people.models import Person, Post

MORNING = dt.datetime(2026, 11, 22, 23, tzinfo=dt.UTC)  # 07:00 of the 23rd in Shanghai
YEAR = dt.timedelta(days=365)
SORTS = ("order.fight", "traffic.accident", "crime.theft", "help.lost_person", "order.disturbance")
UNRECEIVED, UNSIGNED, RETURNED, SUPPORT, SOS = 0.03, 0.04, 0.02, 0.03, 0.007  # of the tasks
LONE, EVERY, LATE = 8, dt.timedelta(minutes=30), 0.03  # units with a check-in timer; share of check-ins that come late


@dataclass
class Log:
    """What happened to alerts, and what began to ring at which desk. `seen`: the lines of a desk at a moment."""

    rung: list[tuple[dt.datetime, int, str]] = field(default_factory=list)
    seen: list[tuple[dt.datetime, int, list[Line], int]] = field(default_factory=list)

    def per_ten_minutes(self, desks: int, start: dt.datetime, end: dt.datetime) -> float:
        """How often something began to ring at a desk in ten minutes, over all desks."""
        n = sum(start <= at < end for at, _desk, _what in self.rung)
        return n / desks / ((end - start).total_seconds() / 600)

    def most_at_a_desk(self, start: dt.datetime, end: dt.datetime) -> int:
        counts: dict[int, int] = defaultdict(int)
        for at, desk, _what in self.rung:
            counts[desk] += start <= at < end
        return max(counts.values(), default=0)


@dataclass
class Seat:
    by: Actor
    busy_until: dt.datetime
    ringing: set[tuple[str, ...]] = field(default_factory=set)
    beeped: set[UUID] = field(default_factory=set)


class Shift:
    """`calls_an_hour` come in, ten times as many while `surge`; `lines` is how alerts are laid out for a desk.

    In a surge the radio net is full and crews are slow: four times as many tasks are not received or not signed.
    """

    def __init__(
        self, world: Any, *, seed: int, calls_an_hour: float = 24, n_desks: int = 4, n_units: int = 40,
        surge: tuple[float, float] = (0, 0), lines: Callable[..., list[Line]] = lines_of,
    ) -> None:  # fmt: skip
        self.world, self.dice, self.lines, self.calls_an_hour = world, random.Random(seed), lines, calls_an_hour
        self.start = self.now = MORNING
        self.surge, self.log = surge, Log()
        self._due: list[tuple[dt.datetime, int, Callable[[], None]]] = []
        self._order, self._ticks = itertools.count(), set[dt.datetime]()
        self._open: tuple[Any, ...] = ()
        self.waiting: list[Matter] = []
        self.seats = [Seat(_staff(world, f"seat{n}", "dispatcher"), MORNING) for n in range(n_desks)]
        self.leads: dict[UUID, Actor] = {}
        self.free = [self._unit(n) for n in range(n_units)]

    def _unit(self, n: int) -> Unit:
        home = self.world.station
        with acting(Actor.system()):
            unit = Unit.objects.create(
                name=f"巡{n:02}", call_sign=f"L{n:02}", initials=f"x{n:02}", form="car", home=home,
                duty_path=home.duty_path, government_path=home.government_path,
            )  # fmt: skip
        lead = _staff(self.world, f"crew{n}", "police_officer")
        crew = [CrewMember(Person.objects.get(pk=lead.person_id), recorder=f"R{n:02}", lead=True)]
        start_shift(unit=unit, crew=crew, by=self.world.zhou, at=self.start - dt.timedelta(minutes=5))
        self.leads[unit.pk] = lead
        if n < LONE:
            checking_in.begin_check_in(every=EVERY, by=lead, at=self.start)
            self.in_s(EVERY.total_seconds(), lambda: self._check_in(lead))
        return unit

    def in_s(self, seconds: float, act: Callable[[], None]) -> None:
        heapq.heappush(self._due, (self.now + dt.timedelta(seconds=seconds), next(self._order), act))

    def tick_in(self, seconds: float, every_s: int = 5) -> None:
        """The jobs process looks every five seconds (check-ins: fifteen): at the first look after that."""
        whole = (self.now - self.start).total_seconds() + seconds
        at = self.start + dt.timedelta(seconds=(whole // every_s + 1) * every_s)
        if at not in self._ticks:
            self._ticks.add(at)
            heapq.heappush(self._due, (at, next(self._order), self._tick))

    def _tick(self) -> None:
        ticking.tick(self.now)
        alerts.escalate(self.now)
        if (self.now - self.start).total_seconds() % 15 == 0:
            checking_in.tick(self.now)
        for number, seat in enumerate(self.seats):
            for task in set(just_unreceived(seat.by, self.now)) - seat.beeped:
                seat.beeped.add(task)
                self.log.rung.append((self.now, number, "unreceived"))

    def run(self, minutes: float) -> Log:
        end = self.start + dt.timedelta(minutes=minutes)
        self._next_call()
        while self._due and self._due[0][0] < end:
            self.now, _n, act = heapq.heappop(self._due)
            act()
            self._listen()
        return self.log

    @property
    def surging(self) -> bool:
        first, last = self.surge
        return first <= (self.now - self.start).total_seconds() / 60 < last

    def _next_call(self) -> None:
        gap_s = self.dice.expovariate(self.calls_an_hour * (10 if self.surging else 1) / 3600)
        self.in_s(gap_s, self._call)

    def _call(self) -> None:
        """Whoever has been free longest talks to the caller for a minute or two and sends a crew."""
        self._next_call()
        seat = min(self.seats, key=lambda one: one.busy_until)
        began = max(self.now, seat.busy_until)
        seat.busy_until = began + dt.timedelta(seconds=self.dice.uniform(50, 120))
        self.in_s((seat.busy_until - self.now).total_seconds(), lambda: self._taken(seat))

    def _taken(self, seat: Seat) -> None:
        matter = open_matter(
            kind="incident", by=seat.by, at=self.now, subkind=self.dice.choice(SORTS), point=(111.427, 27.69),
            place_text="桥西路12号", gist="有人打架", channel="phone",
        )  # fmt: skip
        self.waiting.append(matter)
        self._send(seat)

    def _send(self, seat: Seat) -> None:
        """The oldest call that waits; with nobody free it waits until somebody is."""
        if self.waiting and self.free:
            matter, unit = self.waiting.pop(0), self.free.pop(0)
            task = dispatching.send_unit(matter=matter, unit=unit, by=seat.by, at=self.now)
            self._work(task, seat)

    def _work(self, task: Assignment, seat: Seat) -> None:
        crew, roll = self.leads[task.unit_id], self.dice.random() / (4 if self.surging else 1)
        if roll < UNRECEIVED:
            sign_s = self.dice.uniform(40, 90)
        else:
            self.in_s(self.dice.uniform(1, 4), lambda: _still(dispatching.mark_delivered, task, crew, self.now))
            late = roll < UNRECEIVED + UNSIGNED
            sign_s = self.dice.uniform(70, 300) if late else min(55.0, self.dice.lognormvariate(2.6, 0.5))
        self.tick_in(10)
        self.tick_in(60)
        self.in_s(sign_s, lambda: self._signed(task, crew, seat))

    def _signed(self, task: Assignment, crew: Actor, seat: Seat) -> None:
        _still(dispatching.sign, task, crew, self.now)
        roll = self.dice.random()
        if roll < RETURNED:
            self.in_s(30, lambda: self._given_back(task, crew, seat))
            return
        arrive_s = self.dice.uniform(180, 600)
        self.in_s(arrive_s, lambda: _still(dispatching.arrive, task, crew, self.now))
        if roll < RETURNED + SUPPORT:
            self.in_s(arrive_s + 60, lambda: _still(dispatching.ask_support, task, crew, self.now))
        elif roll < RETURNED + SUPPORT + SOS:
            unit = Unit.objects.get(pk=task.unit_id)
            self.in_s(arrive_s + 60, lambda: _raised(alerts.call_for_help(unit=unit, by=crew, at=self.now)))
        self.in_s(arrive_s + self.dice.uniform(600, 1800), lambda: self._cleared(task, crew, seat))

    def _given_back(self, task: Assignment, crew: Actor, seat: Seat) -> None:
        dispatching.return_assignment(assignment=task, reason="breakdown", by=crew, at=self.now)
        self.waiting.insert(0, task.matter)
        self.in_s(40, lambda: self._send(seat))
        self.in_s(3600, lambda: self.free.append(task.unit))

    def _cleared(self, task: Assignment, crew: Actor, seat: Seat) -> None:
        _still(dispatching.clear, task, crew, self.now)
        self.free.append(task.unit)
        self._send(seat)

    def _check_in(self, crew: Actor) -> None:
        """In time, or, now and then, minutes late."""
        late_s = self.dice.uniform(100, 420) if self.dice.random() < LATE else 0.0
        if late_s:
            for after_s in (80, 95, 265, 280):
                self.tick_in(after_s, 15)
        self.in_s(late_s, lambda: _raised(checking_in.check_in(by=crew, at=self.now)))
        self.in_s(late_s + EVERY.total_seconds() - 20, lambda: self._check_in(crew))

    def _listen(self) -> None:
        """What rings now and did not before, at each desk; somebody looks at it after a while."""
        now_open = tuple(Alert.objects.filter(settled_at=None).order_by("pk").values_list("pk", "escalated_at"))
        if now_open == self._open:
            return
        fresh, self._open = {pk for pk, _at in now_open} - {pk for pk, _at in self._open}, now_open
        if fresh:
            self.tick_in(alerts.ESCALATE.total_seconds())
        for number, seat in enumerate(self.seats):
            lines = self.lines(alerts.open_alerts(seat.by, self.now), seat.by.person_id)
            self.log.seen.append((self.now, number, lines, len(now_open)))
            ringing = {key_of(line) for line in lines if line.rings}
            for key in sorted(ringing - seat.ringing):
                self.log.rung.append((self.now, number, key[0]))
                self._look(seat)
            seat.ringing = ringing

    def _look(self, seat: Seat) -> None:
        """Within seconds; in the middle of a call perhaps only when it is over."""
        talking_s = (seat.busy_until - self.now).total_seconds()
        if talking_s <= 0:
            wait_s = self.dice.uniform(3, 12)
        else:
            wait_s = self.dice.uniform(8, 20) if self.dice.random() < 0.5 else talking_s + 3
        self.in_s(wait_s, lambda: self._take_notice(seat))

    def _take_notice(self, seat: Seat) -> None:
        lines = self.lines(alerts.open_alerts(seat.by, self.now), seat.by.person_id)
        ringing = [line for line in lines if line.rings]
        if ringing:
            alerts.acknowledge_alerts(keys=[one.pk for one in ringing[0].alerts], by=seat.by, at=self.now)
        if len(ringing) > 1:
            self.in_s(3, lambda: self._take_notice(seat))


def key_of(line: Line) -> tuple[str, ...]:
    """What makes a line the same from one moment to the next: the alert itself, or its kind."""
    single = line.kind in (AlertKind.SOS, AlertKind.SUPPORT)
    return (line.kind, str(line.first.pk)) if single else (line.kind,)


def _still(verb: Callable[..., object], task: Assignment, crew: Actor, at: dt.datetime) -> None:
    """Unless the desk has taken the task back meanwhile."""
    if Assignment.objects.get(pk=task.pk).is_open:
        verb(assignment=task, by=crew, at=at)


def _raised(_row: object) -> None:
    """An act whose answer nobody needs."""


def _staff(world: Any, login: str, role: str) -> Actor:
    with acting(Actor.system()):
        person = Person.objects.create(name=login, login=login, sworn=True, badge="", created_at=MORNING - YEAR)
        Post.objects.create(
            person=person, role=role, area=world.station, during=TimestamptzRange(MORNING - YEAR, None),
            accepted_at=MORNING - YEAR,
        )  # fmt: skip
    return Actor(person_id=person.pk)
