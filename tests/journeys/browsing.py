"""A real Chromium at a real town: each context is somebody with a machine of his own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.journeys.towns import PROMISED_S, Town, running_town, until

__all__ = ["CHROMIUM", "FLAGS", "PIN", "PROMISED_S", "Browser", "Town", "bind_phone", "running_town", "until"]

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PIN = "135790"
expect.set_options(timeout=PROMISED_S * 1000)


class Browser:
    """Contexts of one Chromium; each is somebody with a machine of his own."""

    def __init__(self, chromium: Any) -> None:
        self.chromium = chromium
        self.complaints: list[str] = []

    def somebody(self, name: str, **more: Any) -> Any:
        """A page of a new context; what its console complains of is kept, but for a network that is meant to be off."""
        page = self.chromium.new_context(locale="zh-CN", **more).new_page()
        page.set_default_timeout(PROMISED_S * 1000)
        page.on("pageerror", lambda fault: self.complaints.append(f"{name}: {fault}"))
        page.on(
            "console",
            lambda said: self.complaints.append(f"{name}: {said.text}")
            if said.type == "error" and "ERR_INTERNET_DISCONNECTED" not in said.text else None,
        )  # fmt: skip
        return page

    def member(self, town: Town, name: str, **more: Any) -> Any:
        """Somebody of the cast, signed in by his button."""
        page = self.somebody(name, **more)
        page.goto(f"{town.address}/people/sign-in/")
        page.get_by_role("button", name=name).first.click()
        page.wait_for_load_state()
        return page


def bind_phone(phone: Any, browser: Browser, town: Town, name: str = "周明远", duty: str = "在岗，没有任务") -> None:
    """The phone becomes his: a code from his page, the lead's approval, a PIN. 周明远 is on duty without a task."""
    officer = browser.member(town, name)
    officer.goto(f"{town.address}/people/me/")
    officer.get_by_role("button", name="绑定手机").click()
    code = officer.locator("main .sw-key").first.inner_text().strip()
    phone.goto(f"{town.address}/field/")
    phone.get_by_label("指挥台上的码").fill(code)
    phone.get_by_role("button", name="绑定这台手机").click()
    expect(phone.get_by_text("等待批准")).to_be_visible()
    lead = browser.member(town, "周岚")
    lead.goto(f"{town.address}/people/")
    lead.get_by_role("button", name=f"绑定给{name}").click()
    phone.locator("[data-part=pin]").fill(PIN)
    phone.locator("[data-part=again]").fill(PIN)
    phone.get_by_role("button", name="打开").click()
    expect(phone.get_by_role("heading", name=duty, exact=True)).to_be_visible()
