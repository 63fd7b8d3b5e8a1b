"""CAD down: server and database are killed in mid-shift, calls are written on cards, and nothing of them is lost.

Two desks write with the keyboard alone. One comes back and hands its cards in by itself; the other never does, and its
cards are read from the pictures of its sheets. Every call is then a matter with the times it really had.
"""

from __future__ import annotations

import io
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import expect, sync_playwright

from shouwang.dispatch.cards.coding import Written, decoded
from tests.journeys.browsing import CHROMIUM, FLAGS, PROMISED_S, Browser, Town, running_town
from tests.journeys.towns import CAST_ONLY

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]
KILLED = ("supervisor", "front", "web", "portal", "jobs", "seal", "database")
CREWS = ("桥西1组", "河埠1组")
KINDS = ("打架", "噪声扰民", "突发疾病", "走失老人")
PDF_SCALE = 2.0  # 144 dots an inch: less than any telephone sees
DROP = """async ([number]) => {
  const store = await import("/static/desk/fallback/store.js");
  const card = (await store.all("cards", "cards")).find((one) => one.serial === number);
  await store.remove("cards", "cards", card.id);
}"""
KEPT = """async () => {
  const store = await import("/static/desk/fallback/store.js");
  return (await store.all("cards", "kept")).length + (await store.all("board", "kept")).length;
}"""


@dataclass
class Call:
    """What really happened: between which two moments each thing was done."""

    words: str
    kind: str
    place: str
    crew: str
    within: dict[str, tuple[float, float]] = field(default_factory=dict)


class Desk:
    """A desk in a browser of its own, that keeps its last board before anything happens."""

    def __init__(self, browser: Browser, town: Town, name: str) -> None:
        self.town, self.page = town, browser.member(town, name)
        self.calls: list[Call] = []
        self.page.goto(f"{town.address}/desk/")
        self.page.wait_for_selector("html[data-shell=kept]", state="attached")
        expect(self.page.locator("sw-live[data-state=live]")).to_be_attached()
        end = time.monotonic() + PROMISED_S
        while self.page.evaluate(KEPT) < 2 and time.monotonic() < end:  # its number and the board
            self.page.wait_for_timeout(200)

    def notices(self) -> None:
        expect(self.page.locator("sw-fallback[data-mode=down]")).to_be_visible()

    def write(self, n: int) -> None:
        """One call by keyboard alone; every second one with a crew that arrives and clears."""
        keys, crew = self.page.keyboard, CREWS[n // 2 % 2] if n % 2 == 0 else ""
        call = Call(f"第{n}起，快来人", KINDS[n % len(KINDS)], f"桥西路{n}号", crew)
        self.page.locator("sw-fallback form [name=kind]").focus()
        for text in (call.kind, call.place, call.words, f"138000{n:05}"):
            keys.insert_text(text)
            keys.press("Enter")
        keys.press("Enter")  # the urgency stands as it is
        keys.insert_text(crew)
        began = time.time()
        keys.press("Enter")
        expect(self.page.locator("sw-fallback [data-card]")).to_have_count(len(self.calls) + 1)
        call.within["opened"] = (began, time.time())
        if crew:
            call.within["sent"] = call.within["opened"]
            keys.press("Escape")
            for key, stamp in (("a", "arrived"), ("c", "cleared")):
                began = time.time()
                keys.press(key)
                expect(self.page.locator(f"[data-card][aria-current] .done [data-slot={stamp}]")).to_be_visible()
                call.within[stamp] = (began, time.time())
            keys.press("n")
        self.calls.append(call)

    def printed(self) -> list[bytes]:
        """Its cards on paper, each sheet as a picture."""
        expect(self.page.locator("[data-part=paper] .jcard")).to_have_count(len(self.calls))
        sheets = pypdfium2.PdfDocument(self.page.pdf(prefer_css_page_size=True, print_background=True))
        return [_png(sheet.render(scale=PDF_SCALE).to_pil()) for sheet in sheets]


def _png(picture: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, format="PNG")
    return file.getvalue()


def read_back(pictures: list[bytes]) -> list[Written]:
    from PIL import Image

    found = []
    for one in pictures:
        found += [decoded(code.text) for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(one)))]
    return found


def kill_everything(town: Town) -> None:
    for name in KILLED:
        town.kill(name)


