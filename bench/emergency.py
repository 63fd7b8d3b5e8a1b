"""From the first key to the telephone of next of kin, through desk and SMS gateway, in a town of 20 000 residents.

    .venv/bin/python -m bench.emergency [--runs 20]

A demo town of its own with its real processes. Each run is one found person: the emergency page, begun, searched by
name, opened, and the message sent; it ends when the simulated gateway has taken the message. No thinking in between.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import aiohttp

from bench.load.town import ROOT, LoadedTown
from shouwang.connections.sms.simulator import Simulator

AIM_S = 15
TOKEN = "0123456789abcdef0123456789abcdef"
GATEWAY_S = 30
STEPS = ("emergency page", "begun", "searched", "opened", "message sent", "gateway took it")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    options = parser.parse_args()
    phones = Simulator("bench", delay_s=0.1)
    phones.start()
    with tempfile.TemporaryDirectory() as folder:
        town = LoadedTown(Path(folder))
        town.environment |= {"SHOUWANG_SMS_URL": phones.url, "SHOUWANG_SMS_SECRET": "bench"}
        town.start()
        try:
            planted = planted_in(town, options.runs)
            took = asyncio.run(measure(town, phones, planted))
        finally:
            town.stop()
            phones.stop()
    print(table(took))
    return 0


async def measure(town: LoadedTown, phones: Simulator, planted: dict[str, Any]) -> list[list[float]]:
    """Of each run the seconds from its first key to the end of each step."""
    headers = {
        "Cookie": f"sw_session={planted['desk']}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN, "Origin": town.address,
    }  # fmt: skip
    jar = aiohttp.DummyCookieJar()
    async with aiohttp.ClientSession(town.address, cookie_jar=jar, headers=headers) as web:
        return [await one_run(web, phones, one) for one in planted["found"]]


async def one_run(web: aiohttp.ClientSession, phones: Simulator, one: dict[str, str]) -> list[float]:
    began, ends = time.time(), []
    await asked(web, "/desk/find/emergencies/")
    ends.append(time.time())
    await asked(web, "/desk/find/emergencies/", reference=one["reference"], reason="老人倒在雪地里")
    ends.append(time.time())
    page = await asked(web, "/desk/find/candidates/", who=one["name"], matter=one["matter"])
    ends.append(time.time())
    given = {name: _hidden(page, name) for name in ("sitting", "search", "register", "record")}
    page = await asked(web, "/desk/find/record/", **given)
    ends.append(time.time())
    (address,) = re.findall(r'form method="post" action="(/desk/find/emergencies/[^"]+/kin/)"', page)
    await asked(web, address, way="message")
    ends.append(time.time())
    last = time.time() + GATEWAY_S
    while not (taken := _taken(phones, one["number"])) and time.time() < last:
        await asyncio.sleep(0.01)
    ends.append(taken or float("inf"))
    return [at - began for at in ends]


async def asked(web: aiohttp.ClientSession, path: str, **typed: str) -> str:
    """The page that comes back, redirects followed."""
    request = web.post(path, data=typed) if typed else web.get(path)
    async with request as answer:
        page = await answer.text()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}\n{page[:2000]}")
        return page


def _taken(phones: Simulator, number: str) -> float | None:
    return next((one.taken_at for one in list(phones.messages.values()) if one.to == number), None)


def _hidden(page: str, name: str) -> str:
    return re.findall(rf'name="{name}" value="([^"]+)"', page)[0]


def planted_in(town: LoadedTown, runs: int) -> dict[str, Any]:
    """A dispatcher at his desk, and people found, each with a matter and somebody to call."""
    settings = {"DJANGO_SETTINGS_MODULE": "shouwang.config.settings", "SHOUWANG_ROLE": "web"}
    done = subprocess.run(
        [sys.executable, "-m", "bench.load.found", str(runs)], cwd=ROOT, env=town.environment | settings,
        capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    planted: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return planted


def table(took: list[list[float]]) -> str:
    """Cumulative seconds of every step over all runs."""
    lines = [
        f"{len(took)} found people, one after the other, with all processes of the town on the same cores.", "",
        f"| until (aim ≤ {AIM_S} s in all) | median | longest |", "|---|---:|---:|",
    ]  # fmt: skip
    for number, step in enumerate(STEPS):
        times = [one[number] for one in took]
        lines.append(f"| {step} | {statistics.median(times):.2f} s | {max(times):.2f} s |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
