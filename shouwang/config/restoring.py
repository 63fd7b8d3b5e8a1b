"""Putting a backup back, into a place where there is no town yet; proven row by row count and file by hash."""

import hashlib
import json
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from shouwang.config.backing_up import FOLDERS, MANIFEST, ROWS, client_variables, count_rows
from shouwang.config.database import place, roles
from shouwang.config.database.programs import NoDatabase, find_programs
from shouwang.config.demonstrating import mark_of
from shouwang.config.environment import Environment

# Written by newer client programs and unknown to an older server; says nothing about the rows.
HARMLESS = ("transaction_timeout",)


class BadBackup(NoDatabase):
    """The backup is damaged or of another town; nothing has been changed."""


@dataclass(frozen=True)
class Unpacked:
    """A backup in a folder of its own, each file checked against the manifest."""

    folder: Path
    manifest: dict[str, Any]


def unpack(backup: Path, folder: Path) -> Unpacked:
    """Raises BadBackup when a file is missing, extra, or not what the manifest says."""
    try:
        with tarfile.open(backup) as tar:
            for member in tar:
                _extract(tar, member, folder)
    except FileNotFoundError:
        raise BadBackup(f"There is no file {backup}.") from None
    except (tarfile.TarError, EOFError) as problem:
        raise BadBackup(f"{backup} is no whole backup: {problem}.") from None
    try:
        manifest = json.loads((folder / MANIFEST).read_text())
    except (FileNotFoundError, ValueError):
        raise BadBackup(f"{backup} has no manifest: it is no backup, or its end is missing.") from None
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {MANIFEST}
    wrong = there ^ set(manifest["sha256"])
    wrong |= {name for name in there - wrong if _hash(folder / name) != manifest["sha256"][name]}
    if wrong:
        raise BadBackup(f"{backup} is damaged: {min(wrong)} is not as it was when the backup was made.")
    return Unpacked(folder, manifest)


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """One plain file or folder, nowhere but inside `folder`.

    Why not `filter="data"`: Debian 12's Python 3.11.2 does not have it yet.
    """
    target = (folder / member.name).resolve()
    if not (member.isfile() or member.isdir()) or not target.is_relative_to(folder.resolve()):
        raise tarfile.TarError(f"{member.name} does not belong into a backup")
    tar.extract(member, folder, set_attrs=False)


def put_back_files(unpacked: Unpacked, environment: Environment) -> None:
    """Keys first of all: the roles' passwords come from them."""
    if unpacked.manifest["schema"] != environment.schema:
        raise BadBackup(
            f"The backup is of the schema “{unpacked.manifest['schema']}”; set SHOUWANG_SCHEMA to it before restoring."
        )
    for name in FOLDERS:
        if any(path.is_file() for path in (environment.var / name).rglob("*")):
            raise NoDatabase(f"{environment.var / name} is not empty; restore into a new folder (SHOUWANG_VAR).")
    for name in FOLDERS:
        if (unpacked.folder / name).exists():
            shutil.rmtree(environment.var / name, ignore_errors=True)
            shutil.move(unpacked.folder / name, environment.var / name)


def put_back_rows(unpacked: Unpacked, environment: Environment, *, say: Callable[[str], None] = print) -> None:
    """The database runs and has no such schema. Every table has as many rows as when the backup was made."""
    if mark_of(environment) is not None:
        raise NoDatabase(
            f"There is a town in the schema “{environment.schema}” already; restore into an empty database."
        )
    roles.prepare(environment)
    programs = find_programs(environment.pg_bin)
    wanted = _contents(programs["pg_restore"], unpacked.folder)
    command = [programs["pg_restore"], "--no-owner", f"--use-list={wanted}", f"--dbname={_dbname(environment)}"]
    command += [str(unpacked.folder / ROWS)]
    done = subprocess.run(command, env=client_variables(environment), capture_output=True, text=True)
    serious = [
        line for line in done.stderr.splitlines() if "error:" in line and not any(word in line for word in HARMLESS)
    ]
    if serious:
        raise NoDatabase(f"The rows could not be put back: {serious[0]}")
    _compare(unpacked, environment)
    say(f"{sum(unpacked.manifest['rows'].values())} rows in {len(unpacked.manifest['rows'])} tables.")


def _contents(pg_restore: str, folder: Path) -> Path:
    """The list of what is in the dump, without the schema itself: it is there, with its owner."""
    listed = subprocess.run([pg_restore, "--list", str(folder / ROWS)], capture_output=True, text=True)
    if listed.returncode != 0:
        raise BadBackup(f"The rows cannot be read: {listed.stderr.strip().splitlines()[-1]}")
    kept = [line for line in listed.stdout.splitlines() if " SCHEMA - " not in line or " COMMENT " in line]
    target = folder / "contents"
    target.write_text("\n".join(line for line in kept if " ACL - SCHEMA " not in line))
    return target


def _compare(unpacked: Unpacked, environment: Environment) -> None:
    with psycopg.connect(**place.role_parameters(environment, "owner")) as owner:
        there = count_rows(owner, environment.schema)
    for table, count in unpacked.manifest["rows"].items():
        if there.get(table) != count:
            raise NoDatabase(f"The table {table} has {there.get(table)} rows, but had {count} when it was backed up.")


def _dbname(environment: Environment) -> str:
    return str(place.parameters(environment)["dbname"])


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
