"""Every address × every role × own and other ground: opened, refused, or not found, as the tables say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLResolver, reverse
from django.urls.resolvers import get_resolver

from shouwang.core import clock
from shouwang.dispatch.models import Assignment
from shouwang.duty.models import Alert, Shift, Unit, UnitForm
from shouwang.evidence.models import Evidence
from shouwang.matters.intake import Told, open_matter
from shouwang.matters.models import Matter, Sheet
from shouwang.people import screens, sessions
from shouwang.people.roles import ADMIN_ROLES, ROLES
from shouwang.places.models import Area
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
BUREAU_WIDE = {"bureau_head", "inspector", "auditor"}
COMMITS = "desk:look"  # opens transactions of its own, which a test that is rolled back cannot give: refusals only
MATTER_DOORS = [
    ("desk:matter", "GET"), ("desk:step", "POST"), ("desk:step_form", "GET"), ("desk:note", "POST"),
    ("desk:apart", "POST"), ("desk:look", "POST"), ("desk:send", "POST"),
]  # fmt: skip


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


@pytest.fixture
def process_of(as_role, monkeypatch):
    """`process_of("resident", "portal:mine")`: a resident's own pages are answered by the portal's process."""

    @contextmanager
    def answering(role, name):
        if role != "resident" or not name.startswith("portal:"):
            yield
            return
        with monkeypatch.context() as patch, as_role("portal"):
            patch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, role="portal"))
            yield

    return answering


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


def call(world: Any) -> Matter:
    return open_matter(
        kind="incident",
        by=world.fang,
        at=clock.now(),
        point=(111.4292, 27.6831),
        subkind="order.fight",
        gist="吵架",
        told=Told(number="13800000000"),
    )


@pytest.fixture
def here(world: Any) -> Matter:
    return call(world)


@pytest.fixture
def given(world: Any) -> dict[str, Any]:
    """What the doors ask for besides the matter, all of it on one's own ground."""
    return {"unit": world.booth.pk, "other": call(world).pk}


@pytest.fixture
def elsewhere(world: Any) -> Matter:
    """The same under the station next door, which the same bureau answers for."""
    area = Area.objects.create(
        number=20, code="QS-DM", scheme="OWN", tier="station", layer="duty", name="东门派出所", duty_path="/1/20/"
    )
    return Matter.objects.create(
        reference="elsewhere", number=1, kind="incident", state="received", phase="active", area=area,
        duty_path=area.duty_path, opened_at=clock.now(), responsible=world.cheng.post,
    )  # fmt: skip


@pytest.mark.parametrize(("door", "method"), MATTER_DOORS)
def test_a_matter_next_door_does_not_exist_and_ones_own_does(browser_of, here, elsewhere, given, door, method):
    for role in ROLES:
        if ROLES[role].isdisjoint(ROUTES[door].split()):
            continue
        browser = browser_of(role)
        other = ask(browser, door, method, elsewhere, given) if role not in BUREAU_WIDE or door != COMMITS else 200
        own = ask(browser, door, method, here, given) if door != COMMITS else 200
        assert own != 404, (door, role)
        assert (other == 404) == (role not in BUREAU_WIDE), (door, role, other)


KEYED_DOORS = {
    "desk:crew": ("GET", "unit"), "desk:track": ("POST", "unit"), "desk:token": ("POST", "unit"),
    "desk:sheet": ("GET", "sheet"), "desk:evidence": ("GET", "evidence"), "desk:recall": ("POST", "assignment"),
    "desk:acknowledge": ("POST", "alert"),
}  # fmt: skip


def things_on(ground: Area, path: str, matter: Matter, person: Any) -> dict[str, Any]:
    """One of each, on this ground."""
    at = clock.now()
    unit = Unit.objects.create(name=f"{ground.name}9组", form=UnitForm.CAR, home=ground, duty_path=path)
    shift = Shift.objects.create(unit=unit, during=(at, None), since=at)
    return {
        "unit": unit,
        "sheet": Sheet.objects.create(kind="shift", area=ground, duty_path=path, made_at=at, giver=person),
        "evidence": Evidence.objects.create(
            matter=matter.pk, kind="photo", content_type="image/jpeg", sha256=bytes(32), size=1, added_at=at
        ),
        "assignment": Assignment.objects.create(matter=matter, unit=unit, shift=shift, sent_at=at),
        "alert": Alert.objects.create(
            kind="unsigned", subject=matter.pk, unit=unit, matter=matter, raised_at=at, duty_path=path
        ),
    }


@pytest.mark.parametrize("door", KEYED_DOORS)
def test_a_thing_next_door_does_not_exist_and_ones_own_does(world, browser_of, here, elsewhere, door):
    method, thing = KEYED_DOORS[door]
    own = things_on(world.station, world.station.duty_path, here, world.zhou.person_id)[thing]
    other = things_on(elsewhere.area, elsewhere.duty_path, elsewhere, world.cheng.person_id)[thing]
    for role in ROLES:
        if ROLES[role].isdisjoint(ROUTES[door].split()):
            continue
        browser = browser_of(role)
        ask_for = browser.get if method == "GET" else browser.post
        there = ask_for(reverse(door, kwargs={"key": other.pk})).status_code
        assert (there == 404) == (role not in BUREAU_WIDE | {"bureau_head"}), (door, role, there)
        if role in ("dispatcher", "duty_lead", "station_head"):
            assert ask_for(reverse(door, kwargs={"key": own.pk})).status_code != 404, (door, role)


def ask(browser: Client, door: str, method: str, matter: Matter, given: dict[str, Any]) -> int:
    known = {"key": matter.pk, "name": "arrive"} if "step" in door else {"key": matter.pk}
    send = browser.get if method == "GET" else browser.post
    return int(send(reverse(door, kwargs=known), given).status_code)
