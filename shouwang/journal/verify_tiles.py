"""The verifier's own tree, and its look at published tiles; nothing of the code that made them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from shouwang.journal.verify_proof import pair

TILE = 256


class Tree:
    """Grows leaf by leaf: `edge[k]` is the root of the complete subtree of 2^k leaves that still waits for its pair."""

    def __init__(self) -> None:
        self.size = 0
        self.edge: dict[int, bytes] = {}

    def append(self, leaf: bytes) -> None:
        height = 0
        while height in self.edge:
            leaf = pair(self.edge.pop(height), leaf)
            height += 1
        self.edge[height] = leaf
        self.size += 1

    def root(self) -> bytes:
        found: bytes | None = None
        for height in sorted(self.edge):
            found = self.edge[height] if found is None else pair(self.edge[height], found)
        return hashlib.sha256(b"").digest() if found is None else found


class PublishedTiles:
    """Compares the published tiles of the first `size` leaves with the leaves as they pass."""

    def __init__(
        self, size: int, read: Callable[[str], bytes | None], differs: Callable[[int, str, str], None]
    ) -> None:
        self.size, self.read, self.differs = size, read, differs
        self.passed = 0
        self.entries: list[bytes] = []
        self.levels: list[list[bytes]] = [[]]  # hashes of the tile that is being filled, by level
        self.closed = [0]  # tiles filled so far, by level

    def take(self, data: bytes, leaf: bytes) -> None:
        if self.passed < self.size:
            self.entries.append(len(data).to_bytes(2) + data)
            self._add(0, leaf)
        self.passed += 1

    def finish(self) -> None:
        """Compares the unfinished tiles, unless leaves are missing: then nothing could fit them."""
        for level, waiting in enumerate(self.levels if self.passed >= self.size else []):
            if waiting:
                self._compare(level)

    def _add(self, level: int, one: bytes) -> None:
        if level == len(self.levels):
            self.levels.append([])
            self.closed.append(0)
        self.levels[level].append(one)
        if len(self.levels[level]) == TILE:
            self._compare(level)
            full, self.levels[level] = self.levels[level], []
            self.closed[level] += 1
            self._add(level + 1, _fold(full))

    def _compare(self, level: int) -> None:
        if level == 0:
            self._compare_file("entries", 0, self.entries)
            self.entries = []
        self._compare_file(str(level), level, self.levels[level])

    def _compare_file(self, kind: str, level: int, parts: list[bytes]) -> None:
        whole = f"tile/{kind}/{_number(self.closed[level])}"
        name = whole if len(parts) == TILE else f"{whole}.p/{len(parts)}"
        right = b"".join(parts)
        found = self.read(name)
        if found is None and (full := self.read(whole)):
            found = full[: len(right)]  # an unfinished tile may be taken away once the full one is there
        span = TILE**level
        first = self.closed[level] * TILE * span
        if found is None:
            self.differs(first, name, "the published tile is missing")
        elif found != right:
            leaf = first + _first_difference(found, parts) * span
            self.differs(leaf, f"leaf {leaf}, {name}", "the leaf and the published tile differ")


def _first_difference(found: bytes, parts: list[bytes]) -> int:
    at = 0
    for number, part in enumerate(parts):
        if found[at : at + len(part)] != part:
            return number
        at += len(part)
    return len(parts)


def _fold(hashes: list[bytes]) -> bytes:
    while len(hashes) > 1:
        hashes = [pair(hashes[at], hashes[at + 1]) for at in range(0, len(hashes), 2)]
    return hashes[0]


def _number(index: int) -> str:
    digits = str(index)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    return "/".join(["x" + group for group in groups[:-1]] + groups[-1:])
