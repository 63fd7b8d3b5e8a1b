"""What desks feel of 2 000 terminals that report once a second over JT/T 808: the same calls without and with them.

    .venv/bin/python -m bench.crowded [--seconds 60] [--terminals 2000]

A demo town of its own with the server of terminals beside it. Calls, desks and crews' phones are the same in both
halves; terminals, town and database share the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

from bench.load.figures import ANSWERS, SUGGESTIONS, Notes, percentile
from bench.load.town import ROOT, LoadedTown, cpu_of, free_port
from bench.overload import CALLS_A_MINUTE, DESKS, REHEARSAL_S, WARM_S, worked

UNITS, AIM = 60, 1.1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--terminals", type=int, default=2000)
    options = parser.parse_args()
    n_calls = int((options.seconds + WARM_S) / 60 * CALLS_A_MINUTE) + 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        town = LoadedTown(folder)
        town.start()
        try:
            planted = town.planted(UNITS, DESKS, 3 * n_calls)
            units = folder / "units.json"
            units.write_text(json.dumps([[one["token"], one["lon"], one["lat"]] for one in planted["units"]]))
            fleet = folder / "fleet.json"
            fleet.write_text(_as(town, "owner", "-m", "bench.load.fleet", str(options.terminals)))
            first, second, rehearsed = (planted["calls"][n * n_calls : (n + 1) * n_calls] for n in range(3))
            asyncio.run(worked(town, planted, rehearsed, units, REHEARSAL_S, 1))
            without, _told = asyncio.run(worked(town, planted, first, units, options.seconds, 1))
            share, told, crowded = beside(town, planted, second, units, fleet, options)
        finally:
            town.stop()
    tell(options, without, crowded, share, told)
    return 0


def beside(
    town: LoadedTown, planted: dict[str, Any], calls: list[Any], units: Path, fleet: Path, options: argparse.Namespace
) -> tuple[float, dict[str, Any], Notes]:
    """The same work while the terminals report: the server's share of a core, what the terminals say, what was felt."""
    port = free_port()
    command = [sys.executable, "-m", "shouwang.config.command_line", "terminals", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=_environment(town, "web"))
    try:
        time.sleep(5)
        seconds = options.seconds + 2 * WARM_S
        told = [str(port), str(fleet), str(options.terminals), str(seconds), "1"]
        sending = [sys.executable, "-m", "bench.load.terminals", *told]
        sender = subprocess.Popen(sending, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert sender.stdout
        if sender.stdout.readline().strip() != "proven":
            raise SystemExit("The terminals did not come through.")
        process, began, at = psutil.Process(server.pid), cpu_of(psutil.Process(server.pid)), time.monotonic()
        crowded, _told = asyncio.run(worked(town, planted, calls, units, options.seconds, 1))
        share = (cpu_of(process) - began) / (time.monotonic() - at)
        return share, json.loads(sender.communicate()[0]), crowded
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def tell(options: argparse.Namespace, without: Notes, crowded: Notes, share: float, told: dict[str, Any]) -> None:
    print(
        f"{DESKS} desks, {CALLS_A_MINUTE} calls a minute, {UNITS} crews; beside them {options.terminals:,} terminals"
        f" at 1 Hz; {options.seconds:.0f} s each.\n"
    )
    print("| what | without | with them | ratio |\n|---|---:|---:|---:|")
    for name in (ANSWERS, SUGGESTIONS):
        for percent in (50, 95, 99):
            if not without.took_ms[name] or not crowded.took_ms[name]:
                continue
            a, b = (percentile(notes.took_ms[name], percent) for notes in (without, crowded))
            n = f"{len(without.took_ms[name])} and {len(crowded.took_ms[name])}"
            print(f"| {name}, p{percent} of {n} | {a:.0f} ms | {b:.0f} ms | {b / a:.2f} |")
    answered = f"{told['answered']:,} of {told['sent']:,} positions answered, {told['lost']} connections lost"
    print(f"\nThe server of terminals used {share:.0%} of a core; {answered}.")
    faults = ", ".join(f"{n} {what}" for notes in (without, crowded) for what, n in notes.faults.items())
    print(f"Faults: {faults or 'none'}.")


def _environment(town: LoadedTown, role: str) -> dict[str, str]:
    return town.environment | {"DJANGO_SETTINGS_MODULE": "shouwang.config.settings", "SHOUWANG_ROLE": role}


def _as(town: LoadedTown, role: str, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=_environment(town, role), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    return done.stdout.splitlines()[-1]


if __name__ == "__main__":
    sys.exit(main())