def lost(town: Town, calls: list[Call]) -> list[str]:
    """Calls that are no matter, or not once, or not at their own times; and stamps of crews that are wrong."""
    with town.connect() as database:
        rows = database.execute(
            "SELECT m.words, m.opened_at, a.sent_at, a.arrived_at, a.cleared_at FROM matters_matter m"
            " LEFT JOIN dispatch_assignment a ON a.matter_id = m.id WHERE m.words LIKE '第%%起，快来人'"
        ).fetchall()
    faults = []
    for call in calls:
        found = [row[1:] for row in rows if row[0] == call.words]
        if len(found) != 1:
            faults.append(f"{call.words}: {len(found)} times")
            continue
        times = dict(zip(("opened", "sent", "arrived", "cleared"), found[0], strict=True))
        for name, (after, before) in call.within.items():
            at = times[name]
            if at is None or not after - 0.01 <= at.timestamp() <= before + 0.01:
                faults.append(f"{call.words}: {name} at {at}")
    return faults


def drill(town: Town, n_calls: int, folder: Path, *, dropped: int | None = None) -> list[str]:
    """Everything dies, `n_calls` are written at two desks, everything comes back; what was lost or is wrong.

    dropped  the card of the first desk that is taken away before it can be handed in
    """
    town.wait_until_healthy()
    with town.connect("web") as database:  # the calls of an earlier drill in the same town are another story
        database.execute("UPDATE matters_matter SET words = 'earlier' WHERE words LIKE '第%%起，快来人'")
    with sync_playwright() as play:
        browser = Browser(play.chromium.launch(executable_path=CHROMIUM, args=FLAGS))
        here, gone = Desk(browser, town, "方晓宁"), Desk(browser, town, "周岚")
        kill_everything(town)
        here.notices()
        gone.notices()
        for n in range(n_calls):
            (gone if n % 4 == 3 else here).write(n)
            if n == n_calls // 2:
                here.page.reload()  # the worker stands in for the page
                here.notices()
        calls, pictures = here.calls + gone.calls, gone.printed()
        told = {(one.words, one.kind, one.place, one.unit) for one in read_back(here.printed() + pictures)}
        assert told == {(call.words, call.kind, call.place, call.crew) for call in calls}
        gone.page.context.close()
        if dropped is not None:
            here.page.evaluate(DROP, [dropped])

        town.start()
        _come_back(here, pictures, folder)
        expect(here.page.locator("[data-waiting]")).to_have_text("0")
        browser.chromium.close()
    return lost(town, calls)


def _come_back(here: Desk, pictures: list[bytes], folder: Path) -> None:
    """The page that was asked for comes by itself and hands its cards in; the others are read, twice, from pictures."""
    page = here.page
    expect(page.locator("[data-part=owed]")).to_be_visible()
    page.goto(f"{here.town.address}/desk/catch-up/")
    files = []
    for n, content in enumerate(pictures):
        files.append(folder / f"sheet{n}.png")
        files[-1].write_bytes(content)
    for _time in range(2):
        page.locator("#pictures").set_input_files(files)
        page.get_by_role("button", name="读卡").click()
        expect(page.get_by_role("status").filter(has_text="从照片读到")).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_load_state()


@pytest.fixture(scope="module")
def own_town(tmp_path_factory):
    """Nobody else's: every crew of the cast is on duty and free."""
    with running_town(tmp_path_factory.mktemp("town") / "var", CAST_ONLY) as town:
        yield town


@pytest.mark.item("R10")
def test_eight_calls_written_without_the_system_are_all_there_with_their_times(own_town, tmp_path):
    assert drill(own_town, 8, tmp_path) == []


@pytest.mark.prove
@pytest.mark.item("R10")
def test_forty_calls_written_without_the_system_are_all_there_with_their_times(own_town, tmp_path, record_property):
    record_property("size", 40)
    record_property("unit", "calls on cards")

    assert drill(own_town, 40, tmp_path) == []


@pytest.mark.prove
@pytest.mark.control
def test_a_card_that_is_dropped_is_missed(own_town, tmp_path):
    faults = drill(own_town, 8, tmp_path, dropped=2)

    assert len(faults) == 1
    assert "0 times" in faults[0]
