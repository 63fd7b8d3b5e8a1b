"""Takes the pictures of the documentation from a running demo town: four faces in every look and width, office pages.

make docs
.venv/bin/python -m tests.pictures field portal    only these
"""

import io
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import django
from PIL import Image
from playwright.sync_api import Page, sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwang.config.settings")
django.setup()

from tests.house.tree import ROOT  # noqa: E402 (the journeys' modules need Django)
from tests.journeys.browsing import CHROMIUM, FLAGS, Browser, Town, running_town, until  # noqa: E402
from tests.journeys.test_the_whole_loop import bound_phone, in_messages, report  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"
PAGE = ROOT / "docs" / "pictures.md"
LOOKS = {"light": {"theme": "light"}, "dark": {"theme": "dark"}, "elder": {"theme": "light", "reading": "elder"}}
WIDTHS = (1440, 1024, 390)
OFFICE = (  # pages for an hour at the desk: who opens what
    ("safety", "沈知行", "/desk/safety/"),
    ("visits", "沈知行", "/desk/visits/"),
    ("finding", "沈知行", "/desk/find/"),
    ("addresses", "沈知行", "/desk/addresses/"),
    ("ground", "林正平", "/desk/ground/"),
    ("people", "林正平", "/people/"),
    ("rounds", "陆禾", "/desk/rounds/"),
    ("reach", "周岚", "/desk/reach/"),
    ("rosters", "林正平", "/desk/rosters/"),
    ("boards", "周岚", "/desk/boards/"),
    ("roads", "方晓宁", "/desk/roads/"),
    ("looks", "安然", "/desk/find/looks/"),
)
HEIGHTS = {390: 844, 1024: 768, 1440: 900}
LARGEST = 150_000
SETTLED_MS = 2500  # the map has drawn itself


class Album:
    def __init__(self, town: Town) -> None:
        self.town = town

    def take(
        self, page: Page, name: str, address: str, ready: Callable[[Page], None] = lambda _: None,
        looks: Sequence[str] = tuple(LOOKS), widths: Sequence[int] = WIDTHS,
    ) -> None:  # fmt: skip
        """One page in each of these looks, in each of these widths."""
        for look in looks:
            cookies = LOOKS[look]
            page.context.add_cookies(
                [{"name": key, "value": value, "url": self.town.address} for key, value in cookies.items()]
            )
            if "reading" not in cookies:
                page.context.clear_cookies(name="reading")
            for width in widths:
                page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
                page.goto(f"{self.town.address}{address}")
                ready(page)
                page.wait_for_timeout(SETTLED_MS)
                self._keep(page, f"{name}-{look}-{width}")

    def _keep(self, page: Page, name: str) -> None:
        """Few colours, the rare ones kept (status is a colour): a quarter of the size, and nobody sees it."""
        drawn, file = Image.open(io.BytesIO(page.screenshot())).convert("RGB"), FOLDER / f"{name}.png"
        for colours in (256, 128, 64):
            drawn.quantize(colours, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(file, optimize=True)
            if file.stat().st_size <= LARGEST:
                break
        print(name, flush=True)


def send_a_crew(desk: Any, phone: Any, town: Town) -> None:
    """桥西1组 to the fight; the crew signs on its phone."""
    desk.goto(f"{town.address}/desk/")
    desk.locator(".sw-row", has_text="打架").click()
    desk.locator(".cand", has_text="桥西1组").click()
    phone.get_by_role("button", name="我已签收").click()
    phone.get_by_role("button", name="我已出发").wait_for()


def take_the_portal(album: Album, browser: Browser, town: Town) -> None:
    """Home, a step of a report, and what became of it for whoever has the receipt."""
    resident = browser.somebody("resident")
    album.take(resident, "portal", "/")
    receipt = report(resident, town, "桥西里3幢").replace(" ", "")
    resident.goto(f"{town.address}/r/{receipt}")
    resident.get_by_role("button", name="发我验证码").click()
    resident.get_by_label("短信里的验证码").fill(until(lambda: in_messages(town, r"(?<!\d)\d{6}(?!\d)")))
    resident.get_by_role("button", name="打开").click()
    resident.wait_for_load_state()
    album.take(resident, "follow", resident.url.removeprefix(town.address), looks=("light",))
    album.take(browser.somebody("neighbour"), "report", "/report/", second_step, looks=("light",))


def take_the_administration(album: Album, browser: Browser, town: Town) -> None:
    """The session that is switched on with a reason, and the check list that it opens."""
    page = browser.member(town, "席军", viewport={"width": 1440, "height": 900})
    page.goto(f"{town.address}/people/me/")
    page.locator("[name=reason]").fill("看看还缺什么，准备开通")
    page.get_by_role("button", name="进入管理状态").click()
    album.take(page, "ready", "/administration/", looks=("light",), widths=(1440,))
    album.take(page, "administration", "/people/me/", looks=("light",), widths=(1440,))


def second_step(page: Page) -> None:
    page.get_by_label("不是，已经过去了或可以等").check()
    page.get_by_role("button", name="继续").click()
    page.get_by_label("在哪儿？").fill("桥西路12号")


def open_first(page: Page) -> None:
    page.locator(".sw-row").first.click()


def unlock(page: Page) -> None:
    """The phone asks for its PIN where the page was opened again."""
    pin, task = page.locator("[data-part=pin]"), page.locator("[data-part=next]")
    pin.or_(task).first.wait_for()
    if pin.is_visible():
        pin.fill("135790")
        page.get_by_role("button", name="打开").click()
        task.wait_for()


def main(wanted: list[str]) -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_town(Path(folder) / "var", at_work=True) as town,
        sync_playwright() as play,
    ):
        chromium = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        browser, album = Browser(chromium), Album(town)
        desk = browser.member(town, "方晓宁", viewport={"width": 1440, "height": 900})
        if "desk" in wanted:
            album.take(desk, "desk", "/desk/", open_first)
        if "wall" in wanted:
            album.take(desk, "wall", "/desk/wall/")
        if "field" in wanted:
            phone = bound_phone(browser, town, (111.4275, 27.6865))
            send_a_crew(desk, phone, town)
            album.take(phone, "field", "/field/", unlock)
        if "portal" in wanted:
            take_the_portal(album, browser, town)
        if "office" in wanted:
            for name, who, address in OFFICE:
                page = browser.member(town, who, viewport={"width": 1440, "height": 900})
                album.take(page, name, address, looks=("light",), widths=(1440,))
        if "administration" in wanted:
            take_the_administration(album, browser, town)
        chromium.close()
    (FOLDER / "desk.png").write_bytes((FOLDER / "desk-light-1440.png").read_bytes())
    PAGE.write_text(page_of(sorted(file.stem for file in FOLDER.glob("*-*.png"))), encoding="utf-8")
    print("\n".join(browser.complaints))
    return 0


def page_of(taken: list[str]) -> str:
    lines = [
        "# Pictures",
        "",
        "Made by `make docs` from a demo town: four faces in three looks and three widths, office pages in one.",
        "",
    ]
    for name in taken:
        lines += [f"## {name.replace('-', ', ')}", "", f"![{name}](pictures/{name}.png)", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["desk", "wall", "field", "portal", "office", "administration"]))
