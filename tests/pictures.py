"""Takes the pictures of the documentation from a running demo town: four pages, three looks, three widths.

make docs
"""

import io
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from shouwang.core.ids import new_id
from tests.house.tree import ROOT
from tests.journeys.browsing import CHROMIUM, FLAGS, Browser, Town, running_town
from tests.journeys.test_the_whole_loop import bound_phone, report

FOLDER = ROOT / "docs" / "pictures"
PAGE = ROOT / "docs" / "pictures.md"
LOOKS = {"light": {"theme": "light"}, "dark": {"theme": "dark"}, "elder": {"theme": "light", "reading": "elder"}}
WIDTHS = (390, 1024, 1440)
HEIGHTS = {390: 844, 1024: 768, 1440: 900}
SETTLED_MS = 2500  # the map has drawn itself
CALLS = (
    ("order.domestic", 2, "桥西路20号", (111.4262, 27.6880), "听到隔壁夫妻吵架，有砸东西的声音"),
    ("crime.theft", 3, "河埠路3号", (111.4330, 27.6850), "停在楼下的电动车被偷了"),
    ("order.disturbance", 3, "市场街8号", (111.4300, 27.6872), "有人喝醉了躺在路边"),
)


class Album:
    def __init__(self, town: Town) -> None:
        self.town = town
        self.taken: list[str] = []

    def take(self, page: Page, name: str, address: str, ready: Callable[[Page], None] = lambda _: None) -> None:
        """One page in each look and width."""
        for look, cookies in LOOKS.items():
            page.context.add_cookies(
                [{"name": key, "value": value, "url": self.town.address} for key, value in cookies.items()]
            )
            if "reading" not in cookies:
                page.context.clear_cookies(name="reading")
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
                page.goto(f"{self.town.address}{address}")
                ready(page)
                page.wait_for_timeout(SETTLED_MS)
                self._keep(page, f"{name}-{look}-{width}")

    def _keep(self, page: Page, name: str) -> None:
        """256 colours: a quarter of the size, and nobody sees it."""
        drawn = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        drawn.quantize(256, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)
        self.taken.append(name)
        print(name, flush=True)


def take_calls(desk: Any, town: Town) -> None:
    """A few more calls in the queue, as the intake form sends them."""
    desk.goto(f"{town.address}/desk/")
    token = next(one["value"] for one in desk.context.cookies() if one["name"] == "csrftoken")
    for subkind, urgency, place, (lon, lat), words in CALLS:
        form = {
            "key": str(new_id()), "subkind": subkind, "urgency": urgency, "channel": "phone", "words": words,
            "place_text": place, "chosen": f"{lon},{lat}||{place}", "csrfmiddlewaretoken": token,
        }  # fmt: skip
        answer = desk.request.post(f"{town.address}/desk/intake/", form=form, headers={"Origin": town.address})
        assert answer.ok, answer.text()


def send_a_crew(desk: Any, phone: Any, town: Town) -> None:
    """To the most urgent call; the crew signs on its phone."""
    desk.goto(f"{town.address}/desk/")
    open_first(desk)
    desk.locator(".cand").first.wait_for()
    desk.keyboard.press("Enter")
    phone.get_by_role("button", name="我已签收").click()


def open_first(page: Page) -> None:
    first = page.locator(".sw-row").first
    if first.count():
        first.click()


def unlock(page: Page) -> None:
    pin = page.locator("[data-part=pin]")
    if pin.is_visible(timeout=3000):
        pin.fill("135790")
        page.get_by_role("button", name="打开").click()


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running_town(Path(folder) / "var") as town, sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        browser, album = Browser(chromium), Album(town)
        report(browser.somebody("resident"), town, "桥西路12号")
        phone = bound_phone(browser, town, (111.4275, 27.6865))
        desk = browser.member(town, "方晓宁", viewport={"width": 1440, "height": 900})
        take_calls(desk, town)
        send_a_crew(desk, phone, town)
        album.take(desk, "desk", "/desk/", open_first)
        album.take(desk, "wall", "/desk/wall/")
        album.take(phone, "field", "/field/", unlock)
        album.take(browser.somebody("neighbour"), "portal", "/")
        chromium.close()
    (FOLDER / "desk.png").write_bytes((FOLDER / "desk-light-1440.png").read_bytes())
    PAGE.write_text(page_of(album.taken), encoding="utf-8")
    print("\n".join(browser.complaints))
    return 0


def page_of(taken: list[str]) -> str:
    lines = ["# Pictures", "", "Made by `make docs` from a demo town: four pages in three looks and three widths.", ""]
    for name in taken:
        lines += [f"## {name.replace('-', ', ')}", "", f"![{name}](pictures/{name}.png)", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
