"""The loop under load: 200 units at 1 Hz, 12 desks, 30 new calls a minute, 50 public readers, on this machine.

    .venv/bin/python -m bench.loop [--seconds 300] [--quick] [--json FILE]

A demo town of its own, with its real processes. One desk is a Chromium, eleven are its requests without a browser.
Everything runs on a schedule that does not wait for answers, and times count from the schedule.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sys
import tempfile
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import aiohttp
import psutil

from bench.load.browser import CALL_EVERY_S, Seat, opened_desk
from bench.load.desks import LOOKS_EVERY_S, SLOW_LAYERS, Desk
from bench.load.figures import Notes, memories, percentile, tables, times, yardstick_ms
from bench.load.outside import Phones, read_pages, report, until_due
from bench.load.town import LoadedTown, cpu_of

UNITS, DESKS, READERS, CALLS_A_MINUTE = 200, 12, 50, 30
QUICK_S = 30
WARM_S = 60.0  # not counted: first connections, first imports, a first fix of every unit, the first plans of questions
MEMORY_EVERY_S = 5.0
SHED = re.compile(r'^shouwang_requests_shed_total\{kind="(\w+)"\} ([0-9.e+]+)', re.MULTILINE)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_S} seconds, to see that it works")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    options = parser.parse_args()
    seconds = QUICK_S if options.quick else options.seconds
    alone = min(yardstick_ms() for _ in range(5))
    with tempfile.TemporaryDirectory() as folder:
        town = LoadedTown(Path(folder))
        town.start()
        try:
            planted = town.planted(UNITS, DESKS, int(seconds / 60 * CALLS_A_MINUTE) + DESKS)
            result = asyncio.run(measure(town, planted, seconds))
            result["yardstick_ms"].insert(0, alone)
        finally:
            town.stop()
    print(tables(result))
    if options.json:
        options.json.write_text(json.dumps(result, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


async def measure(town: LoadedTown, planted: dict[str, Any], seconds: float) -> dict[str, Any]:
    notes = Notes()
    many = aiohttp.TCPConnector(limit=0)
    async with (
        aiohttp.ClientSession(town.address, connector=many, read_bufsize=2**20) as web,
        opened_desk(town.address, planted["desks"][0], notes) as page,
    ):
        notes.warm_at = time.time() + WARM_S
        end = notes.warm_at + seconds
        phones = Phones(web, planted, notes)
        desks = [Desk(web, cookie, phones, notes) for cookie in planted["desks"]]
        shares = asyncio.create_task(watch_processes(town, notes, end))
        await asyncio.gather(*everybody(planted, web, desks, Seat(page, desks[0], notes), end, notes))
        cores, generator = await shares
        for desk in desks:
            await desk.leave()
        async with web.get("/metrics") as answer:
            shed = {kind: float(n) for kind, n in SHED.findall(await answer.text())}
    load = (
        f"{UNITS} units at 1 Hz, {DESKS} desks (one a Chromium), {CALLS_A_MINUTE} calls a minute, "
        f"{READERS} public readers, {seconds:.0f} s on {psutil.cpu_count()} cores that the load shares."
    )
    return {
        "load": load, "times": times(notes), "memory": memories(notes, cores), "shed": shed,
        "faults": dict(notes.faults), "generator_cores": generator,
        "yardstick_ms": [percentile(notes.yardstick_ms, 50)],
    }  # fmt: skip


def everybody(
    planted: dict[str, Any], web: aiohttp.ClientSession, desks: list[Desk], seat: Seat, end: float, notes: Notes
) -> list[Coroutine[Any, Any, None]]:
    """What goes on at the same time."""
    calls, by_browser = planted["calls"], int((end - notes.warm_at) // CALL_EVERY_S) + 1
    others = desks[1:]
    looks = [notes.warm_at + number * LOOKS_EVERY_S / len(others) for number in range(len(others))]
    return [
        *(report(web, unit, number, end, notes) for number, unit in enumerate(planted["units"])),
        *(read_pages(web, number, end, notes) for number in range(READERS)),
        *(_until(end, desk.watch(end)) for desk in others),
        *(desk.redraw(path, every_s, end) for desk in others for path, every_s in SLOW_LAYERS),
        *(desk.look(first, LOOKS_EVERY_S, end) for first, desk in zip(looks, others, strict=True)),
        seat.sit(calls[:by_browser], end),
        seat.collect(end),
        take_calls(others, calls[by_browser:], notes.warm_at, end),
    ]


async def take_calls(desks: list[Desk], places: list[dict[str, Any]], start: float, end: float) -> None:
    """The calls that the browser does not take, one desk after the other."""
    every_s = 60 / (CALLS_A_MINUTE * len(desks) / DESKS)
    for number, place in enumerate(places):
        due = start + number * every_s
        if due > end:
            return
        await until_due(due)
        desk = desks[number % len(desks)]
        desk.run(desk.take(place, due))


async def _until(end: float, work: Any) -> None:
    try:
        async with asyncio.timeout(max(0.0, end - time.time())):
            await work
    except TimeoutError:
        return


async def watch_processes(town: LoadedTown, notes: Notes, end: float) -> tuple[dict[str, float], dict[str, float]]:
    """Memory every few seconds; which share of a core each process used once the load was warm."""
    await until_due(notes.warm_at)
    began, before, own = time.time(), town.cpu_s(), _own_cpu_s()
    while time.time() < end - MEMORY_EVERY_S:
        notes.memory.append((time.time(), await asyncio.to_thread(town.memory_mib)))
        notes.yardstick_ms.append(yardstick_ms())
        await asyncio.sleep(MEMORY_EVERY_S)
    took_s, after, own_after = time.time() - began, town.cpu_s(), _own_cpu_s()
    cores = {name: (used - before.get(name, 0.0)) / took_s for name, used in after.items()}
    load = {name: (own_after[name] - own[name]) / took_s for name in own_after}
    load["strangers"] = max(0.0, load.pop("everybody") - sum(load.values()) - sum(cores.values()))
    return cores, {name: round(share, 2) for name, share in load.items()}


def _own_cpu_s() -> dict[str, float]:
    """What the load itself uses: this process, and the browser with its driver."""
    me = psutil.Process()
    town = {"shouwang", "postgres"}
    children = [
        one for one in me.children(recursive=True)
        if any(word in " ".join(_command(one)) for word in ("chromium", "playwright")) and not town & {one.name()}
    ]  # fmt: skip
    whole = psutil.cpu_times()
    busy = sum(whole) - whole.idle - getattr(whole, "iowait", 0.0) - getattr(whole, "guest", 0.0)
    return {"requests": cpu_of(me), "browser": sum(cpu_of(one) for one in children), "everybody": busy}


def _command(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:
        return []


if __name__ == "__main__":
    sys.exit(main())
