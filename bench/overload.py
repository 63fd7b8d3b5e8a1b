"""Ten times the positions: what desks feel of it, and what becomes of the positions (R4).

    .venv/bin/python -m bench.overload [--seconds 60] [--units 200] [--times 10]

A demo town of its own. First every unit reports once a second, then ten times as often; desks take calls at the same
pace in both. Generator and town share the machine, so a part of what the desks feel is the generator itself.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import aiohttp

from bench.load.desks import LOOKS_EVERY_S, Desk
from bench.load.figures import ANSWERS, STEPPED, Notes, percentile
from bench.load.outside import Phones, until_due
from bench.load.town import ROOT, LoadedTown

AIM = 1.5
DESKS, CALLS_A_MINUTE = 6, 30
WARM_S, REHEARSAL_S = 10.0, 15.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--units", type=int, default=200)
    parser.add_argument("--times", type=float, default=10)
    options = parser.parse_args()
    n_calls = int((options.seconds + WARM_S) / 60 * CALLS_A_MINUTE) + 1
    with tempfile.TemporaryDirectory() as folder:
        town = LoadedTown(Path(folder))
        town.start()
        try:
            planted = town.planted(options.units, DESKS, 3 * n_calls)
            units = Path(folder) / "units.json"
            units.write_text(json.dumps([[one["token"], one["lon"], one["lat"]] for one in planted["units"]]))
            first, second, rehearsed = (planted["calls"][n * n_calls : (n + 1) * n_calls] for n in range(3))
            asyncio.run(worked(town, planted, rehearsed, units, REHEARSAL_S, 1))  # first imports, first connections
            normal = asyncio.run(worked(town, planted, first, units, options.seconds, 1))
            flooded = asyncio.run(worked(town, planted, second, units, options.seconds, options.times))
        finally:
            town.stop()
    tell(options, normal, flooded)
    return 0


async def worked(
    town: LoadedTown, planted: dict[str, Any], calls: list[dict[str, Any]], units: Path, seconds: float, times: float
) -> tuple[Notes, dict[str, int]]:
    """Calls at the desks while the units report so often; what was measured, and how the positions were answered."""
    flood = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.load.flooding", str(town.port), str(units), str(seconds + WARM_S), str(times),
        cwd=ROOT, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    notes = Notes()
    notes.warm_at = time.time() + WARM_S
    end = notes.warm_at + seconds
    async with aiohttp.ClientSession(town.address, connector=aiohttp.TCPConnector(limit=0), read_bufsize=2**20) as web:
        phones = Phones(web, planted, notes)
        desks = [Desk(web, cookie, phones, notes) for cookie in planted["desks"]]
        for number, desk in enumerate(desks):
            desk.run(desk.watch(end))
            desk.run(desk.look(notes.warm_at + number * LOOKS_EVERY_S / DESKS, LOOKS_EVERY_S, end))
        for number, place in enumerate(calls):
            due = notes.warm_at - WARM_S / 2 + number * 60 / CALLS_A_MINUTE
            if due > end:
                break
            await until_due(due)
            desks[number % DESKS].run(desks[number % DESKS].take(place, due))
        await until_due(end)
        while any(desk.tasks for desk in desks):  # what was begun meanwhile, too
            await asyncio.gather(*(desk.leave() for desk in desks))
            await asyncio.sleep(0.05)
    told, _ = await flood.communicate()
    return notes, json.loads(told)


def tell(
    options: argparse.Namespace, normal: tuple[Notes, dict[str, int]], flooded: tuple[Notes, dict[str, int]]
) -> None:
    print(f"{options.units} units, {DESKS} desks, {CALLS_A_MINUTE} calls a minute, {options.seconds:.0f} s each.\n")
    print(f"| what | once a second | {options.times:.0f} times as often | ratio | aim |\n|---|---:|---:|---:|---:|")
    for name in (ANSWERS, STEPPED):
        for percent in (50, 99):
            a, b = (percentile(notes.took_ms[name], percent) for notes, _told in (normal, flooded))
            aim = f"≤ {AIM}" if percent == 99 and name == ANSWERS else ""
            n = f"{len(normal[0].took_ms[name])} and {len(flooded[0].took_ms[name])}"
            print(f"| {name}, p{percent} of {n} | {a:.0f} ms | {b:.0f} ms | {b / a:.2f} | {aim} |")
    rows = {
        "sent": "positions sent", "200": "… kept", "429": "… “one a second is plenty” (429)",
        "503": "… “too much, come again” (503)", "unanswered": "… still waiting at the end",
        "line full or closed": "… not sent: the line was full",
    }  # fmt: skip
    for _notes, told in (normal, flooded):
        told["unanswered"] = told["sent"] - sum(told.get(status, 0) for status in ("200", "429", "503"))
    for key, words in rows.items():
        print(f"| {words} | {normal[1].get(key, 0):,} | {flooded[1].get(key, 0):,} | | |")
    for name, (notes, _told) in {"once a second": normal, "overload": flooded}.items():
        print(f"| faults of desks and phones, {name} | {sum(notes.faults.values())} | | | 0 |")
        if notes.faults:
            print(f"\n{name}: {dict(notes.faults)}\n")


if __name__ == "__main__":
    sys.exit(main())
