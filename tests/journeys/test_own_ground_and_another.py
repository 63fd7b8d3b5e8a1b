"""Every address with a key × every role: a thing of another ground does not exist, one of the own ground does (S3)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from shouwang.core import clock
from shouwang.core.ids import new_id
from shouwang.people.models import Person, Post
from shouwang.people.roles import ROLES
from shouwang.places.models import Area
from tests.journeys.addresses import NOBODYS, patterns
from tests.journeys.ground_table import FURTHER, GROUND, IN_THE_ACT, KINDS, REASONS, WORDS
from tests.journeys.planting import Ground
from tests.journeys.route_table import IN, ROUTES
from tests.journeys.test_every_route_and_role import HOLDERS, browser_of, elsewhere  # noqa: F401  (fixtures)

COMMITS = {"desk:look"}  # opens transactions of its own, which a test that is rolled back cannot give
OUTLIVES = {"people:person_close", "people:sessions_end"}  # end what the asker himself stands on: refusals only
SEES = {"station_head", "dispatcher", "community_officer"}  # whose own ground holds a thing of every kind


def keyed() -> set[str]:
    return {name for name, (_, pattern) in patterns().items() if name in ROUTES and pattern.pattern.converters}


def without_a_line(names: set[str]) -> set[str]:
    return {name for name in names if GROUND.get(name) not in {*KINDS, *REASONS}}


def test_every_address_with_a_key_says_of_what_or_why_ground_plays_no_part():
    assert without_a_line(keyed()) == set()
    assert set(GROUND) == keyed()


@pytest.mark.control
def test_a_planted_address_with_a_key_is_found():
    assert without_a_line({*keyed(), "desk:planted"}) == {"desk:planted"}


def somebody(area: Area, at: Any) -> Post:
    """Somebody new of that ground: what is planted there is his, not the asker's."""
    person = Person.objects.create(name="旁人", login=new_id().hex, created_at=at)
    return Post.objects.create(person=person, role="auxiliary", area=area, during=(at, None), accepted_at=at)


@pytest.fixture
def next_door(elsewhere: Any) -> Area:  # noqa: F811
    """A community under the station next door."""
    path = f"{elsewhere.area.duty_path}21/"
    return Area.objects.create(
        number=21, code="QS-DM-1", scheme="OWN", tier="community", layer="duty", name="东门社区", duty_path=path
    )


def things(ground: Ground, as_role: Any) -> dict[str, tuple[UUID | str, Any]]:
    """One of each kind on this ground: its key, or the code of an area."""
    found: dict[str, Any] = {}
    for kind, (label, given) in KINDS.items():
        with as_role("owner"):
            row = ground.area if kind == "grid" else ground.one(label, **given)
        found[kind] = row.code if kind == "grid" else row.person_id if kind == "person" else row.pk
    return found


def status(browser: Client, name: str, key: Any) -> int:
    """What the address answers for this thing; what it changed is undone."""
    whole, pattern = patterns()[name]
    places = list(pattern.pattern.converters.items())
    given = {
        place: NOBODYS if type(form).__name__ == "UUIDConverter" else WORDS.get(name, "none") for place, form in places
    }
    where = reverse(whole, kwargs=given | {places[0][0]: key})
    with transaction.atomic():
        answer = browser.get(where)
        answer = browser.post(where) if answer.status_code == 405 else answer
        transaction.set_rollback(True)
    return answer.status_code


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_thing_next_door_does_not_exist_and_ones_own_does(world, browser_of, as_role, next_door, role):  # noqa: F811
    holder, at = getattr(world, HOLDERS[role]), clock.now()
    verbs = ROLES[role]
    doors = [
        name for name, kind in GROUND.items()
        if kind in KINDS and name not in COMMITS and (ROUTES[name] == IN or not verbs.isdisjoint(ROUTES[name].split()))
    ]  # fmt: skip
    if not doors or holder.post is None:
        return
    other = things(Ground(next_door, somebody(next_door, at), at), as_role)
    home = holder.post.area if holder.post.area.tier in ("community", "grid") else world.qiaoxi
    own = things(Ground(home, somebody(home, at), at), as_role) if role in SEES else {}
    over = next_door.duty_path.startswith(holder.post.area.duty_path or "-")
    browser, wrong = browser_of(role), []
    browser.raise_request_exception = False  # a bare row may lack what its own page draws: it was found all the same
    for name in doors:
        kind = GROUND[name]
        there = 404 if over else status(browser, name, other[kind])
        if there not in (404, IN_THE_ACT.get(name)):
            wrong.append((name, "next door", there))
        if own and name not in FURTHER | OUTLIVES and status(browser, name, own[kind]) == 404:
            wrong.append((name, "own", 404))
    assert not wrong, "; ".join(map(str, wrong))
    assert not connection.needs_rollback
