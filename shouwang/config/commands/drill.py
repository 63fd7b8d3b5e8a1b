"""Prove a backup: put it back beside the town, check rows, files and journal, remove it again, and write that down."""

import argparse
from pathlib import Path

ROLE = "owner"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a file written by `backup`")


def run(options: argparse.Namespace) -> None:
    from shouwang.administration.backups import note_drill
    from shouwang.config.drilling import put_back_beside
    from shouwang.config.environment import current
    from shouwang.core.clock import now

    held = put_back_beside(current(), options.file.resolve())
    note_drill(rows=held.rows, files=held.files, made_at=held.made_at, at=now())
    print(f"The backup of {held.made_at:%Y-%m-%d %H:%M} UTC is whole. The town was not touched.")
