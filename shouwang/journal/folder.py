"""The published folder: tiles and the checkpoint as files that any web server can hand out.

A file is either not there or whole and on the disk; the checkpoint is written after everything it speaks of.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from shouwang.journal.tiles import WIDTH, NotATile, Tile

CHECKPOINT = "checkpoint"
KEY = "key"


class Folder:
    def __init__(self, root: Path) -> None:
        self.root = root

    def read(self, name: str) -> bytes | None:
        try:
            return (self.root / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def read_tile(self, tile: Tile) -> bytes:
        """The tile, or the full one that took its place. Raises NotATile when there is neither."""
        raw = self.read(tile.path)
        if raw is None and tile.width < WIDTH:
            raw = self.read(Tile(tile.level, tile.index).path)
        if raw is None:
            raise NotATile(f"{tile.path} is not there")
        return raw

    def write(self, name: str, raw: bytes) -> None:
        """Whole and on the disk when this returns, whatever happens meanwhile."""
        path = self.root / name
        _make(path.parent)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        with draft.open("wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
        _sync(path.parent)

    def drop_partial(self, tile: Tile) -> None:
        """Removes the unfinished forms of a tile that is full now."""
        shutil.rmtree(self.root / f"{tile.path}.p", ignore_errors=True)


def _make(folder: Path) -> None:
    if folder.is_dir():
        return
    _make(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync(folder.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
