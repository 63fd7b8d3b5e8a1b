"""Trying a backup: a second town of it, in a folder and with a database server of its own, that lives a minute."""

import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from shouwang.config.backing_up import MANIFEST
from shouwang.config.database.programs import NoDatabase
from shouwang.config.environment import ROOT, Environment
from shouwang.config.restoring import BadBackup

NOT_HANDED_ON = ("SHOUWANG_ROLE", "SHOUWANG_ROLE_PASSWORD", "SHOUWANG_DATABASE_NAME", "DATABASE_URL")


@dataclass(frozen=True)
class Held:
    """What the backup was of."""

    rows: int
    files: int
    made_at: datetime


def put_back_beside(environment: Environment, backup: Path, *, say: Callable[[str], None] = print) -> Held:
    """Restores into a folder of its own and verifies the journal there. Raises NoDatabase when anything is amiss."""
    environment.var.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=environment.var, prefix="drill-") as folder:
        there = Path(folder) / "town"
        for command in (("restore", str(backup)), ("verify-journal",)):
            say(f"{command[0]} …")
            _run(command, there)
    return _held(backup)


def _run(command: tuple[str, ...], var: Path) -> None:
    """One of our commands in that folder; the town's own settings for a database elsewhere do not count there."""
    kept = {name: value for name, value in os.environ.items() if name not in NOT_HANDED_ON}
    done = subprocess.run(
        [sys.executable, "-m", "shouwang.config.command_line", *command],
        env=kept | {"SHOUWANG_VAR": str(var)}, cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip().splitlines() or ["it said nothing"]
        raise NoDatabase(f"The backup did not stand the trial: {said[-1]}")


def _held(backup: Path) -> Held:
    with tarfile.open(backup) as tar:
        file = tar.extractfile(MANIFEST)
        if file is None:
            raise BadBackup(f"{backup} has no manifest.")
        manifest = json.load(file)
    made_at = datetime.fromisoformat(manifest["made_at"])
    return Held(sum(manifest["rows"].values()), len(manifest["sha256"]) - 1, made_at)
