"""Browsers of those who hold a post here, of their colleagues, and of those who hold the same post next door."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.test import Client
from psycopg.types.range import TimestamptzRange

from shouwang.core import clock
from shouwang.demo.world import Cast, World
from shouwang.demo.world_ground import SINCE
from shouwang.people import sessions
from shouwang.people.models import Person, Post
from shouwang.people.roles import ADMIN_ROLES
from shouwang.places.models import Area

TOP = ("bureau", "county")  # whoever stands there has a whole town: next door is another one
numbers = count(900)


def areas_next_door(world: World) -> dict[str, Area]:
    """An area of each tier beside those of the cast, under the same bureau and the same county, as far as it can."""
    made: dict[str, Area] = {}
    for tier, duty, government in (
        ("bureau", "/", ""), ("county", "", "/"), ("station", world.bureau, ""), ("township", "", world.county),
        ("community", "station", "township"), ("grid", "community", "community"), ("grid_point", "grid", "grid"),
    ):  # fmt: skip
        number = next(numbers)
        paths = {
            name: f"{above if above == '/' else getattr(made.get(above, above), name)}{number}/"
            for name, above in (("duty_path", duty), ("government_path", government)) if above
        }  # fmt: skip
        made[tier] = Area.objects.create(
            number=number, code=f"NEXT-{number}", scheme="OWN", tier=tier, name=f"东门{tier}",
            layer="duty" if duty else "government", **paths,
        )  # fmt: skip
    return made


def newcomer(role: str, area: Area, *, sworn: bool) -> Person:
    """Somebody new with that post there."""
    number = next(numbers)
    person = Person.objects.create(name=f"新人{number}", login=f"new{number}", sworn=sworn, created_at=SINCE)
    since: Any = TimestamptzRange(SINCE, None)
    Post.objects.create(person=person, role=role, area=area, during=since, accepted_at=SINCE)
    return person


def a_resident() -> Person:
    """Somebody new with an account and no post."""
    number = next(numbers)
    return Person.objects.create(name=f"居民{number}", login=f"new{number}", standing="resident", created_at=SINCE)


def browser_of(person: Person, role: str) -> Client:
    at, client = clock.now(), Client()
    session, client.cookies["sw_session"] = sessions.open_session(person, label="x", at=at, proven=True)
    session.admin_until = at + sessions.ADMINISTRATION if role in ADMIN_ROLES else None
    session.save()
    return client


def post_of(holder: Cast) -> Post:
    assert holder.post is not None
    return holder.post
