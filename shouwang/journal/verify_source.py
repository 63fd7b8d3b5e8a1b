"""Where the verifier's rows come from: a plain database connection, or a folder exported from one."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from shouwang.journal.verify import HeadRow, LeafRow

ENVELOPE = (
    "id", "verb", "topic", "subject", "subject_kind", "actor_kind", "person", "post", "device", "grant", "area", "at",
    "received_at", "commitment",
)  # fmt: skip
COLUMNS = ", ".join(f'e."{name}"' for name in ENVELOPE)
LEAVES = (
    f"SELECT l.index, l.entry_id, l.data, l.hash, p.salt, p.text, {COLUMNS} FROM journal_leaf l"
    " LEFT JOIN journal_entry e ON e.id = l.entry_id LEFT JOIN journal_particulars p ON p.entry_id = l.entry_id"
    " ORDER BY l.index"
)
HEADS = "SELECT size, root, note, at FROM journal_head ORDER BY size"
FORGOTTEN = (
    "SELECT e.id FROM journal_entry e LEFT JOIN journal_leaf l ON l.entry_id = e.id"
    " LEFT JOIN journal_pending p ON p.entry_id = e.id WHERE l.index IS NULL AND p.entry_id IS NULL ORDER BY e.id"
)


class Database:
    """Rows of one moment, through any connection that may read them."""

    def __init__(self, connection: psycopg.Connection[Any], folder: Path) -> None:
        self.connection, self.folder = connection, folder

    def leaves(self) -> Iterator[LeafRow]:
        with self.connection.cursor(name="verify_leaves") as rows:
            rows.itersize = 5000
            for index, entry, data, leaf, salt, text, *values in rows.execute(LEAVES):
                envelope = _envelope(values) if values[0] else None
                received_at = values[ENVELOPE.index("received_at")]
                yield LeafRow(index, str(entry), data, leaf, envelope, received_at, salt, text)

    def heads(self) -> Iterator[HeadRow]:
        for row in self.connection.execute(HEADS):
            yield HeadRow(*row)

    def forgotten(self) -> Iterator[str]:
        for (entry,) in self.connection.execute(FORGOTTEN):
            yield str(entry)

    def published(self, name: str) -> bytes | None:
        return _read(self.folder / name)


class Export:
    """A folder written by `export`: everything the check needs, for a machine of somebody else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def leaves(self) -> Iterator[LeafRow]:
        for line in self._lines("leaves.jsonl"):
            received_at = line.pop("received_at")
            salt = line.pop("salt")
            yield LeafRow(
                data=bytes.fromhex(line.pop("data")),
                hash=bytes.fromhex(line.pop("hash")),
                salt=None if salt is None else bytes.fromhex(salt),
                received_at=None if received_at is None else dt.datetime.fromisoformat(received_at),
                **line,
            )

    def heads(self) -> Iterator[HeadRow]:
        for line in self._lines("heads.jsonl"):
            at = dt.datetime.fromisoformat(line["at"])
            yield HeadRow(line["size"], bytes.fromhex(line["root"]), line["note"], at)

    def forgotten(self) -> Iterator[str]:
        yield from self._lines("forgotten.jsonl")

    def published(self, name: str) -> bytes | None:
        return _read(self.folder / "transparency" / name)

    def _lines(self, name: str) -> Iterator[Any]:
        with (self.folder / name).open() as file:
            for line in file:
                yield json.loads(line)


def export(source: Database, folder: Path) -> None:
    """Write what `source` holds into `folder`, which must not be there yet. Particulars are in it: keep it safe."""
    folder.mkdir(parents=True)
    if source.folder.is_dir():
        shutil.copytree(source.folder, folder / "transparency")
    with (folder / "leaves.jsonl").open("w") as file:
        for leaf in source.leaves():
            print(json.dumps(vars(leaf), default=_text, ensure_ascii=False), file=file)
    with (folder / "heads.jsonl").open("w") as file:
        for head in source.heads():
            print(json.dumps(vars(head), default=_text, ensure_ascii=False), file=file)
    with (folder / "forgotten.jsonl").open("w") as file:
        for entry in source.forgotten():
            print(json.dumps(entry), file=file)


def _envelope(values: list[Any]) -> dict[str, Any]:
    found = {name: None if value is None else _text(value) for name, value in zip(ENVELOPE, values, strict=True)}
    return {"v": 1, **found}


def _text(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
    return value.hex() if isinstance(value, bytes) else str(value)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
