"""By the keyboard alone: a call, two crews (one taken back in between), a note and the end, in at most 28 keys."""

from __future__ import annotations

import urllib.request
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import CHROMIUM, bind_phone, running_town, until
from tests.journeys.visitors import unit_token

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium (Debian: chromium) is not installed"),
]
MOST_KEYS = 28
OF_A_MAP = ("/map/", "/tiles/", "maplibre")


TOKEN_OF_ANOTHER = """
from shouwang.core.clock import now
from shouwang.demo.world import load_world
from shouwang.duty.models import Shift
from shouwang.tracking.tokens import give_token
world = load_world()
shift = Shift.objects.filter(during__contains=now()).exclude(unit=world.qx1).first()
print(give_token(unit=shift.unit, by=world.lin, at=now())[1])
"""
BOTH_CREWS_ARE_DONE = """
from shouwang.core.clock import now
from shouwang.demo.world import load_world
from shouwang.dispatch import dispatching
from shouwang.dispatch.models import Assignment
zhou = load_world().zhou
for task in Assignment.objects.filter(matter=sys.argv[1], ended_at=None):
    for act in (dispatching.sign, dispatching.depart, dispatching.arrive, dispatching.clear):
        act(assignment=task, by=zhou, at=now())
"""

NO_TASK_IS_LEFT = """
from shouwang.core.clock import now
from shouwang.demo.world import load_world
from shouwang.dispatch.dispatching import recall_unit
from shouwang.dispatch.models import Assignment
world = load_world()
for task in Assignment.objects.filter(unit=world.qx1, ended_at=None):
    recall_unit(assignment=task, by=world.fang, at=now())
"""
A_MINUTE_MORE = "() => { document.querySelector('sw-undo').until += 60_000; }"


class Keys:
    """What is pressed on a page, counted: each key of a chord is one, what the caller said is none."""

    def __init__(self, page: Any) -> None:
        self.keyboard = page.keyboard
        self.count = 0

    def press(self, *chords: str) -> None:
        for chord in chords:
            self.count += len(chord.split("+"))
            self.keyboard.press(chord)

    def free_text(self, words: str) -> None:
        self.keyboard.type(words)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    with running_town(tmp_path_factory.mktemp("town") / "var") as found:
        yield found


@pytest.fixture(scope="module")
def crews(town):
    """Two crews on a shift, near the first call."""
    for unit, where in (("qx1", "lat=27.6865&lon=111.4275"), ("", "lat=27.6872&lon=111.4281")):
        token = unit_token(town, unit) if unit else town.run_python(TOKEN_OF_ANOTHER).splitlines()[-1]
        urllib.request.urlopen(f"{town.address}/ingest/osmand?id={token}&{where}").close()


@pytest.fixture
def desk(town, crews, browser):
    page = browser.member(town, "周岚", viewport={"width": 1440, "height": 900})
    page.goto(f"{town.address}/desk/")
    expect(page.locator("html")).to_have_attribute("data-line", "live")
    return page


def spoken(desk: Any) -> str:
    """What the polite status of the page says, by the browser's accessibility tree."""
    nodes = desk.context.new_cdp_session(desk).send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    (status,) = [node for node in nodes if is_live(node)]
    return " ".join(texts_under(status, by_id))


def is_live(node: dict[str, Any]) -> bool:
    told = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
    return not node["ignored"] and node["role"]["value"] == "status" and told.get("live") == "polite"


def texts_under(node: dict[str, Any], by_id: dict[str, Any]) -> list[str]:
    if node["role"]["value"] == "StaticText":
        return [node["name"]["value"]]
    return [text for child in node.get("childIds", []) for text in texts_under(by_id[child], by_id)]


def hears(desk: Any, *words: str) -> None:
    """Whoever sees nothing is told."""
    until(lambda: all(word in spoken(desk) for word in words))


def take(desk: Any, keys: Keys, place: str) -> None:
    """A call at a known address, as far as the form with what was understood."""
    keys.press("/", "n", "Space")
    keys.free_text(f"打架 {place} 两人受伤 13800000000")
    keys.press("Enter")
    expect(desk.locator(".intake")).to_contain_text(place)
    expect(desk.locator(".cmd input")).to_have_value("")


