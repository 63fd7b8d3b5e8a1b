"""Rosters of published instances: penalty beside the best known one, with the bound found in the same run.

    .venv/bin/python -m bench.rostering [FOLDER] [--seconds 60] [--only Instance1 …] [--workers 2] [--json]

Skipped where the instances are absent. FOLDER holds best_known.csv and schedulingbenchmarks.zip.
"""

import argparse
import csv
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

from shouwang.solvers.roster_text import read_task
from shouwang.solvers.rostering import solve

ROSTERS = Path(__file__).resolve().parents[2] / "shared" / "data" / "nurse_rostering"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=ROSTERS)
    parser.add_argument("--seconds", type=float, default=60, help="of search for one roster")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", action="store_true", help="one JSON object a line instead of the table")
    options = parser.parse_args()
    if not (options.folder / "best_known.csv").is_file():
        print(f"Skipped: there is no best_known.csv in {options.folder.name}.")
        return 0
    with (options.folder / "best_known.csv").open(encoding="utf-8") as lines:
        asked = [row for row in csv.DictReader(lines) if not options.only or row["instance"] in options.only]
    rows = [measure(options.folder, row, options.seconds, options.workers) for row in asked]
    print("\n".join(json.dumps(row) for row in rows) if options.json else table(rows))
    return 0 if all(row["found"] is not None for row in rows) else 1


def measure(folder: Path, asked: dict[str, str], seconds: float, workers: int) -> dict[str, Any]:
    with zipfile.ZipFile(folder / "schedulingbenchmarks.zip") as packed:
        name = next(one for one in packed.namelist() if one.endswith(f"{asked['instance']}.txt"))
        task = read_task(packed.read(name).decode())
    best = int(asked["best_known_penalty"])
    told: dict[str, Any] = {"instance": asked["instance"], "days": task.days, "staff": len(task.members), "best": best}
    found = solve(task, seconds=seconds, workers=workers)
    gap = None if found.penalty is None else round((found.penalty - best) / best, 4)
    return told | {"found": found.penalty, "bound": found.bound, "gap": gap, "seconds": round(found.seconds, 1)}


def table(rows: list[dict[str, Any]]) -> str:
    heads = ("instance", "days", "staff", "best known", "found", "our bound", "gap to best known", "seconds")
    lines = [" | ".join(heads), " | ".join(["---", *["--:"] * (len(heads) - 1)])]
    for row in rows:
        shown = row | {"gap": "none found" if row["gap"] is None else f"{row['gap']:.1%}"}
        lines.append(" | ".join(str(value) for value in shown.values()))
    return "\n".join(f"| {line} |" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
