"""A call, two crews, a note and the end by keyboard alone: how long without thinking, and how soon a key is seen.

    .venv/bin/python -m bench.keying [--runs 10]

A demo town of its own with 40 crews that report each second, one desk in a Chromium, with its map and then in text
only. The time runs from the first key to the last display and stands still only while the crews sign, arrive and end.
A key is seen when the frame after it has been handed over: each key of each run counts, also what the caller said.
Each desk sits twice: once every key comes in the millisecond in which the page lets it, once at the pace of quick
hands. Trust goal U2.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from itertools import product
from pathlib import Path
from typing import Any

import aiohttp
from playwright.async_api import Page, async_playwright

from bench.load.browser import CHROMIUM, FLAGS
from bench.load.figures import Notes, percentile, yardstick_ms
from bench.load.outside import Phones, report
from bench.load.town import LoadedTown

AIM_S, AIM_ECHO_MS = 12, 50
UNITS, SPARE = 40, 4
DESKS: dict[str, dict[str, str]] = {"with the map": {}, "text only": {"map": "none"}}  # by the cookies of each
PACES_S = 0, 1 / 15  # as soon as the page lets; quick hands
MET = {True: "met", False: "**missed**"}
SHOWN_WITHIN_MS = 30_000
PERIOD_S = 24 * 60 * 60.0
RECALLS = "#matter .acts > [hx-post*='/recall/']"

# The first task after the callback of a frame runs when that frame has been handed over.
ECHOES = """
(() => {
  window.echoes = [];
  window.addEventListener("keydown", (event) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => echoes.push(performance.now() - event.timeStamp);
    port2.postMessage(0);
  }), true);
})();
"""


class Typist:
    """Whoever sits at the keys: waits for the page, and `pace_s` before each key."""

    def __init__(self, page: Page, phones: Phones, pace_s: float) -> None:
        self.page, self.phones, self.pace_s = page, phones, pace_s
        self.took_s: list[float] = []
        self.keys = 0

    async def press(self, *chords: str) -> None:
        for chord in chords:
            self.keys += len(chord.split("+"))
            await asyncio.sleep(self.pace_s)
            await self.page.keyboard.press(chord)

    async def shown(self, selector: str, n: int = 1) -> None:
        wanted = "([selector, n]) => document.querySelectorAll(selector).length === n"
        await self.page.wait_for_function(wanted, arg=[selector, n])

    async def run(self, place: dict[str, Any]) -> None:
        """One call; its time is not kept where a crew of the demo was nearer, which has no phone here to end it."""
        self.keys, began = 0, time.perf_counter()
        await self._take(place["name"])
        units = [await self._send("Enter", 1), await self._send("a", 2)]
        await self.press("c")
        await self.page.keyboard.type("两人已分开", delay=self.pace_s * 1000)
        await self.press("Enter")
        await self.page.wait_for_selector("#matter [data-happened] >> text=两人已分开")
        took_s = time.perf_counter() - began
        if not self.phones.devices.keys() >= set(units):
            return
        for unit, assignment in zip(units, await self._assignments(), strict=True):
            await self._finish(unit, assignment)
        await self.shown("#matter [data-key=KeyE]")
        began = time.perf_counter()
        await self.press("e")
        await self.shown("#stepform select:focus")
        await self.press("Control+Enter")
        await self.shown("#matter [data-key=KeyE]", 0)
        self.took_s.append(took_s + time.perf_counter() - began)

    async def _take(self, place: str) -> None:
        await self.press("/", "n", "Space")
        await self.page.keyboard.type(f"打架 {place} 两人受伤 13800000000", delay=self.pace_s * 1000)
        await self.press("Enter")
        await self.page.wait_for_selector(f".intake >> text={place}")
        await self.page.wait_for_function("() => document.querySelector('.cmd input').value === ''")
        await self.press("Control+Enter")

    async def _send(self, key: str, sent: int) -> str:
        """The crew that the key sends."""
        if sent > 1:
            await self.press("a")  # the crews that are left
        button = self.page.locator(f"#matter .acts [hx-post][data-key={'KeyA' if key == 'a' else key}]")
        unit = (await button.get_attribute("hx-vals") or "").split('"')[3]
        await self.press(key)
        await self.shown(RECALLS, sent)
        return unit

    async def _assignments(self) -> list[str]:
        read = "(buttons) => buttons.map((one) => one.getAttribute('hx-post').split('/')[3])"
        found: list[str] = await self.page.locator(RECALLS).evaluate_all(read)
        return found

    async def _finish(self, unit: str, assignment: str) -> None:
        for act in ("sign", "depart", "arrive"):
            await self.phones.tap(unit, f"assignment.{act}", time.time(), assignment=assignment)
        given = {"assignment": assignment, "outcome": "settled", "text": "已劝离"}
        await self.phones.tap(unit, "assignment.clear", time.time(), **given)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        town = LoadedTown(Path(folder))
        town.start()
        try:
            planted = town.planted(UNITS, 1, len(DESKS) * len(PACES_S) * (2 * options.runs + SPARE))
            print(asyncio.run(measure(town, planted, options.runs)))
        finally:
            town.stop()
    return 0


async def measure(town: LoadedTown, planted: dict[str, Any], runs: int) -> str:
    notes, rows = Notes(), []
    calls = iter(planted["calls"])
    async with aiohttp.ClientSession(town.address) as web, async_playwright() as playwright:
        phones, end = Phones(web, planted, notes), time.time() + PERIOD_S
        driving = [asyncio.create_task(report(web, unit, n, end, notes)) for n, unit in enumerate(planted["units"])]
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for (desk, shown), pace_s in product(DESKS.items(), PACES_S):
            page = await desk_of(chromium, town.address, {"sw_session": planted["desks"][0]} | shown)
            typist = Typist(page, phones, pace_s)
            while len(typist.took_s) <= runs:  # the first pays for what every process does once
                await typist.run(next(calls))
            rows += rows_of(desk, typist, await page.evaluate("() => echoes"))
            await page.context.close()
        await chromium.close()
        for one in driving:
            one.cancel()
        await asyncio.gather(*driving, return_exceptions=True)
    return table(rows, runs, typist.keys, dict(notes.faults))


async def desk_of(chromium: Any, address: str, cookies: dict[str, str]) -> Page:
    context = await chromium.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    await context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
    await context.add_init_script(ECHOES)
    page: Page = await context.new_page()
    page.set_default_timeout(SHOWN_WITHIN_MS)
    await page.goto(f"{address}/desk/")
    await page.wait_for_selector("html[data-line=live]")
    if "map" not in cookies:
        await page.wait_for_selector("[data-ready=yes], sw-map table", timeout=60_000)
    return page


def rows_of(desk: str, typist: Typist, echoes: list[float]) -> list[str]:
    """Aims: of time where nothing is waited for, of echoes at the pace of hands. Echoes of the first call count too."""
    took = typist.took_s[1:]
    how = f"{desk}, {1 / typist.pace_s:.0f} keys a second" if typist.pace_s else f"{desk}, without a pause"
    in_time = "" if typist.pace_s else f"each ≤ {AIM_S}, {MET[max(took) <= AIM_S]}"
    seen = f"p95 ≤ {AIM_ECHO_MS}, {MET[percentile(echoes, 95) <= AIM_ECHO_MS]}" if typist.pace_s else ""
    return [
        f"| {how}: call to end, s | {len(took)} | {percentile(took, 50):.1f} | {percentile(took, 95):.1f} "
        f"| {max(took):.1f} | {in_time} |",
        f"| {how}: key to frame, ms | {len(echoes)} | {percentile(echoes, 50):.0f} | {percentile(echoes, 95):.0f} "
        f"| {max(echoes):.0f} | {seen} |",
    ]


def table(rows: list[str], runs: int, keys: int, faults: dict[str, int]) -> str:
    work_ms = min(yardstick_ms() for _ in range(5))
    return "\n".join([
        f"{runs} calls a sitting after a first one, {UNITS} crews at 1 Hz, maps drawn without a graphics card; {keys} "
        f"keys besides what was said (28 allowed). A fixed piece of work took {work_ms:.1f} ms of a core afterwards.",
        "", "| | n | p50 | p95 | longest | aim |", "|---|--:|--:|--:|--:|---|", *rows, "",
        "Errors: " + (", ".join(f"{what}: {n}" for what, n in sorted(faults.items())) or "none") + ".",
    ])  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
