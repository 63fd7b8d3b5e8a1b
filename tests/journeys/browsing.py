"""A real Chromium at a real town: the whole system as `make demo` runs it, in a folder and on a port of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from shouwang.connections.sms.simulator import Simulator
from tests.house.tree import ROOT

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
READY_S = 240  # the first start lays a database and a town of 20 000
PROMISED_S = 30  # a promise in seconds is asserted as "it happens"; benches measure it


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Town:
    """A running town."""

    address: str
    folder: Path
    process: subprocess.Popen[bytes]
    messages: Simulator
    environment: dict[str, str]

    def sent_to(self, number: str) -> list[str]:
        """Texts that the gateway delivered to this number."""
        with urllib.request.urlopen(f"{self.messages.url}/messages") as answer:
            return [one["text"] for one in json.load(answer) if one["to"] == number]

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bin/shouwang", *arguments], cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=120
        )


@contextmanager
def running_town(folder: Path, *options: str, at_work: bool = False) -> Iterator[Town]:
    """`bin/shouwang demo` with its own data, an SMS gateway beside it; stopped and all its processes with it.

    at_work  with the calls of the demo's shift and its crews driving about; tests begin with an empty queue
    """
    port, messages = free_port(), Simulator("journey", free_port(), 0.1)
    messages.start()
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("SHOUWANG_", "DJANGO_"))}
    environment = inherited | {
        "SHOUWANG_VAR": str(folder), "SHOUWANG_PORT": str(port), "SHOUWANG_ADDRESS": f"http://127.0.0.1:{port}",
        "SHOUWANG_SMS_URL": messages.url, "SHOUWANG_SMS_SECRET": "journey",
    }  # fmt: skip
    log = (folder.parent / f"{folder.name}.log").open("wb")
    calm = [] if at_work else ["--calm"]
    process = subprocess.Popen(
        ["bin/shouwang", "demo", *calm, *options], cwd=ROOT, env=environment, stdout=log, stderr=log
    )
    try:
        until(lambda: b"is ready" in Path(log.name).read_bytes(), READY_S, lambda: Path(log.name).read_text()[-2000:])
        yield Town(f"http://127.0.0.1:{port}", folder, process, messages, environment)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
        messages.stop()
        log.close()


def until(happened: Any, seconds: float = PROMISED_S, why: Any = lambda: "it did not happen") -> Any:
    """Ask again until the answer is true; fails with `why()`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = happened()
        if found:
            return found
        time.sleep(0.2)
    pytest.fail(str(why()))


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
