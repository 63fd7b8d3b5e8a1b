"""What journeys stand on: one running town for all of a session."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from shouwang.core import clock
from shouwang.people.cookies import SESSION
from shouwang.people.sessions import open_session
from tests.journeys.desks import Desk
from tests.journeys.towns import CAST_ONLY, Town, running_town


@pytest.fixture(scope="session")
def own_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A running town with the cast alone: leave behind what you like, count on nothing."""
    with running_town(tmp_path_factory.mktemp("town") / "var", CAST_ONLY) as town:
        yield town


@pytest.fixture
def desk(world: Any) -> Desk:
    """`desk("fang")`: a client of the pages, signed in as Fang."""

    def sign_in(who: str) -> Client:
        client = Client()
        client.cookies[SESSION] = open_session(world.cast[who].person, label="test", at=clock.now(), proven=True)[1]
        return client

    return sign_in
