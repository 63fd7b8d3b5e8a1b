"""A real phone: Chromium with a profile on disk, which can be killed with all its processes and started again."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from typing import Any

from playwright.sync_api import Error as PlaywrightError

from tests.journeys.browsing import CHROMIUM, FLAGS, PIN, until

KEPT = "kept "
LIKE_A_PHONE = ["--window-size=390,844", "--lang=zh-CN", "--accept-lang=zh-CN"]


class Handset:
    """`told` are the ids of the steps of which its page has said that they are kept."""

    def __init__(self, playwright: Any, profile: Path) -> None:
        self.playwright, self.profile = playwright, profile
        self.told: list[str] = []
        self.running: subprocess.Popen[bytes] | None = None

    def switch_on(self) -> Any:
        """Its page, with whatever the profile holds; a page that was still open is gone first."""
        self.kill()
        for left in [*self.profile.glob("Singleton*"), *self.profile.glob("DevToolsActivePort")]:
            left.unlink()
        command = [str(CHROMIUM), *FLAGS, "--headless=new", *LIKE_A_PHONE, f"--user-data-dir={self.profile}"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.running = subprocess.Popen(
            [*command, "--remote-debugging-port=0", "about:blank"], start_new_session=True, **quiet
        )
        door = self.profile / "DevToolsActivePort"
        port = until(lambda: door.exists() and door.read_text().partition("\n")[0])
        chromium = self.playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
        page = chromium.contexts[0].pages[0]
        page.set_default_timeout(30_000)
        page.on("console", lambda said: self._hear(said.text))
        return page

    def _hear(self, text: str) -> None:
        if text.startswith(KEPT):
            self.told.append(text.removeprefix(KEPT))

    def kill(self) -> None:
        """The whole group at once, as the kernel does when memory runs out."""
        if self.running and self.running.poll() is None:
            os.killpg(self.running.pid, signal.SIGKILL)
            self.running.wait()


def _asks_for_pin(page: Any, address: str) -> bool:
    """Whether the field page is served; a person would load it again, too."""
    try:
        page.goto(f"{address}/field/")
        page.locator("[data-part=pin]").wait_for(timeout=5_000)
    except PlaywrightError:
        return False
    return True


def open_field(page: Any, address: str) -> None:
    """The field page behind its PIN; what waited goes out by itself."""
    until(lambda: _asks_for_pin(page, address), seconds=120)  # killed often, the pages wait longer before they start
    page.locator("[data-part=pin]").fill(PIN)
    page.locator("[data-part=open]").click()
    page.locator("[data-part=away]").wait_for()
