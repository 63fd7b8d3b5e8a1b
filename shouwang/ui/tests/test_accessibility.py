"""axe finds nothing on any part, in any theme, at the desk and on a phone."""

from typing import Any

import pytest

from shouwang.config.environment import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PAGES = ("/ui/", "/ui/portal/", "/ui/follow/", "/ui/question/")
READINGS = {"light": {"theme": "light"}, "dark": {"theme": "dark"}, "elder": {"theme": "light", "reading": "elder"}}

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def violations(page: Any) -> list[str]:
    """What axe found: the rule and the elements."""
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{one['id']}: {node['target']}" for one in result["violations"] for node in one["nodes"]]


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("reading", READINGS)
def test_axe_finds_nothing(chromium, address, reading, width):
    cookies = READINGS[reading] | {"django_language": "zh-hans"}
    with chromium.new_context(viewport={"width": width, "height": 900}, bypass_csp=True) as context:
        context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
        page = context.new_page()
        found = {}
        for path in PAGES:
            page.goto(address + path)
            if path == "/ui/":
                page.wait_for_selector("sw-map[data-ready]")
            page.add_script_tag(path=AXE)
            found[path] = violations(page)

    assert {path: what for path, what in found.items() if what} == {}


def test_axe_finds_a_planted_fault(chromium, address):
    with chromium.new_context(bypass_csp=True) as context:
        page = context.new_page()
        page.goto(f"{address}/ui/question/")
        page.evaluate("document.querySelector('label').remove()")
        page.add_script_tag(path=AXE)

        assert any(found.startswith("label:") for found in violations(page))


@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways_at_320_pixels(chromium, address, path):
    with chromium.new_context(viewport={"width": 320, "height": 640}) as context:
        page = context.new_page()
        page.goto(address + path)

        assert page.evaluate("document.documentElement.scrollWidth") <= 320
