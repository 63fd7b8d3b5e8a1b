"""What the desk hears: each rhythm goes on until that very thing was seen to, and can be muted for a while."""

import json
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<script type="module" src="/static/ui/sound.js"></script></head><body data-language="en">
<sw-sound role="button" tabindex="0"><span data-slot="word">Sound on</span></sw-sound><section id="matter"></section>
</body></html>"""


class Desk:
    def __init__(self, page: Any, address: str) -> None:
        self.page, self.address = page, address
        page.route("**/made/", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
        self.open()

    def open(self) -> None:
        self.page.goto(f"{self.address}/made/")
        self.page.wait_for_function("Boolean(customElements.get('sw-sound'))")

    def hears(self, topic: str, subject: str) -> None:
        said = json.dumps({"topic": topic, "subject": subject})
        self.page.evaluate(f"document.dispatchEvent(new CustomEvent('sw:live', {{ detail: {said} }}))")

    def shows(self, matter: str) -> None:
        self.page.evaluate(
            """matter => {
              document.querySelector('#matter').innerHTML = `<div data-chosen="${matter}"></div>`;
              document.dispatchEvent(new CustomEvent('htmx:afterSettle'));
            }""",
            matter,
        )

    @property
    def alerts(self) -> list[str]:
        return str(self.page.locator("sw-sound").get_attribute("data-alerts")).split()


@pytest.fixture
def desk(chromium, address):
    with chromium.new_context() as context:
        yield Desk(context.new_page(), address)


def test_a_new_call_sounds_until_somebody_acts_on_that_call(desk):
    desk.hears("matter.new", "one")
    desk.hears("assignment.signed", "another")
    assert desk.alerts == ["new"]

    desk.hears("assignment.sent", "one")
    assert desk.alerts == []


def test_each_of_two_calls_has_to_be_seen_to_also_after_a_reload(desk):
    desk.hears("matter.new", "one")
    desk.hears("matter.new", "two")
    desk.shows("one")
    desk.open()
    assert desk.alerts == ["new"]

    desk.shows("two")
    assert desk.alerts == []


def test_a_call_that_was_taken_at_this_desk_is_no_news_to_it(desk):
    desk.shows("one")
    desk.hears("matter.new", "one")

    assert desk.alerts == []


def test_what_sounds_while_it_is_muted_is_counted_and_stays_open(desk):
    desk.page.click("sw-sound")
    desk.hears("unit.sos", "unit")

    assert desk.page.locator("sw-sound").get_attribute("data-muted") == "yes"
    assert "1 unheard" in desk.page.inner_text("sw-sound")
    assert desk.alerts == ["sos"]


# What a test asks of a page counts as a tap; so the page notes by itself what it was like before and after the key.
NOTES = """
  const sound = () => document.querySelector("sw-sound");
  globalThis.note = () => `${sound().context.state} ${sound().innerText}`;
  addEventListener("load", () => setTimeout(() => {
    document.dispatchEvent(new CustomEvent("sw:live", { detail: { topic: "matter.new", subject: "one" } }));
    globalThis.before = note();
  }, 300));
"""


def test_a_key_alone_lets_it_sound_and_until_then_the_switch_says_so(desk):
    desk.page.add_init_script(NOTES)
    desk.page.goto(f"{desk.address}/made/")
    desk.page.wait_for_timeout(1500)
    desk.page.keyboard.press("j")

    assert desk.page.evaluate("before") == "suspended Sound waits for a key or a tap"
    desk.page.wait_for_function("note() === 'running Sound on'")
    assert desk.alerts == ["new"]
