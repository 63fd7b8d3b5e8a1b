"""The tree cut into files of 256 hashes, as C2SP tlog-tiles names and fills them.

A hash tile (level L, index N) holds the roots of the subtrees (8·L, 256·N …); entry bundles hold leaf data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from shouwang.journal.merkle import HASH_BYTES, Frontier, NodeReader, node_hash

WIDTH = 256
LEVELS_PER_TILE = 8
_PATH = re.compile(r"tile/(entries|0|[1-5]?[0-9]|6[0-3])/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")

TileReader = Callable[["Tile"], bytes]  # the bytes of a full tile, or of one with at least that width


class NotATile(ValueError):
    """The path names no tile, or the bytes do not fill it."""


@dataclass(frozen=True)
class Tile:
    """`level` None means the bundle of entries below level 0."""

    level: int | None
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        level = "entries" if self.level is None else str(self.level)
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{level}/{_encode_index(self.index)}{partial}"

    @classmethod
    def parse(cls, path: str) -> Tile:
        """The tile at `path`. Raises NotATile unless `path` is the one way to write it."""
        found = _PATH.fullmatch(path)
        if not found:
            raise NotATile(path)
        tile = cls(
            level=None if found[1] == "entries" else int(found[1]),
            index=int(found[2].replace("x", "").replace("/", "")),
            width=int(found[3] or WIDTH),
        )
        if tile.path != path or tile.width > WIDTH:
            raise NotATile(path)
        return tile


def _encode_index(index: int) -> str:
    """1234067 → x001/x234/067."""
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.append(f"x{index % 1000:03}")
    return "/".join(reversed(groups))


def tiles_of(size: int, since: int = 0) -> Iterator[Tile]:
    """Every hash tile and entry bundle of a tree of `size` leaves that the tree of `since` leaves had not yet."""
    for level in (None, *range(64)):
        shift = LEVELS_PER_TILE * (level or 0)
        now, before = size >> shift, since >> shift
        if now == before:
            if level is None:
                continue
            return
        for index in range(before // WIDTH, -(-now // WIDTH)):
            yield Tile(level, index, min(WIDTH, now - index * WIDTH))


def tile_holding(level: int, index: int, size: int) -> tuple[Tile, int, int]:
    """(tile, first, last+1): the hashes from which subtree (level, index) of a tree of `size` leaves is folded."""
    tile_level, inner = divmod(level, LEVELS_PER_TILE)
    first = index << inner
    number, offset = divmod(first, WIDTH)
    available = (size >> (LEVELS_PER_TILE * tile_level)) - number * WIDTH
    return Tile(tile_level, number, min(WIDTH, available)), offset, offset + (1 << inner)


def fold(hashes: bytes) -> bytes:
    """Root over 1, 2, 4 … 256 hashes set one after another."""
    row = split(hashes)
    while len(row) > 1:
        row = [node_hash(row[at], row[at + 1]) for at in range(0, len(row), 2)]
    return row[0]


def split(hashes: bytes) -> list[bytes]:
    if len(hashes) % HASH_BYTES:
        raise NotATile("the length is no multiple of 32")
    return [hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES)]


class Edge:
    """The unfinished tiles at the right edge of a tree; growing it gives the tiles that became full."""

    def __init__(self, size: int = 0, rows: Iterable[list[bytes]] = (), entries: Iterable[bytes] = ()) -> None:
        self.size = size
        self.rows = list(rows) or [[]]  # by tile level: the hashes of its unfinished tile
        self.entries = list(entries)

    def grow(self, leaves: Iterable[tuple[bytes, bytes]]) -> Iterator[tuple[Tile, bytes]]:
        """Add (leaf data, leaf hash) one by one; each tile as it is filled."""
        for data, leaf in leaves:
            self.entries.append(data)
            self.rows[0].append(leaf)
            self.size += 1
            if self.size % WIDTH == 0:
                yield Tile(None, self.size // WIDTH - 1), bundle(self.entries)
                self.entries = []
                yield from self._close_full_rows()

    def _close_full_rows(self) -> Iterator[tuple[Tile, bytes]]:
        for level, row in enumerate(self.rows):
            if len(row) < WIDTH:
                return
            hashes = b"".join(row)
            yield Tile(level, (self.size >> (LEVELS_PER_TILE * level)) // WIDTH - 1), hashes
            self.rows[level] = []
            if level + 1 == len(self.rows):
                self.rows.append([])
            self.rows[level + 1].append(fold(hashes))

    def unfinished(self) -> Iterator[tuple[Tile, bytes]]:
        """The partial tiles of the tree as it is now."""
        if self.entries:
            yield Tile(None, self.size // WIDTH, len(self.entries)), bundle(self.entries)
        for level, row in enumerate(self.rows):
            if row:
                yield Tile(level, (self.size >> (LEVELS_PER_TILE * level)) // WIDTH, len(row)), b"".join(row)

    def root(self) -> bytes:
        roots: list[bytes] = []
        for row in reversed(self.rows):
            at = 0
            for power in reversed(range(LEVELS_PER_TILE)):
                if len(row) & (1 << power):
                    roots.append(fold(b"".join(row[at : at + (1 << power)])))
                    at += 1 << power
        return Frontier(self.size, roots).root()


def edge_of(size: int, read: TileReader) -> Edge:
    """The edge of the tree of `size` leaves, from its partial tiles."""
    partial = [tile for tile in tiles_of(size) if tile.width < WIDTH]
    rows: list[list[bytes]] = [[] for _ in range(max(1, -(-size.bit_length() // LEVELS_PER_TILE)))]
    entries: list[bytes] = []
    for tile in partial:
        if tile.level is None:
            entries = unbundle(read(tile))
        else:
            rows[tile.level] = split(read(tile))
    return Edge(size, rows, entries)


def node_reader(read: TileReader, size: int) -> NodeReader:
    """Subtree roots of a tree of `size` leaves, folded from its tiles; each tile is read once."""
    seen: dict[Tile, bytes] = {}

    def node(level: int, index: int) -> bytes:
        tile, first, end = tile_holding(level, index, size)
        if tile not in seen:
            seen[tile] = read(tile)
        part = seen[tile][first * HASH_BYTES : end * HASH_BYTES]
        if len(part) != (end - first) * HASH_BYTES:
            raise NotATile(f"{tile.path} is too short")
        return fold(part)

    return node


def bundle(entries: Sequence[bytes]) -> bytes:
    """Leaf data set one after another, each behind its length in two bytes."""
    return b"".join(len(entry).to_bytes(2) + entry for entry in entries)


def unbundle(raw: bytes) -> list[bytes]:
    entries = []
    at = 0
    while at < len(raw):
        length = int.from_bytes(raw[at : at + 2])
        entry = raw[at + 2 : at + 2 + length]
        if len(raw) < at + 2 or len(entry) != length:
            raise NotATile("an entry bundle ends within an entry")
        entries.append(entry)
        at += 2 + length
    return entries
