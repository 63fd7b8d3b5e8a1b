"""Positions from JT/T 808 terminals over real sockets: placed in all areas, kept and published; beside a bare COPY.

    .venv/bin/python -m bench.positions [--terminals 4000] [--seconds 30] [--units 2000] [--steady-seconds 30]

Runs in a folder and a database of its own; terminals, server and database share the machine. First as fast as the
positions are answered (each terminal sends its next one then), after that --units at one position a second.
"""

import argparse
import datetime as dt
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from bench.load.town import ROOT, free_port

AIM_PER_S, AIM_SHARE = 10_000, 0.4
WEST, SOUTH, SIDE = 111.0, 27.0, 0.5
COPY_BATCH = 1000
WATCHED = 20


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--terminals", type=int, default=4000)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--units", type=int, default=2000, help="at one position a second")
    parser.add_argument("--steady-seconds", type=float, default=30)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"SHOUWANG_VAR": folder, "DJANGO_SETTINGS_MODULE": "shouwang.config.settings"}
        return measure(options, Path(folder))


def measure(options: argparse.Namespace, folder: Path) -> int:
    with database():
        planted = folder / "terminals.json"
        planted.write_text(json.dumps(plant(max(options.terminals, options.units))))
        print("| what | figure | aim |\n|---|---:|---:|")
        bare = bare_copy(options.terminals, 5)
        say("bare COPY into the same table", f"{bare:,.0f} rows/s", "")
        flood(options, planted, bare)
        steady(options, planted)
    return 0


def flood(options: argparse.Namespace, planted: Path, bare: float) -> None:
    """As fast as they are answered."""
    with served() as server:
        told, used, _times = driven(server, planted, options.terminals, options.seconds, pace=0)
    rate = told["answered"] / told["took_s"]
    what = f"{options.terminals:,} terminals, {told['took_s']:.0f} s"
    say(f"kept and answered, {what}", f"{rate:,.0f} fixes/s", f"≥ {AIM_PER_S:,}")
    say("… of the bare COPY", f"{rate / bare:.1%}", "")
    for name, seconds in used["cpu_s"].items():
        say(f"… CPU of {name}", f"{seconds / told['answered'] * 1e6:.0f} µs a fix", "")
    say("… connections lost, fixes in the table", f"{told['lost']}, {used['kept'] - told['answered']:+,}", "0")


def steady(options: argparse.Namespace, planted: Path) -> None:
    """The largest load there is: every unit once a second."""
    with served() as server:
        told, used, heard = driven(server, planted, options.units, options.steady_seconds, pace=1)
    delays = sorted(max(0.0, heard[key] - sent) for key, sent in told["times"].items() if key in heard)
    what = f"{options.units:,} units at 1 Hz, {told['took_s']:.0f} s"
    share = used["cpu_s"]["the server"] / told["took_s"]
    say(f"the server's share of a core, {what}", f"{share:.0%}", f"≤ {AIM_SHARE:.0%}")
    say("… the database's", f"{used['cpu_s']['the database'] / told['took_s']:.0%}", "")
    if len(delays) > 1:
        cuts = statistics.quantiles(delays, n=100)
        say(f"… sent → published, p50 · p95 of {len(delays):,}", f"{cuts[49]:.2f} s · {cuts[94]:.2f} s", "≤ 1 s")
    say("… kept of those answered", f"{used['kept'] - 1} of {told['answered']}", "all")
    say("… published of those sent", f"{len(delays)} of {len(told['times'])}", "all")
    say("… memory of the server", f"{used['mib']:.0f} MiB, {used['mib_per_min']:+.1f} MiB/min", "flat")


def say(what: str, figure: str, aim: str) -> None:
    print(f"| {what} | {figure} | {aim} |", flush=True)


# --- The town -------------------------------------------------------------------------------------------------------


