"""Whoever types an address gets a page: a piece that a page fetches leads to the page that holds it."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.journeys.addresses import address
from tests.journeys.planting import call
from tests.journeys.route_table import ROUTES
from tests.journeys.test_every_route_and_role import browser_of  # noqa: F401  (a fixture)
from tests.journeys.test_garbage_at_every_door import WITHOUT, holder

TYPED = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}  # as browsers ask for a page
BY_HTMX = {"HX-Request": "true", "Accept": "*/*"}


def is_a_piece(answer: HttpResponse) -> bool:
    shown = answer.headers.get("Content-Type", "").startswith("text/html") and not answer.streaming and answer.content
    return bool(shown) and b"<html" not in answer.content


@pytest.mark.parametrize("name", sorted(set(ROUTES) - WITHOUT))
def test_an_address_that_is_typed_is_answered_by_a_page(world, browser_of, name):  # noqa: F811
    browser = browser_of(holder(ROUTES[name]))

    answer = browser.get(address(name, call(world).pk), headers=TYPED, follow=True)

    assert not is_a_piece(answer), name


@pytest.mark.control
def test_a_piece_without_its_page_is_found(world, browser_of):  # noqa: F811
    assert is_a_piece(browser_of("dispatcher").get(address("desk:intake"), headers=BY_HTMX))


def led_to(browser: Client, path: str) -> str:
    answer = browser.get(path, headers=TYPED)
    assert answer.status_code == 302
    return answer.headers["Location"]


def test_each_piece_leads_to_the_page_that_holds_it(world, browser_of):  # noqa: F811
    fang, matter = browser_of("dispatcher"), f"/desk/matters/{call(world).pk}/"

    assert led_to(fang, "/desk/alerts/") == "/desk/"
    assert led_to(fang, "/desk/command/words/?line=x") == "/desk/"
    assert led_to(fang, "/desk/wall/board/") == "/desk/wall/"
    assert led_to(fang, f"{matter}steps/close/form/") == matter


def test_a_call_that_is_taken_by_address_opens_at_the_desk_with_what_was_typed(world, browser_of):  # noqa: F811
    fang = browser_of("dispatcher")

    desk = led_to(fang, "/desk/intake/?line=%E6%89%93%E6%9E%B6")

    assert desk == "/desk/?intake&line=%E6%89%93%E6%9E%B6"
    assert 'hx-get="/desk/intake/?intake=&amp;line=%E6%89%93%E6%9E%B6"' in fang.get(desk).content.decode()
    assert 'hx-get="/desk/intake/?' not in fang.get("/desk/").content.decode()


def test_the_pages_own_script_gets_the_piece(world, browser_of):  # noqa: F811
    fang = browser_of("dispatcher")

    for headers in (BY_HTMX, {"Accept": "*/*"}):
        assert is_a_piece(fang.get("/desk/intake/", headers=headers))
