"""A wall screen that nobody touches: it signs in as a screen, holds no more after many rounds than after few, and
comes back by itself when the server was away.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import CHROMIUM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium (Debian: chromium) is not installed"),
]
SCREEN = """
from shouwang.core.clock import now
from shouwang.demo.world import load_world
from shouwang.people import screens
world = load_world()
print(screens.give_screen(world.areas["station"], by=world.zhou, at=now())[1])
"""
ROUND = """() => new Promise((done) => {
  document.addEventListener("htmx:afterSettle", done, { once: true });
  document.dispatchEvent(new CustomEvent("sw:positions", { detail: [] }));
  document.querySelector("#waiting").dispatchEvent(new CustomEvent("sw:refresh"));
})"""
KEEPS = """() => {
  globalThis.kept = [];
  document.addEventListener("htmx:afterSettle", () => kept.push(document.querySelector("#waiting").cloneNode(true)));
}"""
MORE_HEAP_BYTES = 2_000_000  # of caches that fill once


@pytest.fixture
def wall(own_town, browser):
    page = browser.somebody("wall", viewport={"width": 1920, "height": 1080})
    token = own_town.run_python(SCREEN).splitlines()[-1]
    page.context.add_cookies([{"name": "sw_screen", "value": token, "url": own_town.address}])
    page.goto(f"{own_town.address}/desk/wall/")
    expect(page.locator("html")).to_have_attribute("data-line", "live")
    return page


def held(page: Any, tools: Any) -> dict[str, float]:
    """What the page holds after the rubbish is gone: nodes, listeners, bytes of the heap."""
    tools.send("HeapProfiler.collectGarbage")
    metrics = {one["name"]: one["value"] for one in tools.send("Performance.getMetrics")["metrics"]}
    return {name: metrics[name] for name in ("Nodes", "JSEventListeners", "JSHeapUsedSize")}


def rounds(page: Any, n: int) -> None:
    for _ in range(n):
        page.evaluate(ROUND)


def test_many_rounds_leave_nothing_behind(wall):
    tools = wall.context.new_cdp_session(wall)
    tools.send("Performance.enable")
    rounds(wall, 20)
    early = held(wall, tools)

    rounds(wall, 100)

    late = held(wall, tools)
    assert late["Nodes"] <= early["Nodes"] * 1.1
    assert late["JSEventListeners"] <= early["JSEventListeners"] * 1.1
    assert late["JSHeapUsedSize"] <= early["JSHeapUsedSize"] + MORE_HEAP_BYTES


def test_it_comes_back_by_itself_when_the_server_was_away(wall, own_town):
    lost = wall.locator("[data-part=lost]")
    own_town.stop()
    expect(lost).to_be_visible()
    own_town.start()

    expect(lost).to_be_hidden()
    expect(wall.locator("html")).to_have_attribute("data-line", "live")
    expect(wall.locator("#waiting")).to_be_visible()


@pytest.mark.control
def test_a_page_that_keeps_what_it_draws_is_found(wall):
    tools = wall.context.new_cdp_session(wall)
    tools.send("Performance.enable")
    wall.evaluate(KEEPS)
    rounds(wall, 5)
    early = held(wall, tools)

    rounds(wall, 40)

    assert held(wall, tools)["Nodes"] > early["Nodes"] * 1.1
