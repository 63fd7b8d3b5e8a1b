"""How long a register takes to come in from a sheet, and how much memory: looked over, taken over, and brought again.

    .venv/bin/python -m bench.importing [--rows 20000]      (1000000: by hand)

Runs in a folder and a database of its own: an empty town of that many, a CSV file with a line for each resident, and
the command `import-sheet`, which does the same work as a page and its jobs. Memory is that of the process at its peak.
Beside it, the bare COPY of the same file into a table of text: what the database alone would need.
"""

import argparse
import csv
import datetime as dt
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.places import run

SEED = 1
HEADINGS = ("姓名", "身份证号码", "人口类别", "住址", "与房屋关系", "入住日期", "手机号")
FIRST_BORN = dt.date(1940, 1, 1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"SHOUWANG_VAR": folder, "DJANGO_SETTINGS_MODULE": "shouwang.config.settings"}
        return measure(options.rows, Path(folder))


def measure(n_rows: int, folder: Path) -> int:
    from shouwang.config.database.town import town_cluster
    from shouwang.config.environment import current

    cluster = town_cluster(current())
    cluster.start()
    try:
        run("upgrade", role="owner")
        run("town", "--residents", str(n_rows), "--seed", str(SEED), "--empty", role="jobs")
        os.environ["SHOUWANG_ROLE"] = "jobs"
        import django

        django.setup()
        sheet = folder / "residents.csv"
        write_sheet(sheet, n_rows)
        report(sheet, n_rows)
    finally:
        from django.db import connections

        connections.close_all()
        cluster.stop()
    return 0


def report(sheet: Path, n_rows: int) -> None:
    print(f"{n_rows:,} lines, {sheet.stat().st_size / 1024**2:.0f} MiB of CSV.\n")
    print("| | seconds | lines a second | of it on a core | peak memory | new | there already | to mend |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    began = time.perf_counter()
    bare_copy(sheet)
    print(line("bare COPY as text", time.perf_counter() - began, n_rows), flush=True)
    for name in ("first time", "the same again"):
        began = time.perf_counter()
        used = import_sheet(sheet)
        seconds = time.perf_counter() - began
        batch = last_batch()
        print(line(name, seconds, n_rows, used, batch.counts), flush=True)
        if name == "first time":
            looked = (batch.checked_at - batch.asked_at).total_seconds()
            print(line("of which looked over", looked, n_rows), flush=True)


def line(name: str, seconds: float, n_rows: int, used: Any = None, counts: dict[str, int] | None = None) -> str:
    """used: what the process took, without the database"""
    shown = [f"{counts[key]:,}" if counts and key in counts else "" for key in ("new", "known", "faulty")]
    took = [f"{used.ru_utime + used.ru_stime:.0f} s", f"{used.ru_maxrss / 1024:.0f} MiB"] if used else ["", ""]
    return f"| {name} | {seconds:.0f} | {n_rows / seconds:,.0f} | {' | '.join(took + shown)} |"


def import_sheet(sheet: Path) -> Any:
    """Looks the file over and takes it over in a process of its own; what that took."""
    command = [sys.executable, "-m", "shouwang.config.command_line", "import-sheet", "residents", str(sheet), "--take"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit("the import stopped")
    return used


def last_batch() -> Any:
    from shouwang.connections.sheets.models import Batch

    return Batch.objects.order_by("-asked_at")[0]


def bare_copy(sheet: Path) -> None:
    import psycopg

    from shouwang.config.database import place
    from shouwang.config.environment import current

    columns = ", ".join(f"c{n} text" for n in range(len(HEADINGS)))
    with psycopg.connect(**place.role_parameters(current(), "owner")) as owner:
        owner.execute(f"CREATE TABLE bare ({columns})")
        with owner.cursor().copy("COPY bare FROM STDIN (FORMAT csv, HEADER)") as copy, sheet.open("rb") as file:
            while part := file.read(1 << 20):
                copy.write(part)
        owner.rollback()


def write_sheet(sheet: Path, n_rows: int) -> None:
    """A line for each of `n_rows` people, household by household, with numbers and telephones of nobody."""
    from django.db import connection

    from shouwang.demo.names import CLANS
    from shouwang.demo.town.residents import _LEAVES, EXCHANGE, GIVEN, HOUSEHOLD, made_number

    draw = random.Random(SEED)
    with connection.cursor() as cursor:
        cursor.execute(_LEAVES)
        homes = [searched for _id, _full, searched, _path, _area in cursor.fetchall()]
    n_written = 0
    with sheet.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADINGS)
        while n_written < n_rows:
            home, clan = draw.choice(homes), draw.choice(CLANS)
            for n in range(min(draw.choice(HOUSEHOLD), n_rows - n_written)):
                born = FIRST_BORN + dt.timedelta(days=n_written // 1000)
                name = clan + "".join(draw.choices(GIVEN, k=draw.choice((1, 2, 2))))
                relation = "产权人" if n == 0 else "产权人或承租人家属"
                out.writerow(
                    (name, made_number(f"{born:%Y%m%d}", n_written), "常住人口", home, relation, "2024-05-06",
                     f"{EXCHANGE}{draw.randrange(10**6):06d}")
                )  # fmt: skip
                n_written += 1


if __name__ == "__main__":
    sys.exit(main())
