"""Streets that must be served and vehicle routes of published instances, beside the best known costs.

    .venv/bin/python -m bench.patrolling [FOLDER] [--seconds 10] [--only NAME …] [--every 1] [--json]

Seconds are work of this process, not of the clock. Skipped where the instances are absent. FOLDER holds carp and
vrp_pyvrp. Costs of prize-collecting instances hold the prizes left out. Where the best known cost of the list lies
under our bound it is an error of the list, and there is no gap.
"""

import argparse
import csv
import json
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from typing import Any

from pyvrp import read as read_vehicles
from pyvrp import solve

from shouwang.solvers.arc_text import read_arcs
from shouwang.solvers.arcs import SEED, Patience, faults_of, route_arcs
from shouwang.solvers.arcs_bound import bound_of
from shouwang.solvers.partition_time import Budget

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
TRUSTED = ("OPT", "UB_LB")  # other figures of the list are comments of the 1990s, far from what is known today
BOUND_S = 5.0
ENDLESS = 10**9


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=DATA)
    parser.add_argument("--seconds", type=float, default=10, help="of work for one instance")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME")
    parser.add_argument("--every", type=int, default=1, help="measure every n-th instance of a list")
    parser.add_argument("--json", action="store_true", help="one JSON object a line instead of the tables")
    options = parser.parse_args()
    parts = {"carp": streets, "vrp_pyvrp": vehicles}
    there = [name for name in parts if (options.folder / name).is_dir()]
    if not there:
        print(f"Skipped: there is neither carp nor vrp_pyvrp in {options.folder.name}.")
        return 0
    good = True
    for name in there:
        rows = list(parts[name](options.folder / name, options.only, options.every, options.seconds))
        good = good and all(row["kept"] for row in rows)
        print("\n".join(json.dumps(row) for row in rows) if options.json else table(rows), end="\n\n")
    return 0 if good else 1


def streets(folder: Path, only: list[str], every: int, seconds: float) -> Iterator[dict[str, Any]]:
    with (folder / "instances.csv").open(encoding="utf-8") as lines:
        asked = [row for row in csv.DictReader(lines) if row["bound_kind"] in TRUSTED]
    packed = zipfile.ZipFile(folder / "carp.zip")
    names = {Path(name).stem: name for name in packed.namelist()}
    for row in chosen(asked, "instance", only, every):
        task = read_arcs(packed.read(names[row["instance"]]).decode())
        began = process_time()
        found = route_arcs(task, budget=Budget(seconds))
        worked, best = process_time() - began, int(row["optimum"] or row["upper_bound"])
        bound = bound_of(task, seconds=BOUND_S)
        yield {
            "instance": row["instance"], "to serve": len(task.required), "best known": best, "found": found.cost,
            "gap": (found.cost - best) / best if bound <= best else None, "our bound": bound,
            "seconds of work": round(worked, 1), "kept": not faults_of(task, found.routes),
        }  # fmt: skip


def vehicles(folder: Path, only: list[str], every: int, seconds: float) -> Iterator[dict[str, Any]]:
    with (folder / "best_known.csv").open(encoding="utf-8") as lines:
        asked = list(csv.DictReader(lines))
    with tempfile.TemporaryDirectory() as unpacked:
        zipfile.ZipFile(folder / "instances.zip").extractall(unpacked)
        paths = {path.name: path for path in Path(unpacked).rglob("*.vrp")}
        for row in chosen(asked, "file", only, every):
            path = paths[Path(row["file"]).name]
            data = read_vehicles(path, "round" if path.name.startswith("X-") else "dimacs")
            began = process_time()
            best = solve(data, Patience(Budget(seconds), ENDLESS), seed=SEED, collect_stats=False).best
            known = int(float(row["best_known_cost"]))
            cost = best.distance_cost() + best.uncollected_prizes()
            yield {
                "instance": path.stem, "to serve": data.num_clients, "best known": known, "found": cost,
                "gap": (cost - known) / known, "our bound": "–", "seconds of work": round(process_time() - began, 1),
                "kept": best.is_feasible(),
            }  # fmt: skip


def chosen(rows: list[dict[str, str]], key: str, only: list[str], every: int) -> list[dict[str, str]]:
    return [row for row in rows if Path(row[key]).stem in only] if only else rows[::every]


def table(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return ""
    heads = list(rows[0])
    lines = [" | ".join(heads), " | ".join("---" for _ in heads)]
    for row in rows:
        shown = row | {
            "gap": "–" if row["gap"] is None else f"{row['gap']:.1%}",
            "kept": "yes" if row["kept"] else "no",
        }
        lines.append(" | ".join(str(value) for value in shown.values()))
    gaps = [row["gap"] for row in rows if row["gap"] is not None]
    middle = sorted(gaps)[len(gaps) // 2]
    mean = sum(gaps) / len(gaps)
    told = f"{mean:.1%} on average, {middle:.1%} in the middle, {max(gaps):.1%} at worst."
    return "\n".join(f"| {line} |" for line in lines) + f"\n\n{len(gaps)} instances with a gap: it is {told}"


if __name__ == "__main__":
    sys.exit(main())
