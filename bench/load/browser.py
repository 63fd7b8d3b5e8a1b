"""One desk in a real Chromium: from the press of a key to the panel drawn, from a fix to its mark on the map."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from playwright.async_api import Error, Page, async_playwright

from bench.load.desks import Desk
from bench.load.figures import COMMANDS, DRAWN, Notes
from bench.load.outside import until_due

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--enable-unsafe-swiftshader",
]  # fmt: skip
CALL_EVERY_S = 24.0
LOOKS_AT = (11.0, 14.0, 17.0, 20.0)  # after a call was typed: other calls are looked at
DRAWN_WITHIN_MS = 15_000
FIELD_WITHIN_MS = 4_000

# A command ends when the frame that shows the new panel has been handed over: the second frame after the swap.
WATCH = """
(() => {
  const now = () => performance.timeOrigin + performance.now();
  const afterFrame = (act) => requestAnimationFrame(() => requestAnimationFrame(act));
  window.load = { pressed: 0, drawn: 0, fixes: [], wanted: "" };
  window.addEventListener("keydown", (event) => {
    if (load.wanted === event.code) { load.pressed = performance.timeOrigin + event.timeStamp; load.wanted = ""; }
  }, true);
  document.addEventListener("htmx:afterSettle", (event) => {
    const { target, requestConfig } = event.detail;
    const unasked = requestConfig?.triggeringEvent?.type === "sw:refresh";
    if (target?.id !== "matter" || unasked || !load.pressed || load.drawn) return;
    afterFrame(() => { load.drawn = now(); });
  });
  document.addEventListener("sw:positions", (event) => {
    const ats = event.detail.map((fix) => Date.parse(fix.at));
    afterFrame(() => { for (const at of ats) load.fixes.push(now() - at); });
  });
})();
"""
ARMED = "(code) => { Object.assign(load, { pressed: 0, drawn: 0, wanted: code }); }"
FIXES = "() => load.fixes.splice(0)"


class Seat:
    """Whoever sits at the browser: commands on a schedule, each measured."""

    def __init__(self, page: Page, desk: Desk, notes: Notes) -> None:
        self.page, self.desk, self.notes = page, desk, notes
        self.address = page.url

    async def command(self, code: str, due: float, press: Callable[[], Awaitable[None]]) -> bool:
        """Press at its moment; a command that had to wait for the one before it has that wait added."""
        await until_due(due)
        late_s = max(0.0, time.time() - due)
        try:
            await self.page.evaluate(ARMED, code)
            await press()
            await self.page.wait_for_function("() => load.drawn", timeout=DRAWN_WITHIN_MS)
            pressed, drawn = await self.page.evaluate("() => [load.pressed, load.drawn]")
        except Error as fault:
            self.notes.fault(f"browser: {code}: {str(fault).splitlines()[0][:80]}")
            return False
        waited_s = late_s if late_s > 0.1 else 0.0
        self.notes.took(COMMANDS, due, ended=due + waited_s + (drawn - pressed) / 1000)
        return True

    async def sit(self, places: list[dict[str, Any]], end: float) -> None:
        due = time.time() + 2
        for place in places:
            if due + LOOKS_AT[-1] > end:
                break
            await self._take(place, due)
            for after in LOOKS_AT:
                await self.command("KeyJ", due + after, lambda: self._press("j"))
            due += CALL_EVERY_S

    async def _press(self, key: str) -> None:
        await self.page.evaluate("() => document.activeElement?.blur?.()")
        await self.page.keyboard.press(key)

    async def _take(self, place: dict[str, Any], due: float) -> None:
        """The typed line, keeping it, sending the first crew."""
        await until_due(due - 1)
        try:
            line = f"/new 打架 {place['name']} 两人受伤 13800000000"
            await self.page.locator(".cmd input").fill(line)
        except Error as fault:
            self.notes.fault(f"browser: no desk at {self.page.url}: {str(fault).splitlines()[0][:60]}")
            with suppress(Error):
                await self.page.goto(self.address)
            return
        typed = await self.command("Enter", due, lambda: self.page.locator(".cmd input").press("Enter"))
        if not typed:
            return
        keep = self.page.locator(".intake input[name=gist]")
        if not await self.command("Enter", due + 4, lambda: keep.press("Control+Enter")):
            return
        first = self.page.locator(".cand.first")
        try:
            unit = (await first.get_attribute("hx-vals") or "").split('"')[3]
            matter = await self.page.locator("#panel").get_attribute("data-chosen") or ""
            if not await self.command("Enter", due + 7, lambda: self._press("Enter")):
                return
            recall = await self.page.locator("[hx-post*='/recall/']").first.get_attribute("hx-post") or ""
        except Error as fault:
            return self.notes.fault(f"browser: no crew: {str(fault).splitlines()[0][:80]}")
        self.desk.run(self.desk.finish(matter, unit, recall.split("/")[3], due + 7))

    async def collect(self, end: float) -> None:
        """Ages of fixes when their frame was there."""
        while time.time() < end:
            await asyncio.sleep(2)
            try:
                for age_ms in await self.page.evaluate(FIXES):
                    self.notes.spent(DRAWN, age_ms)
            except Error as fault:
                self.notes.fault(f"browser: {str(fault).splitlines()[0][:80]}")


@asynccontextmanager
async def opened_desk(address: str, cookie: str, notes: Notes) -> AsyncIterator[Page]:
    """The desk's page in a Chromium, with its map drawn."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = await chromium.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
        await context.add_cookies([{"name": "sw_session", "value": cookie, "url": address}])
        await context.add_init_script(WATCH)
        page = await context.new_page()
        page.on("pageerror", lambda fault: notes.fault(f"browser: {str(fault)[:80]}"))
        await page.goto(f"{address}/desk/")
        await page.wait_for_selector("[data-ready=yes], sw-map table", timeout=60_000)
        page.set_default_timeout(FIELD_WITHIN_MS)
        yield page
        await chromium.close()
