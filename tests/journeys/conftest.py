"""What journeys stand on: one running town for all of a session, a browser for each test."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
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


@pytest.fixture
def process_of(as_role: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], AbstractContextManager[None]]:
    """`process_of("resident", "portal:mine")`: a resident's own pages are answered by the portal's process."""

    @contextmanager
    def answering(role: str, name: str) -> Iterator[None]:
        if role != "resident" or not name.startswith("portal:"):
            yield
            return
        with monkeypatch.context() as patch, as_role("portal"):
            patch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, role="portal"))
            yield

    return answering
