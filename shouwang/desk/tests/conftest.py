"""A town with two doors, and a browser of whoever is asked for."""

from collections.abc import Callable

import pytest
from django.test import Client

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.demo.world import Cast
from shouwang.people.cookies import SESSION
from shouwang.people.sessions import open_session
from shouwang.places.ground import Ground, GroundAddress, GroundFeature
from shouwang.places.loading import load_ground


@pytest.fixture
def two_doors(world, as_role) -> None:
    """桥西路12号 and 桥西路14号, on one road."""
    line = {"type": "LineString", "coordinates": [[111.42, 27.68], [111.44, 27.70]]}
    ground = Ground("test", features=[GroundFeature("road", "primary", line, "桥西路")])
    ground.addresses = [
        GroundAddress("桥西路", "street", "桥西路", "青石县水门街道桥西路", 111.427, 27.686),
        *(
            GroundAddress(name, "building", name, f"青石县水门街道{name}", 111.427, 27.686, "桥西路")
            for name in ("桥西路12号", "桥西路14号")
        ),
    ]
    with as_role("jobs"):
        load_ground(ground, by=Actor.system(), at=clock.now())


@pytest.fixture
def desk_of(two_doors: None) -> Callable[[Cast], Client]:
    """`desk_of(world.shen)`: his browser, signed in."""

    def browser_of(who: Cast) -> Client:
        browser = Client()
        browser.cookies[SESSION] = open_session(who.person, label="test", at=clock.now(), proven=True)[1]
        return browser

    return browser_of
