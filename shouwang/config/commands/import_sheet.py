"""Take a register over from a CSV or Excel file, for the whole town: looked over first, and only then taken."""

import argparse
import sys
from pathlib import Path

ROLE = "jobs"
KINDS = ("addresses", "dwellings", "residents", "organisations")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument("--take", action="store_true", help="take the good lines over (otherwise nothing changes)")


def run(options: argparse.Namespace) -> int:
    from shouwang.connections.sheets.loading import load_sheet
    from shouwang.core import clock
    from shouwang.core.problem import Problem

    try:
        batch = load_sheet(options.kind, options.file, take=options.take, at=clock.now())
    except Problem as problem:
        print(problem.message, file=sys.stderr)
        return 1
    for number, column, says in batch.faults.order_by("number").values_list("number", "column", "says")[:20]:
        print(f"line {number}, {column}: {says}", file=sys.stderr)
    counts = ", ".join(f"{name} {count:,}" for name, count in batch.counts.items())
    print(f"{batch.n_lines:,} lines: {counts}. {batch.get_state_display()}. {batch.problem}".strip())
    return 0 if batch.state != "failed" else 1
