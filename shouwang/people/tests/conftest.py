"""Browsers that are signed in, and times to act at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from shouwang.core import clock
from shouwang.people import sessions
from shouwang.people.models import Person

NOON = dt.datetime(2026, 3, 11, 4, tzinfo=dt.UTC)  # a Wednesday, 12:00 in Shanghai


@pytest.fixture
def noon() -> dt.datetime:
    return NOON


@pytest.fixture
def signed_in(db: None) -> Callable[[Person], Client]:
    """`signed_in(world.fang.person)`: a browser in a proven session."""

    def browser(person: Person, *, admin: bool = False) -> Client:
        at, client = clock.now(), Client()
        session, token = sessions.open_session(person, label="Linux · Chrome", at=at, proven=True)
        if admin:
            session.admin_until = at + sessions.ADMINISTRATION
            session.save()
        client.cookies["sw_session"] = token
        return client

    return browser
