"""axe finds nothing on the desk, the wall, the phone and the public pages: light, dark, large text, three widths."""

from __future__ import annotations

import functools
from contextlib import suppress

import pytest
from django.urls import NoReverseMatch, reverse
from playwright.sync_api import Error, sync_playwright

from shouwang.people.roles import ROLES
from tests.house.tree import ROOT
from tests.journeys.browsing import CHROMIUM, FLAGS, Browser, running_town
from tests.journeys.route_table import IN, OPEN, ROUTES

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
WRONG = ("/nowhere/", "/r/22222222/", "/answer/nothing/")  # what nobody can open
MEMBERS = {"方晓宁": "dispatcher", "林正平": "station_head", "沈知行": "community_officer", "苏梅": "grid_head"}
SPOILT = "document.documentElement.removeAttribute('lang')"


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    with running_town(tmp_path_factory.mktemp("axe") / "var", "--residents", "2000") as found:
        yield found


def other_pages():
    """(address, who opens it) of every page that needs no key, from the table of routes; None: a visitor."""
    for name, whom in ROUTES.items():
        holders = [member for member, role in MEMBERS.items() if whom == IN or not ROLES[role].isdisjoint(whom.split())]
        with suppress(NoReverseMatch):
            if whom == OPEN or holders:
                yield reverse(name), None if whom == OPEN else holders[0]


def faults(page, address, look, width, spoil=""):
    """What axe calls a violation on that page, in words; nothing where there is no page (a door, a piece, a file)."""
    theme, reading = look
    page.set_viewport_size({"width": width, "height": 900})
    cookies = [{"name": "theme", "value": theme}] + ([{"name": "reading", "value": reading}] if reading else [])
    page.context.clear_cookies(name="reading")
    page.context.add_cookies([one | {"url": address} for one in cookies])
    try:
        answer = page.goto(address)
    except Error as fault:
        if "Download is starting" not in str(fault):
            raise
        return []
    if answer.status == 405 or "<html" not in answer.text():
        return []
    with suppress(Error):  # some pages are drawn by their script; one without a main part is found below
        page.locator("main").first.wait_for(state="attached", timeout=10_000)
    page.wait_for_timeout(300)
    page.evaluate(AXE.read_text())
    page.evaluate(spoil or "null")
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    where = f"{address.split('/', 3)[3] or 'start'} {theme} {reading} {width}"
    return [f"{where}: {one['id']} at {one['nodes'][0]['target']}: {one['nodes'][0]['html'][:160]}" for one in found]


@pytest.fixture
def somebody(town):
    """`somebody("方晓宁")`: a page of hers; None: of a visitor. Each is opened once."""
    with sync_playwright() as playwright:
        browser = Browser(playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS))
        yield functools.cache(lambda name: browser.member(town, name) if name else visitor(browser))
        browser.chromium.close()


def visitor(browser):
    """Whoever has not signed in. Scripts are told of no server: the page that stands in for the desk stays."""
    page = browser.somebody("visitor")
    page.route(
        "**/healthz", lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_()
    )
    return page


def found_on(town, somebody, wanted):
    """`wanted`: (address, who, look, width) …"""
    return [one for path, who, *view in wanted for one in faults(somebody(who), town.address + path, *view)]


MAIN = [*((path, None) for path in (*PUBLIC, *WRONG)), *((path, "方晓宁") for path in STAFF)]


def test_axe_finds_nothing_on_any_face(town, somebody):
    looks = list(zip(LOOKS, WIDTHS, strict=True))
    wanted = [(*one, *view) for one in MAIN for view in looks]
    wanted += [(*one, *looks[n % 3]) for n, one in enumerate(sorted(other_pages(), key=str)) if one not in MAIN]

    found = found_on(town, somebody, wanted)

    assert len(wanted) > 50
    assert not found, "\n".join(found)


@pytest.mark.prove
@pytest.mark.timeout(3600)
def test_axe_finds_nothing_in_any_look_at_any_width(town, somebody, record_property):
    views = [(look, width) for look in LOOKS for width in WIDTHS]
    wanted = [(*one, *view) for one in MAIN for view in views]
    wanted += [(*one, *view) for one in other_pages() if one not in MAIN for view in views[::4]]

    found = found_on(town, somebody, wanted)

    record_property("size", len(wanted))
    record_property("unit", "views")
    assert not found, "\n".join(found)


@pytest.mark.control
def test_a_page_that_does_not_say_its_language_is_found(town, somebody):
    assert faults(somebody(None), f"{town.address}/", LOOKS[0], WIDTHS[0], spoil=SPOILT)
