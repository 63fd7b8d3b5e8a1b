"""What the journal costs: time that record() adds to an act, entries a second, leaves sealed a second, a full check.

    .venv/bin/python -m bench.journal [--entries 20000] [--threads 4]

Runs in a folder and a database of its own. Writers and sealer share the machine, as they do in use.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

AIM_LEAVES_PER_S = 300
AIM_ADDED_MS = 8


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--threads", type=int, default=4)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"SHOUWANG_VAR": folder, "DJANGO_SETTINGS_MODULE": "shouwang.config.settings"}
        return measure(options.entries, options.threads)


def measure(entries: int, threads: int) -> int:
    from shouwang.config.database.town import town_cluster
    from shouwang.config.environment import current

    cluster = town_cluster(current())
    cluster.start()
    try:
        run("upgrade", role="owner").wait()
        sealer = run("seal", role="seal")
        os.environ["SHOUWANG_ROLE"] = "web"
        import django

        django.setup()
        adds_ms, wrote_s = write(entries, threads)
        sealed_s = wrote_s + wait_until_sealed(entries)
        sealer.terminate()
        sealer.wait()
        began = time.perf_counter()
        failed = run("verify-journal", role="read").wait()
        checked_s = time.perf_counter() - began
    finally:
        from django.db import connections

        connections.close_all()
        cluster.stop()
    cuts = statistics.quantiles(adds_ms, n=100)
    print(f"record() adds            p50 {cuts[49]:.2f} ms, p95 {cuts[94]:.2f} ms (aim: p95 ≤ {AIM_ADDED_MS} ms)")
    print(f"entries written          {entries / wrote_s:.0f}/s by {threads} threads")
    print(f"leaves sealed            {entries / sealed_s:.0f}/s while writing goes on (aim: ≥ {AIM_LEAVES_PER_S}/s)")
    print(f"full check of {entries:7}    {checked_s:.1f} s, {'faults found' if failed else 'everything agrees'}")
    return failed


def run(*command: str, role: str) -> "subprocess.Popen[bytes]":
    root = Path(__file__).resolve().parent.parent
    return subprocess.Popen(
        [sys.executable, "-m", "shouwang.config.command_line", *command],
        env=os.environ | {"SHOUWANG_ROLE": role},
        cwd=root,
        stdout=subprocess.DEVNULL,
    )


def write(entries: int, threads: int) -> tuple[list[float], float]:
    """Milliseconds inside each record(), and the seconds all of them took."""
    from django.db import connection

    from shouwang.core.acting import acting
    from shouwang.core.actor import Actor
    from shouwang.core.clock import now
    from shouwang.core.ids import new_id
    from shouwang.journal.record import record

    adds_ms: list[float] = []

    def act() -> None:
        by = Actor(new_id(), new_id())
        for number in range(entries // threads):
            with acting(by):
                began = time.perf_counter()
                record("matter.note", topic="matter.noted", subject=new_id(), by=by, at=now(), n=number, unit=new_id())
                adds_ms.append((time.perf_counter() - began) * 1000)
        connection.close()

    began = time.perf_counter()
    writers = [threading.Thread(target=act) for _ in range(threads)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return adds_ms, time.perf_counter() - began


def wait_until_sealed(entries: int) -> float:
    from shouwang.journal.models import Leaf

    began = time.perf_counter()
    while Leaf.objects.count() < entries:
        time.sleep(0.02)
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
