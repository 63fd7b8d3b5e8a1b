"""Make a roster from a file of shifts, staff, cover and wishes; prints JSON with the penalty and its bound."""

import argparse
import json
import sys
from pathlib import Path

ROLE = None


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--instance", type=Path, required=True, help="text with SECTION_HORIZON, SECTION_SHIFTS, …")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long to look (60)")
    parser.add_argument("--workers", type=int, default=2)


def run(options: argparse.Namespace) -> int:
    from shouwang.solvers.roster_text import RosterUnreadable, read_task
    from shouwang.solvers.rostering import solve

    try:
        task = read_task(options.instance.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, RosterUnreadable) as problem:
        print(f"{options.instance.name}: {problem}", file=sys.stderr)
        return 1
    found = solve(
        task,
        seconds=options.seconds,
        workers=options.workers,
        told=lambda penalty, bound: print(f"{penalty} (at least {bound})", file=sys.stderr),
    )
    print(
        json.dumps(
            {
                "penalty": found.penalty,
                "bound": found.bound,
                "seconds": round(found.seconds, 1),
                "assignment": found.assignment,
            },
            ensure_ascii=False,
        )
    )
    return 0 if found.penalty is not None else 2
