"""Menus lead nobody to a refusal: a link is there for whoever the page opens to."""

import re

import pytest
from django.test import Client

from shouwang.core import clock
from shouwang.people.cookies import SESSION
from shouwang.people.sessions import open_session


@pytest.mark.parametrize("who", ["fang", "zhou", "lin", "shen", "ming", "lu", "gu", "an"])
def test_every_link_of_a_menu_opens_to_whoever_is_shown_it(world, who):
    browser = Client(headers={"accept-language": "zh-hans"})
    browser.cookies[SESSION] = open_session(world.cast[who].person, label="test", at=clock.now(), proven=True)[1]
    pages = ("/desk/", "/desk/find/", "/desk/rosters/", "/desk/safety/", "/desk/rounds/", "/desk/ground/", "/people/")

    shown = set()
    for address in pages:
        page = browser.get(address).content.decode()
        for menu in re.findall(r"<nav.*?</nav>", page, re.DOTALL):
            shown |= set(re.findall(r'<a [^>]*href="([^"?#]+)', menu))

    refused = {address for address in shown if browser.get(address).status_code in (403, 404)}
    assert refused == set()
    assert shown


def test_a_dispatcher_is_not_led_to_the_counter_and_an_officer_is(world):
    menus = {}
    for who in ("fang", "shen"):
        browser = Client()
        browser.cookies[SESSION] = open_session(world.cast[who].person, label="test", at=clock.now(), proven=True)[1]
        menus[who] = browser.get("/desk/find/").content.decode()

    assert "/desk/find/counter/" not in menus["fang"]
    assert "/desk/find/counter/" in menus["shen"]
