"""Fetch residents from an outside platform under its agreement: a sheet, what was turned away, and the lineage."""

import argparse
import datetime as dt
from pathlib import Path

ROLE = "jobs"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("platform", help="the agreement, such as “stub”")
    parser.add_argument("folder", type=Path, help="where the three files go")
    parser.add_argument("--since", type=dt.date.fromisoformat, help="only what changed since that day (30 days ago)")


def run(options: argparse.Namespace) -> int:
    from shouwang.connections.platforms.bringing import bring
    from shouwang.connections.platforms.port import NoAgreement, adapter_called, adapters
    from shouwang.connections.sheets.writing import write_csv
    from shouwang.core.actor import Actor
    from shouwang.core.clock import local_date, now

    at = now()
    try:
        adapter = adapter_called(options.platform, local_date(at))
    except NoAgreement as problem:
        print(problem.message, "、".join(adapters()))
        return 1
    since = options.since or local_date(at) - dt.timedelta(days=30)
    brought = bring(adapter, into=options.folder, since=since, write=write_csv, by=Actor.system(), at=at)
    print(f"{brought.sheet}: {brought.n_rows} rows; {brought.rejects}: {len(brought.rejected)} turned away")
    print(f"Not agreed on and dropped: {', '.join(brought.dropped) or '-'}")
    print(f"Next: bin/shouwang import-sheet residents {brought.sheet}")
    return 0
