"""News that comes at a bad moment is shown when the moment is over: nothing told is left out of a page."""

import json
import threading
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STREAM = """window.EventSource = class extends EventTarget {
  static CLOSED = 2; static OPEN = 1; readyState = 1;
  constructor() { super(); window.stream = this; }
  close() {}
};"""
PANEL = """<div id="panel" hx-get="/made/panel" hx-trigger="sw:refresh" hx-target="#matter" data-live="matter"
data-live-of="1"><b id="shown">{shown}</b><textarea id="note"></textarea></div>"""
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<script type="module" src="/static/ui/page.js"></script><script type="module" src="/static/ui/live.js"></script></head>
<body><sw-live></sw-live><section id="matter" data-newest>{panel}</section></body></html>"""


class Desk:
    """A page with one panel whose server says how often it was asked, at the pace of the test."""

    def __init__(self, page: Any, address: str) -> None:
        self.page, self.asked, self.may_answer = page, 0, threading.Event()
        self.may_answer.set()
        body = PAGE.format(panel=PANEL.format(shown="0"))
        page.add_init_script(STREAM)
        page.route("**/made/", lambda route: route.fulfill(body=body, content_type="text/html"))
        page.route("**/made/panel", self._panel)
        page.goto(f"{address}/made/")
        page.wait_for_function("window.stream && document.querySelector('#panel')['htmx-internal-data']")

    def _panel(self, route: Any) -> None:
        self.asked += 1
        self.held = route
        if self.may_answer.is_set():
            self.answer()

    def answer(self) -> None:
        self.held.fulfill(body=PANEL.format(shown=self.asked), content_type="text/html")

    def hears(self) -> None:
        said = json.dumps({"topic": "matter.noted", "subject": "1", "verb": "x", "entry": "e"})
        self.page.evaluate("said => stream.onmessage({ data: said, lastEventId: '7' })", said)

    def shows(self, words: str) -> None:
        self.page.wait_for_function("words => document.querySelector('#shown').textContent === words", arg=words)


@pytest.fixture
def desk(chromium, address):
    with chromium.new_context() as context:
        yield Desk(context.new_page(), address)


def test_what_is_told_while_the_panel_is_being_fetched_is_fetched_after_it(desk):
    desk.may_answer.clear()
    with desk.page.expect_request("**/made/panel"):
        desk.hears()
    desk.hears()
    desk.page.wait_for_timeout(2_000)  # the second news has been looked at; the first answer is still on its way
    assert desk.asked == 1

    desk.may_answer.set()
    desk.answer()

    desk.shows("2")


def test_what_is_told_while_somebody_writes_is_shown_when_he_is_done(desk):
    desk.page.fill("#note", "half a")
    desk.hears()
    desk.page.wait_for_timeout(2_000)
    assert desk.asked == 0

    desk.page.fill("#note", "")
    desk.page.evaluate("document.activeElement.blur()")

    desk.shows("1")


def test_an_answer_left_aside_for_what_is_being_written_is_fetched_again(desk):
    desk.may_answer.clear()
    with desk.page.expect_request("**/made/panel"):
        desk.hears()
    desk.page.fill("#note", "half a")
    desk.may_answer.set()
    desk.answer()
    desk.page.wait_for_timeout(500)
    assert desk.page.input_value("#note") == "half a"

    desk.page.fill("#note", "")
    desk.page.evaluate("document.activeElement.blur()")

    desk.shows("2")
