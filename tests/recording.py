"""Records one shift in a minute: a call typed, sent, signed, reported and closed, desk and phone side by side.

make docs
.venv/bin/python -m tests.recording

Both pages are filmed as they are drawn (the screencast of Chromium); each scene is laid onto its seconds, so that the
minute is a minute on a slow machine as well.
"""

import base64
import io
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django
import imageio_ffmpeg
from PIL import Image
from playwright.sync_api import sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwang.config.settings")
django.setup()

from tests.house.tree import ROOT  # noqa: E402 (the journeys' modules need Django)
from tests.journeys.browsing import CHROMIUM, FLAGS, Browser, Town, running_town  # noqa: E402
from tests.journeys.test_the_whole_loop import bound_phone, picture  # noqa: E402

FILE = ROOT / "docs" / "pictures" / "a-shift.mp4"
SIZE = (1600, 900)
GROUND = (226, 231, 237)
DESK, PHONE, CAPTION = (20, 110, 1200, 750), (1240, 117, 340, 736), (20, 24, 1560, 62)  # left, top, width, height
FRAMES_A_SECOND = 8
A_MINUTE = 60
AT = (111.4275, 27.6865)
CALL = "/new 邻里纠纷 桥西里3幢 楼上漏水争吵 13800002086"
CAPTION_PAGE = """<body style="margin:0;background:#e2e7ed;color:#131d29;font:26px/62px sans-serif;white-space:nowrap">
<b>{chinese}</b> <span style="color:#4b5868;font-size:20px;margin-left:12px">{english}</span></body>"""


@dataclass
class Scene:
    chinese: str
    english: str
    seconds: int
    began: float = 0.0


@dataclass
class Film:
    """What the two pages looked like, and when; which scene was on."""

    seen: dict[str, list[tuple[float, bytes]]] = field(default_factory=lambda: {"desk": [], "phone": []})
    scenes: list[Scene] = field(default_factory=list)
    ended: float = 0.0

    def follow(self, name: str, page: Any, width: int, height: int) -> None:
        line = page.context.new_cdp_session(page)

        def keep(frame: dict[str, Any]) -> None:
            self.seen[name].append((time.monotonic(), base64.b64decode(frame["data"])))
            line.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})

        line.on("Page.screencastFrame", keep)
        wanted = {"format": "jpeg", "quality": 90, "maxWidth": width, "maxHeight": height, "everyNthFrame": 1}
        line.send("Page.startScreencast", wanted)

    def scene(self, chinese: str, english: str, seconds: int) -> None:
        self.scenes.append(Scene(chinese, english, seconds, time.monotonic()))

    def moments(self) -> Iterator[tuple[Scene, float]]:
        """For every frame of the minute its scene, and the moment that is shown."""
        ends = [*(scene.began for scene in self.scenes[1:]), self.ended]
        for scene, end in zip(self.scenes, ends, strict=True):
            n_frames = scene.seconds * FRAMES_A_SECOND
            for number in range(n_frames):
                yield scene, scene.began + (end - scene.began) * (number + 1) / n_frames

    def at(self, name: str, moment: float) -> bytes:
        """The last that was seen of a page by then."""
        return next((data for at, data in reversed(self.seen[name]) if at <= moment), self.seen[name][0][1])


def main() -> int:
    with (
        tempfile.TemporaryDirectory() as folder,
        running_town(Path(folder) / "var", at_work=True) as town,
        sync_playwright() as play,
    ):
        browser = Browser(play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS))
        film = Film()
        walk(film, browser, town, Path(folder))
        captions = written(film, browser)
        browser.chromium.close()
    write(film, captions)
    print(f"{FILE.relative_to(ROOT)}: {FILE.stat().st_size / 1e6:.1f} MB")
    print("\n".join(browser.complaints))
    return 0


def walk(film: Film, browser: Browser, town: Town, folder: Path) -> None:
    phone = bound_phone(browser, town, AT)
    desk = browser.member(town, "方晓宁", viewport={"width": 1440, "height": 900})
    desk.goto(f"{town.address}/desk/")
    desk.locator("html[data-line=live]").wait_for()
    desk.wait_for_timeout(2500)
    film.follow("desk", desk, *DESK[2:])
    film.follow("phone", phone, *PHONE[2:])

    film.scene("电话打来，一行字记下", "A call comes in and is typed in one line", 12)
    type_the_call(desk)
    film.scene("最近的一组，一键派出", "The nearest crew is sent with one key", 6)
    desk.wait_for_timeout(1500)
    desk.locator(".cand", has_text="桥西1组").click()
    film.scene("民警在手机上签收、出发", "The officer signs on the phone and sets out", 9)
    for step in ("我已签收", "我已出发"):
        tap(phone, step)
    film.scene("到场", "On the scene", 5)
    tap(phone, "我已到场")
    film.scene("拍一张照片，写一句初报", "A photo and a first report", 10)
    report(phone, folder)
    film.scene("结束处置，指挥台办结", "The crew is free again; the desk closes the matter", 11)
    end(phone)
    close(desk)
    board(film, desk, town)


