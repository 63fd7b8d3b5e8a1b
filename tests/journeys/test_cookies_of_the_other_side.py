"""A cookie that was meant for the other side: staff at the public pages, residents at the desk, screens anywhere."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse

from shouwang.core import clock
from shouwang.people import screens, sessions
from tests.journeys.addresses import address
from tests.journeys.test_every_route_and_role import routes

PUBLIC = ("portal:", "transparency:", "map-")
GARBAGE = "x" * 3000 + "é\\"
WHOSE = ["staff", "administrator", "resident", "screen", "garbage"]


@pytest.fixture
def browser_with(world: Any) -> Any:
    """`browser_with("staff")`: somebody who signed in on the side where he belongs."""

    def browser(whose: str) -> Client:
        at, client = clock.now(), Client(raise_request_exception=False)
        if whose == "screen":
            client.cookies["sw_screen"] = screens.give_screen(world.station, by=world.zhou, at=at)[1]
        elif whose == "garbage":
            client.cookies["sw_session"] = client.cookies["sw_screen"] = GARBAGE
        else:
            person = {"staff": world.fang, "administrator": world.xi, "resident": world.wang}[whose].person
            session, client.cookies["sw_session"] = sessions.open_session(person, label="x", at=at, proven=True)
            session.admin_until = at + sessions.ADMINISTRATION if whose == "administrator" else None
            session.save()
        return client

    return browser


def addresses(public: bool) -> list[str]:
    """All that need no argument, or one that anybody can make up."""
    names = [name for name, _opening in routes() if name.startswith(PUBLIC) == public and name != "healthz"]
    found = []
    for name in names:
        with contextlib.suppress(AssertionError):
            found.append(address(name))
    return found


@pytest.mark.parametrize("whose", WHOSE)
def test_public_pages_answer_every_cookie_as_the_portal(browser_with, as_role, whose):
    browser = browser_with(whose)
    with override_settings(ENVIRONMENT=replace(settings.ENVIRONMENT, role="portal")), as_role("portal"):
        answers = {one: browser.get(one, headers={"Accept": "text/html"}).status_code for one in addresses(True)}

    assert {one: status for one, status in answers.items() if status == 500} == {}
    assert answers[reverse("portal:home")] == 200


@pytest.mark.parametrize("whose", WHOSE)
def test_staff_pages_answer_every_cookie_and_open_to_no_stranger(browser_with, whose):
    browser = browser_with(whose)
    answers = {one: browser.get(one, headers={"Accept": "text/html"}).status_code for one in addresses(False)}

    assert {one: status for one, status in answers.items() if status >= 500} == {}
    if whose in ("resident", "garbage"):
        assert answers["/desk/"] in (302, 403)
        assert answers["/administration/"] in (302, 403)
