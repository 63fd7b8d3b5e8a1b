"""A shift in the middle of its work: crews on duty, calls in every phase, some of days before.

Everything is done by the functions that pages call, in the order of its time, so the journal reads like a real one.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.demo.calls import BEFORE, CREWS, MORE_UNITS, NOW, Call
from shouwang.demo.whereabouts import Whereabouts
from shouwang.demo.world import World, load_world
from shouwang.demo.world_cast import UNITS, Part
from shouwang.dispatch import dispatching
from shouwang.dispatch.models import Assignment
from shouwang.duty.models import Crew, Unit
from shouwang.duty.shifts import CrewMember, end_shift, set_away, start_shift
from shouwang.matters.intake import Told, open_matter
from shouwang.matters.models import Matter
from shouwang.matters.notes import add_note
from shouwang.matters.steps import take_step
from shouwang.people.models import Person, Post
from shouwang.tracking.tokens import give_token

TOKENS = "demo-units.json"
HALF_DAYS = (7, 19)  # shifts change at 07:00 and 19:00
SHORTEST = dt.timedelta(minutes=90)  # the calls of this shift began in it
AFTER = {"accepted": 31, "sent": 45, "signed": 60, "departed": 75, "arrived": 420, "reported": 560, "cleared": 1500,
         "closed": 1800}  # seconds after the call came in  # fmt: skip
AROUND = dt.timedelta(minutes=20)  # a crew of an earlier day signs on and off around its call
AWAY_AFTER = dt.timedelta(minutes=18)

Act = Callable[[dt.datetime], object]


def shift_began(at: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """The last change of shifts, or 90 minutes ago where that was just now."""
    local = at.astimezone(zone)
    days = (local, local - dt.timedelta(days=1))
    changes = [day.replace(hour=hour, minute=0, second=0, microsecond=0) for day in days for hour in HALF_DAYS]
    return min(max(change for change in changes if change <= local), local - SHORTEST).astimezone(dt.UTC)


def play(at: dt.datetime, began: dt.datetime) -> World:
    """Write the shift that is on at `at` and began at `began`; the tokens its crews report with go to a file."""
    world = load_world()
    stage = Stage(world, began)
    acts = [*stage.on_duty(at), *(act for call in (*NOW, *BEFORE) for act in stage.course(call, at))]
    for when, act in sorted(acts, key=lambda pair: pair[0]):
        act(when)
    keep_tokens(world, stage.units, at)
    return world


@dataclass
class Stage:
    """Who plays: the world of the cast, with more units and their crews."""

    world: World
    began: dt.datetime
    units: dict[str, Unit] = field(default_factory=dict)
    crews: dict[str, list[CrewMember]] = field(default_factory=dict)
    where: Whereabouts = field(init=False)

    def __post_init__(self) -> None:
        self.where = Whereabouts(self.world)
        self.units = {part.key: self.world.units[part.key] for part in UNITS} | _more_units(self.world)
        self.crews = {key: _crew(self.world, key) for key in CREWS}

    def on_duty(self, at: dt.datetime) -> Iterator[tuple[dt.datetime, Act]]:
        for key in CREWS:
            yield self.began, self._sign_on(key)
        yield (
            at - AWAY_AFTER,
            lambda when: set_away(unit=self.units["cycle"], reason="用餐", by=self.world.zhou, at=when),
        )

    def _sign_on(self, key: str) -> Act:
        return lambda when: start_shift(unit=self.units[key], crew=self.crews[key], by=self.world.zhou, at=when)

    def course(self, call: Call, at: dt.datetime) -> Iterator[tuple[dt.datetime, Act]]:
        """What happened to a call, each with its time."""
        came, played = at - dt.timedelta(seconds=call.ago_s), _Course(self, call)
        if call in BEFORE and call.unit:
            yield came - AROUND, self._sign_on(call.unit)
            yield (
                came + dt.timedelta(seconds=AFTER["closed"]) + AROUND,
                lambda when: end_shift(unit=self.units[call.unit], by=self.world.zhou, at=when),
            )
        yield came, played.opened
        for step, seconds in AFTER.items():
            if call.reaches(step) and (call.unit or step == "accepted"):
                yield came + dt.timedelta(seconds=seconds), getattr(played, step)


@dataclass
class _Course:
    """The acts of one call. `matter` and `assignment` are there once it was opened and sent."""

    stage: Stage
    call: Call
    matter: Matter = field(default_factory=Matter)
    assignment: Assignment = field(default_factory=Assignment)

    @property
    def _desk(self) -> Actor:
        return self.stage.world.cast["fang"]

    @property
    def _crew(self) -> Actor:
        lead = Crew.objects.filter(shift__unit=self.assignment.unit_id, lead=True).order_by("-during").first()
        assert lead is not None
        return Actor(person_id=lead.person_id)

    def opened(self, at: dt.datetime) -> None:
        point, text, address = self.stage.where(self.call.place)
        self.matter = open_matter(
            kind="incident", by=self._desk, at=at, point=point, place_text=text, address=address,
            subkind=self.call.subkind, gist=self.call.gist, words=self.call.words, channel="phone",
            told=Told(number=self.call.number),
        )  # fmt: skip

    def accepted(self, at: dt.datetime) -> None:
        take_step(self.matter, "accept", by=self._desk, at=at)

    def sent(self, at: dt.datetime) -> None:
        unit = self.stage.units[self.call.unit]
        self.assignment = dispatching.send_unit(matter=self.matter, unit=unit, by=self._desk, at=at)

    def signed(self, at: dt.datetime) -> None:
        dispatching.sign(assignment=self.assignment, by=self._crew, at=at)

    def departed(self, at: dt.datetime) -> None:
        dispatching.depart(assignment=self.assignment, by=self._crew, at=at)

    def arrived(self, at: dt.datetime) -> None:
        dispatching.arrive(assignment=self.assignment, by=self._crew, at=at)

    def reported(self, at: dt.datetime) -> None:
        dispatching.report(assignment=self.assignment, by=self._crew, at=at, text=self.call.report)

    def cleared(self, at: dt.datetime) -> None:
        dispatching.clear(assignment=self.assignment, by=self._crew, at=at)
        if self.call.note:
            add_note(self.matter, self.call.note, by=self._desk, at=at)

    def closed(self, at: dt.datetime) -> None:
        take_step(self.matter, "close", by=self._desk, at=at, outcome=self.call.outcome)


def _more_units(world: World) -> dict[str, Unit]:
    home = world.station
    with acting(Actor.system()):
        return {
            part.key: Unit.objects.create(
                name=part.name, call_sign=part.call_sign, initials=part.initials, form=part.form, home=home,
                duty_path=home.duty_path, government_path=home.government_path,
            )
            for part in MORE_UNITS
        }  # fmt: skip


def _crew(world: World, key: str) -> list[CrewMember]:
    """The people of a unit, written into the town: each with a post at the station."""
    members = []
    posted = world.ming.post
    with acting(Actor.system()):
        for number, (name, sworn) in enumerate(CREWS[key]):
            part = Part(f"{key}_{number}", name, (), sworn=sworn)
            person = Person.objects.create(
                name=part.name, login=part.key, sworn=sworn, created_at=posted.during.lower,
                badge=f"0431{number}{list(CREWS).index(key)}" if sworn else "",
            )  # fmt: skip
            Post.objects.create(
                person=person, role="police_officer" if sworn else "auxiliary", area=world.station,
                during=posted.during, accepted_at=posted.accepted_at,
            )  # fmt: skip
            members.append(CrewMember(person, recorder=f"51205{number}{list(CREWS).index(key)}", lead=number == 0))
    return members


def keep_tokens(world: World, units: dict[str, Unit], at: dt.datetime) -> None:
    """A token of each unit into a file that only this account reads: what moves the crews reports with them."""
    tokens = {str(unit.pk): give_token(unit=unit, by=world.lin, at=at)[1] for unit in units.values()}
    path = Path(settings.VAR) / "secrets" / TOKENS
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(tokens, file)
