"""Every address × every role: opened or refused, as the table says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLResolver
from django.urls.resolvers import get_resolver

from shouwang.core import clock
from shouwang.people import screens, sessions
from shouwang.people.roles import ADMIN_ROLES, ROLES
from tests.journeys.addresses import address
from tests.journeys.route_table import IN, OPEN, ROUTES

HOLDERS = {
    "bureau_head": "cheng", "station_head": "lin", "duty_lead": "zhou", "dispatcher": "fang", "inspector": "gu",
    "community_officer": "shen", "police_officer": "ming", "auxiliary": "he", "grid_head": "su", "auditor": "an",
    "deputy_grid_head": "tang", "grid_manager": "yu", "grid_worker": "lu", "neighbourhood_contact": "peng",
    "security_worker": "duan", "patrol_helper": "gao",
    "system_admin": "xi", "security_admin": "bao", "audit_admin": "shenji", "resident": "wang",
}  # fmt: skip
DOORS = ("/people/sign-in/", "/account/in/")  # of staff, of residents
BELOW_PEOPLE = "shouwang.ui."


def routes(patterns: Any = None, space: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)
        elif not pattern.callback.__module__.startswith(BELOW_PEOPLE) and pattern.name:
            yield space + pattern.name, pattern.callback.opening


def written(opening: Any) -> str:
    if opening.everybody or opening.signed_in:
        return OPEN if opening.everybody else IN
    return " ".join([*(verb.value for verb in opening.verbs), *(["screens"] if opening.screens else [])])


def test_every_address_has_its_line_and_every_line_its_address():
    assert {name: written(opening) for name, opening in routes()} == ROUTES


@pytest.fixture
def browser_of(world: Any) -> Callable[[str], Client]:
    """`browser_of("dispatcher")`: signed in as the holder of that role; nobody; a wall screen of the station."""

    def browser(role: str) -> Client:
        at, client = clock.now(), Client()
        if role == "screen":
            client.cookies["sw_screen"] = screens.give_screen(world.station, by=world.zhou, at=at)[1]
        elif role != "nobody":
            person = getattr(world, HOLDERS[role]).person
            session, client.cookies["sw_session"] = sessions.open_session(person, label="x", at=at, proven=True)
            session.admin_until = at + sessions.ADMINISTRATION if role in ADMIN_ROLES else None
            session.save()
        return client

    return browser


def test_every_role_has_its_holder():
    assert set(HOLDERS) == set(ROLES)


GUARDED = sorted(name for name, whom in ROUTES.items() if whom != OPEN)


@pytest.mark.parametrize("role", ["nobody", "screen", *ROLES])
def test_a_role_opens_its_routes_and_no_others(browser_of, process_of, role):
    browser = browser_of(role)
    for name in GUARDED:
        whom = ROUTES[name].split()
        with process_of(role, name):
            answer = browser.get(address(name), headers={"Accept": "text/html"})
        led_to_a_door = any(door in answer.headers.get("Location", "") for door in DOORS)
        let_in = not (answer.status_code == 403 or led_to_a_door)
        if role == "screen":
            expected = "screens" in whom
        else:
            expected = role != "nobody" and (ROUTES[name] == IN or not ROLES[role].isdisjoint(whom))
        assert let_in == expected, (name, role, answer.status_code)
        assert answer.status_code < 500
