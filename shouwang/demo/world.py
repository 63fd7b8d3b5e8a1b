"""The world of the demo and of the tests: two neighbouring communities and a person with a name for every role.

`make_world()` writes it into an empty town, `load_world()` finds it again. Its people are actors:
`take_step(matter, "arrive", by=world.ming, at=noon)`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection
from psycopg.types.range import TimestamptzRange

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.demo.world_cast import PARTS, UNITS, Part
from shouwang.demo.world_ground import BOXES, PLOTS, SINCE, Box, boxes_laid, lay_ground, moved
from shouwang.duty.models import Crew, Shift, Unit
from shouwang.people.models import Person, Post, TierModel
from shouwang.people.models.person import Standing
from shouwang.people.tiers import PRESETS, written
from shouwang.places.models import Area

MARK = "demo: "  # how the comment of a schema begins that the demo made; only an administrator can write it


@dataclass(frozen=True)
class Cast(Actor):
    """Somebody of the cast: an actor with all his posts, and what tests like to have at hand."""

    person: Person = field(default_factory=Person, compare=False, repr=False)
    post: Post | None = field(default=None, compare=False, repr=False)

    @property
    def name(self) -> str:
        return self.person.name

    def afresh(self) -> Cast:
        """The same person without remembered posts: after a post was given or ended."""
        return replace(self, cache={})

    def administering(self) -> Cast:
        """The same person in a session with administration switched on."""
        return replace(self, admin_session=True, cache={})


@dataclass
class World:
    """The cast, the areas and the units, each under its key: `world.fang`, `world.qiaoxi`, `world.qx1`."""

    cast: dict[str, Cast]
    areas: dict[str, Area]
    units: dict[str, Unit]

    def __getattr__(self, key: str) -> Any:
        for found in (self.__dict__.get("cast", {}), self.__dict__.get("areas", {}), self.__dict__.get("units", {})):
            if key in found:
                return found[key]
        raise AttributeError(f"nobody and nothing in the world is called {key}")


def make_world(*, shifts_from: dt.datetime = SINCE, boxes: Mapping[str, Box] = BOXES) -> World:
    """Write the world into a town without areas: all of it, or nothing.

    shifts_from  since when the units with a crew are on shift
    boxes        where each area is to lie, by key; one that a town brought along stays where it is
    """
    with acting(Actor.system()):
        areas = lay_ground(boxes)
        people = {part.key: _person(part, areas) for part in PARTS}
        _units(areas, people, shifts_from, boxes_laid(areas))
        for community in ("qiaoxi", "hebu"):
            TierModel.objects.create(
                area=areas[community], preset="T3P", tiers=written(PRESETS["T3P"]), during=TimestamptzRange(SINCE, None)
            )
    return load_world()


def load_world() -> World:
    """The world as `make_world` left it."""
    people = {person.login: person for person in Person.objects.filter(login__in=[part.key for part in PARTS])}
    posts: dict[str, Post] = {}
    for post in Post.objects.filter(person__in=people.values()).select_related("person", "area").order_by("-id"):
        posts[post.person.login] = post
    by_code = {area.code: area for area in Area.objects.filter(code__in=[plot.code for plot in PLOTS])}
    by_name = {unit.name: unit for unit in Unit.objects.select_related("home")}
    return World(
        cast={key: Cast(person_id=one.pk, person=one, post=posts.get(key)) for key, one in people.items()},
        areas={plot.key: by_code[plot.code] for plot in PLOTS},
        units={unit.key: by_name[unit.name] for unit in UNITS},
    )


def made_by_the_demo() -> bool:
    """Whether this database holds the demo: only then may its people be acted as without a password."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(current_schema()::regnamespace, 'pg_namespace')")
        return str(cursor.fetchone()[0] or "").startswith(MARK)


def _person(part: Part, areas: dict[str, Area]) -> Person:
    person = Person.objects.create(
        name=part.name, login=part.key, sworn=part.sworn, badge=part.badge, created_at=SINCE,
        standing=Standing.RESIDENT if part.resident else Standing.STAFF,
    )  # fmt: skip
    for role, key, responsible in part.posts:
        Post.objects.create(
            person=person, role=role, area=areas[key], responsible=responsible,
            during=TimestamptzRange(SINCE, None), accepted_at=SINCE if part.accepted else None,
        )  # fmt: skip
    return person


def _units(areas: dict[str, Area], people: dict[str, Person], since: dt.datetime, boxes: Mapping[str, Box]) -> None:
    for part in UNITS:
        home = areas[part.home]
        lon, lat = moved(part.at, boxes) if part.at else (None, None)
        unit = Unit.objects.create(
            name=part.name, call_sign=part.call_sign, initials=part.initials, form=part.form, home=home,
            duty_path=home.duty_path, government_path=home.government_path, lon=lon, lat=lat,
        )  # fmt: skip
        if part.crew:
            on = TimestamptzRange(since, None)
            shift = Shift.objects.create(unit=unit, during=on, since=since)
            for who, leads, recorder in part.crew:
                Crew.objects.create(
                    shift=shift, person=people[who], during=on, sworn=people[who].sworn, lead=leads, recorder=recorder
                )
