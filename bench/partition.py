"""Divisions of nine real graphs beside their proven optima, each with the bound found in the same run.

    .venv/bin/python -m bench.partition [FOLDER] [--seconds 90] [--only NAME …] [--json]

Skipped where the graphs are absent. FOLDER holds NAME.json.gz for each line of optimal.csv.
"""

import argparse
import csv
import json
import sys
from pathlib import Path
from time import process_time
from typing import Any

from shouwang.solvers.partition import Bounds, CannotDivide, divide
from shouwang.solvers.partition_files import read_graph
from shouwang.solvers.partition_graph import keeps

GRAPHS = Path(__file__).resolve().parents[2] / "shared" / "data" / "districting"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=GRAPHS)
    parser.add_argument("--seconds", type=float, default=90)
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME")
    parser.add_argument("--json", action="store_true", help="one JSON object a line instead of the table")
    options = parser.parse_args()
    if not (options.folder / "optimal.csv").is_file():
        print(f"Skipped: there is no optimal.csv in {options.folder.name}.")
        return 0
    with (options.folder / "optimal.csv").open(encoding="utf-8") as lines:
        asked = [row for row in csv.DictReader(lines) if not options.only or row["instance"] in options.only]
    rows = [measure(options.folder, row, options.seconds) for row in asked]
    print("\n".join(json.dumps(row) for row in rows) if options.json else table(rows))
    return 0 if all(row["kept"] for row in rows) else 1


def measure(folder: Path, row: dict[str, str], seconds: float) -> dict[str, Any]:
    graph = read_graph(folder / f"{row['instance']}.json.gz")
    bounds = Bounds(int(row["districts_k"]), int(row["population_lower_L"]), int(row["population_upper_U"]))
    began = process_time()
    told: dict[str, Any] = {
        "instance": row["instance"], "units": graph.n, "districts": bounds.districts,
        "optimum": int(row["best_cut_edges_contiguous"]), "found": None, "bound": None, "seconds": seconds,
        "worked": seconds, "kept": False,
    }  # fmt: skip
    try:
        found = divide(graph, bounds, seconds=seconds, tell=lambda line: print(line, file=sys.stderr))
    except CannotDivide as problem:
        print(problem, file=sys.stderr)
        return told
    kept = keeps(graph, bounds, found.assignment)
    took = {"seconds": round(found.seconds, 1), "worked": round(process_time() - began, 1)}
    return told | {"found": found.cost, "bound": found.bound, "kept": kept} | took


def table(rows: list[dict[str, Any]]) -> str:
    heads = ("graph", "units", "districts", "proven optimum", "found", "our bound", "seconds", "of them work",
             "whole and in bounds")  # fmt: skip
    lines = [" | ".join(heads), " | ".join("---" for _ in heads)]
    lines += [" | ".join(str(value) for value in row.values()) for row in rows]
    best = sum(row["found"] == row["optimum"] for row in rows)
    return "\n".join(f"| {line} |" for line in lines) + f"\n\n{best} of {len(rows)} optimal."


if __name__ == "__main__":
    sys.exit(main())
