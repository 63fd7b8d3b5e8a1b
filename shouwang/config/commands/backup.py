"""Write rows, files and keys of one moment into one file: keep it as you keep the keys."""

import argparse
from pathlib import Path

ROLE = "owner"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the backup to write, such as town-2026-11-22.tar")


def run(options: argparse.Namespace) -> None:
    from shouwang.administration.backups import note_backup
    from shouwang.config.backing_up import back_up
    from shouwang.config.environment import current
    from shouwang.core.clock import now

    at = now()
    made = back_up(current(), options.file.resolve(), at=at)
    note_backup(rows=made.rows, files=made.files, at=at)
