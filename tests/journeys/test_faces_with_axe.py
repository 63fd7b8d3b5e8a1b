"""axe finds nothing on the desk, the wall, the phone and the public pages: light, dark, large text, three widths."""

from __future__ import annotations

import pytest
from playwright.sync_api import sync_playwright

from tests.house.tree import ROOT
from tests.journeys.browsing import CHROMIUM, FLAGS, Browser, running_town

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium (Debian: chromium) is not installed"),
    pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed (npm ci)"),
]
LOOKS = (("light", ""), ("dark", ""), ("light", "elder"))
WIDTHS = (1440, 1024, 390)
STAFF = ("/desk/", "/desk/messages/", "/desk/sheets/", "/desk/keys/", "/desk/wall/")
PUBLIC = ("/", "/report/", "/r/", "/field/")


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    with running_town(tmp_path_factory.mktemp("axe") / "var") as found:
        yield found


def faults(page, address, look, width):
    """What axe calls a violation on that page, in words."""
    theme, reading = look
    page.set_viewport_size({"width": width, "height": 900})
    cookies = [{"name": "theme", "value": theme}] + ([{"name": "reading", "value": reading}] if reading else [])
    page.context.clear_cookies(name="reading")
    page.context.add_cookies([one | {"url": address} for one in cookies])
    page.goto(address)
    page.wait_for_timeout(400)
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    where = f"{address.split('/', 3)[3] or 'start'} {theme} {reading} {width}"
    return [f"{where}: {one['id']} at {one['nodes'][0]['target']}: {one['nodes'][0]['html'][:160]}" for one in found]


def found_on_all(town, views):
    found = []
    with sync_playwright() as playwright:
        browser = Browser(playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS))
        visitor, dispatcher = browser.somebody("visitor"), browser.member(town, "方晓宁")
        for look, width in views:
            for path in PUBLIC:
                found += faults(visitor, town.address + path, look, width)
            for path in STAFF:
                found += faults(dispatcher, town.address + path, look, width)
        browser.chromium.close()
    return found


def test_axe_finds_nothing_on_any_face(town):
    found = found_on_all(town, zip(LOOKS, WIDTHS, strict=True))

    assert not found, "\n".join(found)


@pytest.mark.prove
def test_axe_finds_nothing_in_any_look_at_any_width(town):
    found = found_on_all(town, [(look, width) for look in LOOKS for width in WIDTHS])

    assert not found, "\n".join(found)