def type_the_call(desk: Any) -> None:
    desk.keyboard.press("/")
    desk.keyboard.type(CALL, delay=90)
    desk.wait_for_timeout(600)
    desk.keyboard.press("Enter")
    desk.locator(".intake").wait_for()
    desk.wait_for_timeout(2500)
    desk.keyboard.press("Control+Enter")
    desk.locator(".cand").first.wait_for()


def tap(phone: Any, name: str) -> None:
    button = phone.get_by_role("button", name=name)
    button.wait_for()
    phone.wait_for_timeout(1800)
    button.click()
    phone.wait_for_timeout(1200)


def report(phone: Any, folder: Path) -> None:
    phone.locator("[data-part=photofile]").set_input_files(picture(folder))
    phone.wait_for_timeout(1000)
    phone.get_by_role("button", name="初报", exact=True).click()
    phone.get_by_label("现场安全").check()
    phone.locator("#report-text").press_sequentially("漏水已关，两家都在，正在劝解。", delay=110)
    phone.get_by_role("button", name="存下并发出").click()
    phone.wait_for_timeout(2000)


def end(phone: Any) -> None:
    phone.get_by_role("button", name="结束，转待命").click()
    phone.get_by_label("怎么结束的").select_option("mediated")
    phone.locator("#report-text").press_sequentially("双方和解，楼上答应修好。", delay=110)
    phone.get_by_role("button", name="存下并发出").click()
    phone.get_by_text("在岗，没有任务").wait_for()


def close(desk: Any) -> None:
    desk.locator("#matter", has_text="双方和解").wait_for()
    desk.wait_for_timeout(1500)
    desk.keyboard.press("e")
    desk.locator("#stepform select[name=outcome]").select_option("mediated")
    desk.locator("#stepform [name=recorder]").fill("A0231")
    desk.wait_for_timeout(1200)
    desk.locator("#stepform .btn-primary").click()
    desk.locator("#stepform .btn-primary").wait_for(state="detached")
    desk.wait_for_timeout(2000)


def board(film: Film, desk: Any, town: Town) -> None:
    desk.goto(f"{town.address}/desk/wall/")
    desk.wait_for_timeout(2500)
    left = A_MINUTE - sum(scene.seconds for scene in film.scenes)
    film.scene("大屏：还有谁在等我们", "The board: who is still waiting for us", left)
    desk.wait_for_timeout(5000)
    film.ended = time.monotonic()


def written(film: Film, browser: Browser) -> dict[str, Image.Image]:
    """The line above each scene, drawn by the browser, which has the letters."""
    page = browser.somebody("captions", viewport={"width": CAPTION[2], "height": CAPTION[3]})
    drawn = {}
    for scene in film.scenes:
        page.set_content(CAPTION_PAGE.format(chinese=scene.chinese, english=scene.english))
        drawn[scene.chinese] = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    return drawn


def write(film: Film, captions: dict[str, Image.Image]) -> None:
    encoder = imageio_ffmpeg.write_frames(
        str(FILE), SIZE, fps=FRAMES_A_SECOND, codec="libx264", quality=None, macro_block_size=4,
        output_params=["-crf", "27", "-preset", "slow", "-tune", "animation", "-movflags", "+faststart"],
    )  # fmt: skip
    encoder.send(None)
    for scene, moment in film.moments():
        frame = Image.new("RGB", SIZE, GROUND)
        frame.paste(captions[scene.chinese], CAPTION[:2])
        for name, (left, top, width, height) in (("desk", DESK), ("phone", PHONE)):
            shown = Image.open(io.BytesIO(film.at(name, moment))).convert("RGB")
            frame.paste(shown.resize((width, height)) if shown.size != (width, height) else shown, (left, top))
        encoder.send(frame.tobytes())
    encoder.close()


if __name__ == "__main__":
    sys.exit(main())
