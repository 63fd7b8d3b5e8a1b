"""What journeys stand on: one running town for all of a session, a browser for each test."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import sync_playwright

from tests.journeys.browsing import CHROMIUM, FLAGS, Browser
from tests.journeys.towns import CAST_ONLY, Town, running_town


@pytest.fixture(scope="session")
def own_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A running town with the cast alone: leave behind what you like, count on nothing."""
    with running_town(tmp_path_factory.mktemp("town") / "var", CAST_ONLY) as town:
        yield town


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield Browser(chromium)
        chromium.close()