def plant(n_units: int) -> list[tuple[str, str, float, float]]:
    """Areas in four tiers, and units on shift, each with a terminal that has its code."""
    from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

    from shouwang.connections.jt808.models import Terminal
    from shouwang.core.clock import now
    from shouwang.duty.models import Shift, Unit
    from shouwang.people.granting import grant_hash
    from shouwang.people.models import Grant

    began = now() - dt.timedelta(hours=4)
    home = plant_areas(began)
    units = [Unit(name=f"{n}组", form="car", home=home, duty_path=home.duty_path) for n in range(n_units)]
    codes = [f"bench-code-{n:06}" for n in range(n_units)]
    grants = [
        Grant(kind="unit", subject=unit.pk, token_hash=grant_hash(code), given_at=began)
        for unit, code in zip(units, codes, strict=True)
    ]
    numbers = [str(13900000001 + n) for n in range(n_units)]
    Unit.objects.bulk_create(units, 1000)
    Shift.objects.bulk_create(
        [Shift(unit=one, during=DateTimeTZRange(began, None), since=began) for one in units], 1000
    )
    Grant.objects.bulk_create(grants, 1000)
    Terminal.objects.bulk_create(
        [
            Terminal(number=number, unit=unit, grant=grant.pk, registered_at=began)
            for number, unit, grant in zip(numbers, units, grants, strict=True)
        ],
        1000,
    )
    edge = SIDE * 0.96
    return [
        (number, code, WEST + edge * (n * 0.618 % 1), SOUTH + edge * (n * 0.414 % 1))
        for n, (number, code) in enumerate(zip(numbers, codes, strict=True))
    ]


