"""A recorded fleet of buses sent once more at sixty times its pace, through the door of the terminals.

    .venv/bin/python -m bench.buses [--seconds 45] [--pace 60]

Real gaps, repetitions and jumps (`shared/data/gps_austin_buses`, where it lies beside the project), on a clock that
goes as fast as the record. Terminals, door and database share the machine. What must hold is counted behind it.
"""

import argparse
import asyncio
import datetime as dt
import itertools
import os
import statistics
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from bench.positions import SIDE, SOUTH, WEST, database, plant, say

RECORD = Path(__file__).resolve().parents[2] / "shared" / "data" / "gps_austin_buses" / "2016-03-22.csv.gz"
SKIPPED = dt.timedelta(minutes=5)  # the record begins with the few that were heard first


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=45)
    parser.add_argument("--pace", type=float, default=60)
    options = parser.parse_args()
    if not RECORD.exists():
        print("The recorded fleet does not lie beside the project; nothing was measured.")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"SHOUWANG_VAR": folder, "DJANGO_SETTINGS_MODULE": "shouwang.config.settings"}
        return measure(options)


def measure(options: argparse.Namespace) -> int:
    with database():
        print("| what | figure | aim |\n|---|---:|---:|")
        return replayed(options.seconds, options.pace)


def replayed(seconds: float, pace: float) -> int:
    from shouwang.connections.jt808.fleets import moved_to, read_fleet
    from shouwang.connections.jt808.simulator import Terminal
    from shouwang.core import clock

    record = read_fleet(RECORD)
    record = [one for one in record if one.at >= record[0].at + SKIPPED]
    record = [one for one in record if one.at < record[0].at + dt.timedelta(seconds=seconds * pace)]
    vehicles = sorted({one.vehicle for one in record})
    planted = plant(len(vehicles))
    began = clock.now().replace(microsecond=0) - dt.timedelta(hours=3)
    edge = SIDE * 0.96
    heard = moved_to((WEST, SOUTH, WEST + edge, SOUTH + edge), began, record)
    devices = {
        vehicle: Terminal(number, lon, lat, code=code)
        for vehicle, (number, code, lon, lat) in zip(vehicles, planted, strict=True)
    }
    start = time.monotonic()
    clock.now = lambda: began + dt.timedelta(seconds=max(0.0, time.monotonic() - start - 2) * pace)
    took_ms, lost = asyncio.run(drive(devices, heard, began, pace, start + 2))
    say(f"{len(vehicles)} buses, {len(heard):,} reports at {pace:.0f} times their pace", f"{seconds:.0f} s", "")
    cuts = statistics.quantiles(took_ms, n=100)
    say("… report → kept and answered, p50 · p95 · p99", f"{cuts[49]:.0f} · {cuts[94]:.0f} · {cuts[98]:.0f} ms", "")
    say("… not answered as taken", str(lost), "0")
    return held({vehicle: device.number for vehicle, device in devices.items()}, heard)


async def drive(devices: dict[str, Any], heard: list[Any], began: dt.datetime, pace: float, start: float) -> Any:
    """Each vehicle sends its own, one after the other, at its moment."""
    from shouwang.connections.jt808.server import Server

    took_ms: list[float] = []
    lost = 0

    async def ride(vehicle: str, reports: list[Any], port: int) -> None:
        nonlocal lost
        one, on_line = devices[vehicle], False
        for fix in reports:
            due = start + (fix.at - began).total_seconds() / pace
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            for _again in range(2):  # a pause in the record is longer than a silent line is kept
                with suppress(OSError, TimeoutError):
                    if not on_line:
                        await one.connect("127.0.0.1", port)
                        on_line = await one.sign_on()
                    asked = time.monotonic()
                    lost += await one.report_from(fix.lon, fix.lat, fix.at) != 0
                    took_ms.append((time.monotonic() - asked) * 1000)
                    break
                on_line = False
            else:
                lost += 1
        await one.aclose()

    async with Server("127.0.0.1", 0) as server:
        own: dict[str, list[Any]] = {}
        for fix in heard:
            own.setdefault(fix.vehicle, []).append(fix)
        await asyncio.gather(*(ride(vehicle, reports, server.port) for vehicle, reports in own.items()))
    return took_ms, lost


def held(numbers: dict[str, str], heard: list[Any]) -> int:
    """Every fix once, every marker at its newest live fix, no jump on the live map; how many of these are broken."""
    from shouwang.connections.jt808.models import Terminal
    from shouwang.tracking.models import Fix, LastFix
    from shouwang.tracking.pipeline.order import jumps
    from shouwang.tracking.pipeline.passing import Seen

    units = dict(Terminal.objects.values_list("number", "unit"))
    last = dict(LastFix.objects.values_list("unit", "at"))
    wrong, kept_all, n_late, n_jumps = 0, 0, 0, 0
    for vehicle, number in numbers.items():
        kept = list(Fix.objects.filter(unit=units[number]).order_by("at"))
        live = [fix for fix in kept if not fix.late]
        kept_all, n_late = kept_all + len(kept), n_late + len(kept) - len(live)
        wrong += [fix.at for fix in kept] != sorted({one.at for one in heard if one.vehicle == vehicle})
        wrong += bool(live) and last.get(units[number]) != live[-1].at
        seen = [Seen(fix.at, fix.lon, fix.lat) for fix in live]
        n_jumps += sum(jumps(a, b) for a, b in itertools.pairwise(seen))
    n_once = len({(one.vehicle, one.at) for one in heard})
    say("… kept of those sent (each instant once)", f"{kept_all:,} of {n_once:,}", "all")
    say("… of them late or doubted: on no marker", f"{n_late:,}", "")
    say("… vehicles whose track or marker is wrong", str(wrong), "0")
    say("… jumps on the live map that a second report confirmed", str(n_jumps), "")
    return 1 if wrong or kept_all != n_once else 0


if __name__ == "__main__":
    sys.exit(main())
