"""A place in a real browser that shows what was asked for last, whatever comes late."""

import time
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<script type="module" src="/static/ui/page.js"></script></head><body>
<button id="old" hx-get="/made/slow" hx-target="#place">Old</button>
<button id="new" hx-get="/made/form" hx-target="#place">New</button>
<section id="place" data-newest><div id="shown" hx-get="/made/slow" hx-trigger="sw:refresh" hx-target="#place">first
<textarea id="note"></textarea></div>
<button id="step-of" hx-get="/made/step" hx-target="#steps">Step</button><div id="steps" data-begun></div>
</section></body></html>"""
REFRESH = "document.querySelector('#shown').dispatchEvent(new CustomEvent('sw:refresh'));"
ASK_NEW = "document.querySelector('#new').click();"


@pytest.fixture
def page(chromium, address):
    with chromium.new_context() as context:
        page = context.new_page()
        page.route("**/made/", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
        page.route("**/made/form", lambda route: route.fulfill(body="<form id=begun></form>", content_type="text/html"))
        page.route("**/made/slow", slowly)
        page.route("**/made/step", later)
        page.goto(f"{address}/made/")
        page.wait_for_function("document.querySelector('#shown')['htmx-internal-data']?.firstInitCompleted")
        yield page


def slowly(route: Any) -> None:
    time.sleep(0.5)
    route.fulfill(body='<div id="shown">late</div>', content_type="text/html")


def later(route: Any) -> None:
    time.sleep(1.0)
    route.fulfill(body="<form id=step></form>", content_type="text/html")


def after_the_slow_answer(page: Any, act: str) -> None:
    with page.expect_response("**/made/slow"):
        page.evaluate(act)
    page.wait_for_timeout(300)


def test_a_refresh_on_its_way_does_not_take_away_a_form_that_was_opened_meanwhile(page):
    after_the_slow_answer(page, REFRESH + ASK_NEW)

    assert page.locator("#begun").count() == 1


def test_what_was_chosen_first_does_not_come_back_over_the_second(page):
    after_the_slow_answer(page, "document.querySelector('#old').click();" + ASK_NEW)

    assert page.locator("#begun").count() == 1


def test_a_refresh_does_not_take_away_what_is_half_written(page):
    page.fill("#note", "half a")
    page.evaluate("document.activeElement.blur()")

    after_the_slow_answer(page, REFRESH)

    assert page.input_value("#note") == "half a"


def test_a_refresh_is_shown_where_nothing_else_was_asked(page):
    after_the_slow_answer(page, REFRESH)

    assert page.inner_text("#place") == "late"


def test_a_refresh_does_not_take_away_a_form_that_was_opened_in_it(page):
    page.evaluate("document.querySelector('#steps').innerHTML = '<form id=step></form>'")

    after_the_slow_answer(page, REFRESH)

    assert page.locator("#step").count() == 1


def test_a_refresh_leaves_the_place_to_the_form_that_is_on_its_way(page):
    page.evaluate(REFRESH + "document.querySelector('#step-of').click();")
    page.wait_for_selector("#step", state="attached")
