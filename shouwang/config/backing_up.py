"""A backup: one tar with the rows, files and keys of one moment, and a manifest of their hashes.

The rows are of one snapshot. Files are only ever added under the hash of their content, and before the row that
names them, so those copied after the snapshot contain all it speaks of; one destroyed meanwhile stays destroyed.
"""

import hashlib
import io
import json
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from shouwang import __version__
from shouwang.config.database import place
from shouwang.config.database.programs import NoDatabase, find_programs
from shouwang.config.environment import Environment

ROWS = "rows.dump"
MANIFEST = "manifest.json"
FOLDERS = ("secrets", "files")  # the published journal is made again from the rows; a copy would be ahead of them


@dataclass(frozen=True)
class Made:
    """How much is in a backup."""

    rows: int
    files: int


def back_up(environment: Environment, target: Path, *, at: datetime, say: Callable[[str], None] = print) -> Made:
    """Writes the backup beside its name and renames it when complete and on the disk."""
    draft = target.with_name(target.name + ".part")
    hashes: dict[str, str] = {}
    try:
        with _private(draft) as file, tarfile.open(fileobj=file, mode="w") as tar:
            with (
                tempfile.TemporaryDirectory(dir=environment.var) as folder,
                _snapshot(environment) as (owner, snapshot),
            ):
                say("Rows …")
                counts = count_rows(owner, environment.schema)
                _dump(environment, snapshot, Path(folder) / ROWS)
                _add(tar, Path(folder) / ROWS, ROWS, hashes)
            say("Keys and files …")
            for name, path in _files(environment.var):
                _add(tar, path, name, hashes)
            _add_manifest(tar, environment, at, hashes, counts)
        draft.replace(target)
    except OSError as problem:
        draft.unlink(missing_ok=True)
        raise NoDatabase(f"The backup could not be written: {problem.strerror} ({target}).") from None
    made = Made(sum(counts.values()), len(hashes) - 1)
    say(f"{target}: {made.rows} rows, {made.files} files and keys, {target.stat().st_size // 1024} KiB")
    return made


def count_rows(connection: "psycopg.Connection[Any]", schema: str) -> dict[str, int]:
    """Rows of each table of the schema."""
    names = [
        row[0]
        for row in connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace"
            " AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY 1",
            [schema],
        )
    ]
    counts = {}
    for name in names:
        row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, name))).fetchone()
        counts[name] = int(row[0]) if row else 0
    return counts


def client_variables(environment: Environment) -> dict[str, str]:
    """What the client programs of PostgreSQL need to be the town's owner."""
    as_owner = place.role_parameters(environment, "owner")
    return dict(os.environ) | {
        "PGHOST": as_owner["host"],
        "PGPORT": str(as_owner["port"]),
        "PGDATABASE": as_owner["dbname"],
        "PGUSER": as_owner["user"],
        "PGPASSWORD": as_owner["password"],
    }


@contextmanager
def _private(path: Path) -> Iterator[Any]:
    """A file that only we can read, on the disk when the block is left."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _snapshot(environment: Environment) -> "Iterator[tuple[psycopg.Connection[Any], str]]":
    with psycopg.connect(**place.role_parameters(environment, "owner")) as owner:
        owner.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        row = owner.execute("SELECT pg_export_snapshot()").fetchone()
        assert row
        yield owner, row[0]


def _dump(environment: Environment, snapshot: str, target: Path) -> None:
    programs = find_programs(environment.pg_bin)
    command = [programs["pg_dump"], "--format=custom", f"--schema={environment.schema}", f"--snapshot={snapshot}"]
    command += ["--lock-wait-timeout=10s", f"--file={target}"]
    done = subprocess.run(command, env=client_variables(environment), capture_output=True, text=True)
    if done.returncode != 0:
        raise NoDatabase(f"The rows could not be read: {done.stderr.strip().splitlines()[-1]}")


def _files(var: Path) -> Iterator[tuple[str, Path]]:
    for folder in FOLDERS:
        for path in sorted((var / folder).rglob("*")):
            if path.is_file() and not path.name.endswith((".new", ".part")):
                yield path.relative_to(var).as_posix(), path


def _add(tar: tarfile.TarFile, path: Path, name: str, hashes: dict[str, str]) -> None:
    try:
        with path.open("rb") as file:
            info = tar.gettarinfo(arcname=name, fileobj=file)
            info.uid = info.gid = 0
            info.uname = info.gname = ""
            reader = _Hashing(file)
            tar.addfile(info, reader)
    except FileNotFoundError:
        return  # destroyed since it was listed
    hashes[name] = reader.digest.hexdigest()


class _Hashing:
    def __init__(self, file: io.BufferedReader) -> None:
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.file.read(size)
        self.digest.update(piece)
        return piece


def _add_manifest(
    tar: tarfile.TarFile, environment: Environment, at: datetime, hashes: dict[str, str], counts: dict[str, int]
) -> None:
    manifest = {
        "version": __version__,
        "made_at": at.isoformat(),
        "schema": environment.schema,
        "sha256": hashes,
        "rows": counts,
    }
    content = json.dumps(manifest, indent=1, ensure_ascii=False).encode()
    info = tarfile.TarInfo(MANIFEST)
    info.size, info.mode = len(content), 0o600
    tar.addfile(info, io.BytesIO(content))