def take_and_send(desk: Any, keys: Keys, place: str) -> None:
    """The call kept, and the nearest crew."""
    take(desk, keys, place)
    keys.press("Control+Enter")
    expect(desk.locator(".cand").first).to_be_visible()
    keys.press("Enter")
    expect(desk.locator("[hx-post*='/recall/']").first).to_be_visible()


def add_another(desk: Any, keys: Keys) -> None:
    """The crews that are left, ranked, and the first of them."""
    keys.press("a")
    expect(desk.locator(".cand").first).to_be_visible()
    keys.press("a")


@pytest.mark.item("U2")
def test_a_call_two_crews_a_note_and_the_end_take_at_most_28_keys(town, browser, desk, record_property):
    keys, recalls = Keys(desk), desk.locator(".acts > [hx-post*='/recall/']")

    take_and_send(desk, keys, "桥西路12号")
    add_another(desk, keys)
    expect(recalls).to_have_count(2)
    keys.press("z")  # within ten seconds it is taken back …
    expect(recalls).to_have_count(1)
    add_another(desk, keys)
    expect(recalls).to_have_count(2)
    keys.press("c")
    keys.free_text("两人已分开")
    keys.press("Enter")
    expect(desk.locator("#matter .sw-timeline")).to_contain_text("两人已分开")
    town.run_python(BOTH_CREWS_ARE_DONE, desk.locator("#panel").get_attribute("data-chosen"))
    expect(desk.locator("#matter [data-key=KeyE]")).to_be_visible()
    keys.press("e")
    expect(desk.locator("#stepform select")).to_be_focused()  # on “settled on the spot”
    keys.press("Control+Enter")
    expect(desk.locator("#matter [data-key=KeyE]")).to_have_count(0)
    expect(desk.locator("#matter")).to_contain_text("当场解决")

    record_property("keys", keys.count)
    print(f"{keys.count} keys besides free text, one crew taken back and sent anew among them")
    assert keys.count <= MOST_KEYS
    assert browser.complaints == []


@pytest.mark.item("U2")
def test_a_screen_reader_hears_each_act_and_not_the_whole_panel_again(browser, desk):
    keys, place = Keys(desk), "书院街23号"

    take(desk, keys, place)
    hears(desk, "打架", place)
    keys.press("Control+Enter")
    hears(desk, "打架", place, "↵")  # and whom Enter sends
    first = desk.locator(".cand.first b").inner_text()
    keys.press("Enter")
    hears(desk, "派出", first, "撤回 Z")
    assert place not in spoken(desk)
    keys.press("z")
    hears(desk, f"撤回{first}")
    keys.press("c")
    keys.free_text("两人已分开")
    keys.press("Enter")
    hears(desk, "两人已分开")
    assert f"撤回{first}" not in spoken(desk)

    assert browser.complaints == []


@pytest.mark.item("U2")
def test_a_crew_taken_back_by_one_key_is_told_so_on_its_phone(town, browser, desk):
    town.run_python(NO_TASK_IS_LEFT)
    phone = browser.somebody("phone", viewport={"width": 390, "height": 844}, has_touch=True)
    bind_phone(phone, browser, town)

    take_and_send(desk, Keys(desk), "桥西路14号")
    desk.evaluate(A_MINUTE_MORE)  # how fast a phone is here decides nothing: the bar stays until the task is on it
    expect(phone.locator("[data-part=tasks], main").first).to_contain_text("桥西路14号")
    desk.keyboard.press("z")

    expect(phone.locator(".sw-field-told")).to_contain_text("桥西路14号")
    expect(desk.locator("sw-undo")).to_have_count(0)
    assert browser.complaints == []


def test_the_same_keys_do_in_words_alone_and_nothing_of_a_map_is_asked_for(browser, desk):
    desk.get_by_role("button", name="只看文字").click()
    expect(desk.locator("sw-map")).to_have_count(0)
    expect(desk.locator("html")).to_have_attribute("data-line", "live")
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url))
    desk.reload()
    expect(desk.locator("html")).to_have_attribute("data-line", "live")

    take_and_send(desk, Keys(desk), "书院街21号")

    assert [url for url in asked if any(part in url for part in OF_A_MAP)] == []
    desk.get_by_role("button", name="显示地图").click()
    expect(desk.locator("sw-map")).to_be_visible()
    assert browser.complaints == []
