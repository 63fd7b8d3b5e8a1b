"""Islands in a real browser, on a page made for the test; the server's answers are made too."""

import json
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HEAD = """<!doctype html><html lang="zh-CN" data-theme="light"><head><meta charset="utf-8">
<link rel="stylesheet" href="/static/ui/tokens.css"><script type="module" src="/static/ui/page.js"></script>
<script type="module" src="/static/ui/live.js"></script></head><body data-language="en">"""
BEAT = "event: beat\ndata: 0\n\n"


def rows(*ids: str) -> str:
    return "".join(f'<a href="#" id="row-{one}" data-row="{one}">{one}</a><br>' for one in ids)


class Town:
    """A page with one list, and a server that says what the test tells it to say."""

    def __init__(self, page: Any, address: str) -> None:
        self.page, self.address = page, address
        self.listed = ["1", "2"]
        self.stream = BEAT
        page.route("**/made/", lambda route: route.fulfill(body=self.body, content_type="text/html"))
        page.route("**/rows/**", lambda route: route.fulfill(json={"list": rows(*self.listed)}))
        page.route("**/live/**", self._live)

    def _live(self, route: Any) -> None:
        if self.stream:
            route.fulfill(body=self.stream, content_type="text/event-stream")
        else:
            route.abort()

    def open(self, inside: str = "") -> Any:
        listed = f'<div data-live="matter" data-together="list" id="list">{rows(*self.listed)}</div>'
        live = f'<main data-together-from="/rows/">{listed}</main>'
        lost = '<div data-part="lost" hidden>not live since <b data-lost-since></b></div>'
        self.body = f"{HEAD}{lost}<sw-live></sw-live>{live}{inside}</body></html>"
        self.page.goto(f"{self.address}/made/")
        self.page.wait_for_function("Boolean(customElements.get('sw-live'))")
        return self.page

    def says(self, topic: str) -> None:
        said = json.dumps({"topic": topic, "subject": "1", "verb": "x", "entry": "e"})
        self.stream = f"{BEAT}id: 7\ndata: {said}\n\n"


@pytest.fixture
def town(chromium, address):
    with chromium.new_context() as context:
        yield Town(context.new_page(), address)


def test_a_list_that_nobody_touches_is_refreshed(town):
    page = town.open()
    town.listed = ["3", "1", "2"]
    town.says("matter.new")

    page.wait_for_selector("#row-3.came", timeout=15_000)


def test_a_list_under_a_hand_holds_and_says_how_many_came(town):
    page = town.open()
    page.focus("#row-2")
    page.keyboard.press("Shift")
    town.listed = ["3", "1", "2"]
    town.says("matter.new")

    page.wait_for_selector("#list .sw-held", timeout=15_000)
    assert page.inner_text("#list .sw-held") == "1 new ↑"
    assert page.query_selector("#row-3") is None

    page.click("#list .sw-held button")
    page.wait_for_selector("#row-3")


def test_a_list_is_left_alone_while_it_only_changes_in_place(town):
    page = town.open()
    page.focus("#row-2")
    page.keyboard.press("Shift")
    with page.expect_response("**/rows/**", timeout=15_000):
        town.says("matter.noted")
    page.wait_for_timeout(300)
    assert page.query_selector(".sw-held") is None
    assert page.evaluate("document.activeElement.id") == "row-2"


DRAW = """async () => {
    const { patch } = await import("/static/ui/patching.js");
    const part = document.querySelector("#part");
    const lines = (...words) => words.map((word) => `<li tabindex="0">${word}</li>`).join("");
    patch(part, `<h2>3</h2><ul data-lines>${lines("a", "b", "c")}</ul>`);
    const [list, second] = [part.querySelector("ul"), part.querySelectorAll("li")[1]];
    second.focus();
    second.classList.add("on");
    patch(part, `<h2>4</h2><ul data-lines>${lines("new", "b", "changed", "d")}</ul>`);
    return {
        words: part.innerText.split(/\\s+/), same: list === part.querySelector("ul"),
        held: document.activeElement === second, on: part.querySelectorAll(".on").length,
    };
}"""


def test_a_part_drawn_anew_keeps_the_lines_that_look_the_same(town):
    page = town.open('<div id="part"></div>')

    drawn = page.evaluate(DRAW)

    assert drawn == {"words": ["4", "new", "b", "changed", "d"], "same": True, "held": True, "on": 1}


def test_a_silent_line_is_said_within_six_seconds_and_the_list_stays(town):
    page = town.open()
    town.stream = ""

    page.wait_for_selector("[data-part=lost]:not([hidden])", timeout=7_000)
    assert len(page.inner_text("[data-lost-since]")) == len("21:46:52")
    assert page.is_visible("#row-1")

    town.stream = BEAT
    page.wait_for_selector("[data-part=lost]", state="hidden", timeout=20_000)


def count_presses(page: Any) -> None:
    page.evaluate(
        "() => { document.querySelector('#new').onclick = () => { document.querySelector('#n').textContent++ } }"
    )


def test_letters_act_outside_fields_only(town):
    page = town.open('<input id="words"><button data-key="KeyN" id="new">New</button><p id="n">0</p>')
    count_presses(page)

    page.keyboard.press("n")
    page.focus("#words")
    page.keyboard.type("nnn")

    assert page.inner_text("#n") == "1"
    assert page.input_value("#words") == "nnn"


def test_a_key_that_is_switched_off_does_nothing(town):
    page = town.open(
        '<button data-key="KeyN" id="new">New call</button><p id="n">0</p>'
        '<dialog id="keys"><ul data-part="keys"></ul></dialog>'
    )
    count_presses(page)

    page.keyboard.press("Shift+Slash")
    page.get_by_label("New call").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("n")

    assert page.inner_text("#n") == "0"


def test_undo_survives_a_change_of_page_and_ends_by_itself(town):
    bar = '<sw-undo class="sw-undo" data-goes-after="3">Sent <span data-slot="left"></span></sw-undo>'
    page = town.open(f"<div data-undo-place>{bar}</div>")

    town.open("<div data-undo-place></div>")

    page.wait_for_selector("sw-undo", timeout=2_000)
    page.wait_for_selector("sw-undo", state="detached", timeout=5_000)


def test_a_refusal_stands_beside_the_act_and_what_was_typed_stays(town):
    page = town.open(
        '<form hx-post="/act/" data-problems><div data-problem-box></div>'
        '<input name="a" id="a"><button>Go</button></form>'
    )
    page.route("**/act/", lambda route: route.fulfill(status=409, body='<p class="sw-problem">Too late.</p>'))
    page.fill("#a", "桥西路12号")
    page.click("text=Go")

    page.wait_for_selector("[data-problem-box] .sw-problem")
    assert page.inner_text("[data-problem-box]") == "Too late."
    assert page.input_value("#a") == "桥西路12号"


def test_a_server_that_does_not_answer_is_said_too(town):
    page = town.open('<form hx-post="/act/" data-problems><div data-problem-box></div><button>Go</button></form>')
    page.route("**/act/", lambda route: route.abort())
    page.click("text=Go")

    page.wait_for_selector("[data-problem-box] .sw-problem")
    assert "Nothing was changed" in page.inner_text("[data-problem-box]")
