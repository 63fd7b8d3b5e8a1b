"""What the desk hears: each rhythm goes on until that very thing was seen to, and can be muted for a while."""

import json
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<script type="module" src="/static/ui/sound.js"></script>
<script type="module" src="/static/desk/alerts.js"></script></head><body data-language="en">
<sw-sound role="button" tabindex="0"><span data-slot="word">Sound on</span></sw-sound><section id="matter"></section>
<div id="alerts"></div>
</body></html>"""


class Desk:
    def __init__(self, page: Any, address: str) -> None:
        self.page, self.address = page, address
        page.route("**/made/", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
        self.page.goto(f"{self.address}/made/")
        self.page.wait_for_function("Boolean(customElements.get('sw-sound') && customElements.get('sw-alerts'))")

    def hears(self, topic: str, subject: str) -> None:
        said = json.dumps({"topic": topic, "subject": subject})
        self.page.evaluate(f"document.dispatchEvent(new CustomEvent('sw:live', {{ detail: {said} }}))")

    def shows(self, sounds: str, once: str = "", calls: str = "", chosen: str = "") -> None:
        """The list of alerts as the desk draws it, and the call that is open in the panel."""
        self.page.evaluate(
            """([sounds, once, calls, chosen]) => {
              document.querySelector('#matter').innerHTML = `<div data-chosen="${chosen}"></div>`;
              document.querySelector('#alerts').innerHTML = `<sw-alerts data-open="${sounds}" data-once="${once}"
                data-calls="${calls}" data-noticed="/noticed/"></sw-alerts>`;
            }""",
            [sounds, once, calls, chosen],
        )

    @property
    def alerts(self) -> list[str]:
        return str(self.page.locator("sw-sound").get_attribute("data-alerts")).split()


@pytest.fixture
def desk(chromium, address):
    with chromium.new_context() as context:
        yield Desk(context.new_page(), address)


def test_what_the_page_says_is_open_sounds_until_the_page_says_it_is_not(desk):
    desk.shows("new unsigned")
    assert desk.alerts == ["new", "unsigned"]

    desk.shows("unsigned")
    assert desk.alerts == ["unsigned"]


def test_other_news_sound_only_where_the_page_says_so(desk):
    desk.hears("matter.new", "one")
    desk.hears("assignment.unsigned", "one")

    assert desk.alerts == []


def test_a_task_that_was_not_received_is_heard_once(desk):
    desk.page.click("sw-sound")  # what would have sounded is counted
    desk.shows("", once="one")
    desk.shows("", once="one")

    assert "1 unheard" in desk.page.inner_text("sw-sound")
    desk.shows("", once="one two")
    assert "2 unheard" in desk.page.inner_text("sw-sound")
    assert desk.alerts == []


def test_opening_a_new_call_here_is_taking_notice_of_it(desk):
    with desk.page.expect_request("**/noticed/") as asked:
        desk.shows("new", calls="one two", chosen="two")

    assert asked.value.post_data == "call=two"


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
    document.dispatchEvent(new CustomEvent("sw:live", { detail: { topic: "unit.sos", subject: "one" } }));
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
    assert desk.alerts == ["sos"]
