"""Searching in a real browser: from the Enter key to the candidates painted, through the pages of a town."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from bench.load.town import ROOT, free_port

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
READY_S = 240
SEARCH = """([who, place]) => new Promise((done, fail) => {
    document.getElementById("id_who").value = who;
    document.getElementById("id_place").value = place;
    const began = performance.now();
    document.body.addEventListener("htmx:afterSettle", () => requestAnimationFrame(
        () => setTimeout(() => done(performance.now() - began))), { once: true });
    document.body.addEventListener("htmx:responseError", (event) => fail(event.detail.xhr.status), { once: true });
    document.querySelector(".find-box").requestSubmit();
})"""


@contextmanager
def pages() -> Iterator[str]:
    """The desk's own process, without the public port before it; its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    settings = {"SHOUWANG_ROLE": "web", "SHOUWANG_ADDRESS": address, "SHOUWANG_FACES": "desk"}
    process = subprocess.Popen(
        [sys.executable, "-m", "shouwang.config.command_line", "serve", "--bind", f"127.0.0.1:{port}"],
        cwd=ROOT, env=os.environ | settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + READY_S
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2)
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the pages did not come up")


def search_in_browser(
    address: str, session: str, terms: Sequence[tuple[str, str]], before_ten: Callable[[], Any]
) -> list[float]:
    """Milliseconds of each search. before_ten: what takes back the limits of the hour"""
    from playwright.sync_api import sync_playwright

    took = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        context.add_cookies([{"name": "sw_session", "value": session, "url": address}])
        page = context.new_page()
        page.goto(f"{address}/desk/find/?ask")
        page.locator(".find-purpose button").click()
        page.wait_for_selector("#id_who")
        for number, one in enumerate(terms):
            if number % 10 == 0:
                before_ten()
            took.append(float(page.evaluate(SEARCH, list(one))))
        browser.close()
    return took
