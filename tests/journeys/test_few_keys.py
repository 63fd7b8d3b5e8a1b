"""From the first key to the crew sent with the keyboard alone, within the 28 keys that U2 gives to more than this."""

from __future__ import annotations

import urllib.request
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import CHROMIUM, running_town
from tests.journeys.visitors import unit_token

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium (Debian: chromium) is not installed"),
]
MOST_KEYS = 28
FREE_TEXT = "打架 桥西路12号 两人受伤 13800000000"


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


def test_from_the_first_key_to_the_crew_sent_takes_at_most_28_keys(town, browser, record_property):
    where = f"id={unit_token(town, 'qx1')}&lat=27.6865&lon=111.4275"
    urllib.request.urlopen(f"{town.address}/ingest/osmand?{where}").close()
    desk = browser.member(town, "周岚", viewport={"width": 1440, "height": 900})
    desk.goto(f"{town.address}/desk/")
    expect(desk.locator("html")).to_have_attribute("data-line", "live")
    keys = Keys(desk)

    keys.press("/", "n", "Space")
    keys.free_text(FREE_TEXT)
    keys.press("Enter")
    expect(desk.locator(".intake")).to_contain_text("桥西路12号")
    expect(desk.locator(".cmd input")).to_have_value("")
    keys.press("Control+Enter")
    expect(desk.locator(".cand").first).to_be_visible()
    keys.press("Enter")

    expect(desk.locator("[hx-post*='/recall/']").first).to_be_visible()
    record_property("keys", keys.count)
    print(f"{keys.count} keys besides free text until the crew is sent")
    assert keys.count <= MOST_KEYS
    assert browser.complaints == []