def plant_areas(began: dt.datetime) -> Any:
    """A bureau, 9 stations, 81 communities, 729 grids: squares in squares, their sides of many short pieces."""
    import shapely
    from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

    from shouwang.places.models import Area, AreaVersion

    areas, versions, number = [], [], 0
    tiers = ("bureau", "station", "community", "grid")
    above: list[tuple[Any, float, float, float]] = [(None, WEST, SOUTH, SIDE)]
    for depth, tier in enumerate(tiers):
        cut = 3 if depth else 1
        made = []
        for parent, west, south, side in above:
            for k in range(cut * cut):
                number += 1
                size = side / cut
                x, y = west + size * (k % cut), south + size * (k // cut)
                shape = shapely.segmentize(shapely.box(x, y, x + size, y + size), size / 15)
                path = f"{parent.duty_path if parent else '/'}{number}/"
                area = Area(
                    number=number, code=f"B{number}", scheme="OWN", tier=tier, layer="duty", name=f"{tier} {number}",
                    duty_path=path, government_path=path,
                )  # fmt: skip
                areas.append(area)
                versions += [
                    AreaVersion(
                        area=area, layer=layer, parent=parent, name=area.name, boundary=shapely.geometry.mapping(shape),
                        status="in_force", during=DateTimeTZRange(began, None),
                    )
                    for layer in ("duty", "government")
                ]  # fmt: skip
                made.append((area, x, y, size))
        above = made
    Area.objects.bulk_create(areas)
    AreaVersion.objects.bulk_create(versions)
    return areas[0]


def bare_copy(n_units: int, seconds: float) -> float:
    """Rows a second of ready text into the table of fixes, a commit every COPY_BATCH rows; the rows go again."""
    from django.db import connection

    from shouwang.core.clock import now
    from shouwang.core.ids import new_id
    from shouwang.tracking.pipeline.store import KEPT

    units, began, n_rows, n_text = [str(new_id()) for _ in range(n_units)], now(), 0, 0
    batches: list[str] = []
    for second in range(200):
        at = (began - dt.timedelta(seconds=second)).isoformat()
        rows = [
            f"{unit}\t{unit}\t{at}\t{at}\t111.{n:06}\t27.{n:06}\t5\t90\t\\N\t\\N\tf\tjt808\t/1/2/11/92/\t/1/2/11/92/\n"
            for n, unit in enumerate(units)
        ]
        batches += ["".join(rows[first : first + COPY_BATCH]) for first in range(0, len(rows), COPY_BATCH)]
        n_text += len(rows)
        if n_text > 1_000_000:
            break
    start = time.perf_counter()
    with connection.cursor() as cursor:
        for text in batches:
            with cursor.copy(f"COPY tracking_fix ({KEPT}) FROM STDIN") as copy:
                copy.write(text)
            n_rows += text.count("\n")
            if time.perf_counter() - start > seconds:
                break
        took = time.perf_counter() - start
        cursor.execute("TRUNCATE tracking_fix")
    return n_rows / took


# --- The run --------------------------------------------------------------------------------------------------------


@contextmanager
def served() -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    port = free_port()
    process = run("terminals", "--port", str(port), role="web")
    try:
        wait_for(port)
        yield process, port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def driven(
    server: tuple["subprocess.Popen[bytes]", int], planted: Path, n: int, seconds: float, *, pace: float
) -> tuple[dict[str, Any], dict[str, Any], dict[str, float]]:
    """What the terminals say; what server and database used meanwhile; when positions were published."""
    from django.db import connection

    process, port = psutil.Process(server[0].pid), server[1]
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE tracking_fix, tracking_lastfix")
    sender = subprocess.Popen(
        [sys.executable, "-m", "bench.load.terminals", str(port), str(planted), str(n), str(seconds), str(pace)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert sender.stdout
    if sender.stdout.readline().strip() != "proven":
        raise SystemExit("The terminals did not come through.")
    with heard_from(planted) as heard:
        before, memory, clock = cpu_s(process), [], time.monotonic()
        while sender.poll() is None and time.monotonic() - clock < seconds:
            memory.append((time.monotonic() - clock, process.memory_info().rss / 2**20))
            time.sleep(0.5)
        after = cpu_s(process)
        told = json.loads(sender.communicate()[0])
        time.sleep(1)
    settled = memory[len(memory) // 3 :]
    slope = statistics.linear_regression(*zip(*settled, strict=True)).slope * 60 if len(settled) > 1 else 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM tracking_fix")
        kept = cursor.fetchone()[0]
    return told, {
        "cpu_s": {name: after[name] - before[name] for name in after}, "kept": kept, "mib": memory[-1][1],
        "mib_per_min": slope,
    }, heard  # fmt: skip


def cpu_s(server: psutil.Process) -> dict[str, float]:
    """Of the server, and of the database's processes that serve it."""
    postgres = [one for one in psutil.process_iter(["name"]) if one.info["name"] == "postgres"]
    ours = [one for one in postgres if os.environ["SHOUWANG_VAR"] in " ".join(_parent_line(one))]
    return {
        "the server": sum(server.cpu_times()[:2]),
        "the database": sum(sum(one.cpu_times()[:2]) for one in ours),
    }


def _parent_line(process: psutil.Process) -> list[str]:
    """The command line of the database's first process, which names its folder."""
    try:
        first = process
        while (parent := first.parent()) is not None and parent.name() == "postgres":
            first = parent
        return first.cmdline()
    except psutil.Error:
        return []


@contextmanager
def heard_from(planted: Path) -> Iterator[dict[str, float]]:
    """While it is open: "terminal second" → when a live screen would have heard of it, for some of the terminals."""
    import psycopg
    from django.db import connection

    from shouwang.config.database import place
    from shouwang.config.environment import current
    from shouwang.journal.record import live_channel

    numbers = [row[0] for row in json.loads(planted.read_text())]
    order = {number: n for n, number in enumerate(numbers)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT unit_id::text, number FROM jt808_terminal")
        watched = {unit: order[number] for unit, number in cursor.fetchall() if order[number] % WATCHED == 0}
    heard: dict[str, float] = {}
    over = threading.Event()

    def listen() -> None:
        with psycopg.connect(**place.role_parameters(current(), "web"), autocommit=True) as listening:
            listening.execute(f"LISTEN {live_channel()}")
            while not over.is_set():
                for notice in listening.notifies(timeout=0.2):
                    came = time.time()
                    for fix in json.loads(notice.payload)["fixes"]:
                        if fix["unit"] in watched:
                            second = int(dt.datetime.fromisoformat(fix["at"]).timestamp())
                            heard.setdefault(f"{watched[fix['unit']]} {second}", came)

    listener = threading.Thread(target=listen)
    listener.start()
    try:
        yield heard
    finally:
        over.set()
        listener.join()


def wait_for(port: int) -> None:
    import socket

    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server does not listen.")


@contextmanager
def database() -> Iterator[None]:
    """The town's database without its processes, asked here as its owner."""
    from shouwang.config.database.town import town_cluster
    from shouwang.config.environment import current

    cluster = town_cluster(current())
    cluster.start()
    try:
        if run("upgrade", role="owner").wait():
            raise SystemExit("The database was not made.")
        os.environ["SHOUWANG_ROLE"] = "owner"
        import django

        django.setup()
        yield
    finally:
        from django.db import connections

        connections.close_all()
        cluster.stop()


def run(*command: str, role: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "shouwang.config.command_line", *command],
        env=os.environ | {"SHOUWANG_ROLE": role}, cwd=ROOT, stdout=subprocess.DEVNULL,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
