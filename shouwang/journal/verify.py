"""An independent check of a whole journal: standard library and `cryptography`, nothing of the code that made it.

It works on plain rows, which verify_source.py reads; verify_proof.py and verify_tiles.py are its own hashing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from shouwang.journal.verify_proof import Refused, canonical, faults_of_particulars, open_checkpoint
from shouwang.journal.verify_tiles import PublishedTiles, Tree

LONGEST_ACT = dt.timedelta(hours=1)  # no transaction lives longer: nobody is received this long before his neighbours
CLOCK_ROOM = dt.timedelta(minutes=1)  # a clock put right by a little is no fault


@dataclass(frozen=True)
class LeafRow:
    """A leaf with the entry it stands for. `envelope` is None when there is no such entry."""

    index: int
    entry: str
    data: bytes
    hash: bytes
    envelope: dict[str, Any] | None
    received_at: dt.datetime | None = None
    salt: bytes | None = None
    text: str | None = None


@dataclass(frozen=True)
class HeadRow:
    size: int
    root: bytes
    note: str
    at: dt.datetime


class Source(Protocol):
    def leaves(self) -> Iterator[LeafRow]:
        """In the order of their index."""

    def heads(self) -> Iterator[HeadRow]:
        """In the order of their size."""

    def forgotten(self) -> Iterator[str]:
        """Entries that are neither sealed nor waiting for it."""

    def published(self, name: str) -> bytes | None:
        """A file of the published folder."""


@dataclass(frozen=True)
class Fault:
    index: int  # the leaf it was found at; where it lies between two heads, the first possible one
    where: str
    why: str
    exact: bool = False  # the leaf itself is known

    def __str__(self) -> str:
        return f"{self.where}: {self.why}"


@dataclass
class Report:
    leaves: int = 0
    heads: int = 0
    erased: int = 0
    faults: list[Fault] = field(default_factory=list)
    checkpoint: str = ""

    @property
    def first(self) -> Fault | None:
        return min(self.faults, key=lambda fault: (not fault.exact, fault.index), default=None)

    def add(self, index: int, where: str, why: str) -> None:
        self.faults.append(Fault(index, where, why, where.startswith("leaf")))


Expected = dict[int, list[tuple[bytes, str]]]  # size → the roots it must have, and who says so


def check_journal(source: Source, key: str, at: dt.datetime, remembered: str | None = None) -> Report:
    """Recompute everything. `remembered` is a checkpoint that was seen before, and kept elsewhere.

    What is published is read first: the sealer publishes after it commits, so rows are never behind it.
    """
    report = Report()
    published = _published_checkpoint(source, key, report)
    heads = list(source.heads())
    expected: Expected = {}
    for head in heads:
        expected.setdefault(head.size, []).append((head.root, f"head {head.size}"))
    for seen, name in ((published, "the published checkpoint"), (_old(remembered, key, report), "the remembered one")):
        if seen:
            expected.setdefault(seen[0], []).append((seen[1], name))
    _check_heads(heads, key, report)
    _check_leaves(source, expected, published[0] if published else 0, report)
    _check_published(published, heads, at, report)
    for entry in source.forgotten():
        report.add(report.leaves, f"entry {entry}", "it was never sealed and does not wait for it: its leaf is missing")
    report.checkpoint = heads[-1].note if heads else ""
    return report


def _old(note: str | None, key: str, report: Report) -> tuple[int, bytes] | None:
    if not note:
        return None
    try:
        return open_checkpoint(note, key)
    except Refused as problem:
        report.add(0, "the remembered checkpoint", f"{problem}: the key has been changed, or the note")
        return None


def _published_checkpoint(source: Source, key: str, report: Report) -> tuple[int, bytes] | None:
    raw = source.published("checkpoint")
    if raw is None:
        return None
    try:
        return open_checkpoint(raw.decode(errors="replace"), key)
    except Refused as problem:
        report.add(0, "the published checkpoint", str(problem))
        return None


def _check_heads(heads: list[HeadRow], key: str, report: Report) -> None:
    before: HeadRow | None = None
    for head in heads:
        start = before.size if before else 0
        try:
            if open_checkpoint(head.note, key) != (head.size, head.root):
                report.add(start, f"head {head.size}", "its signed note says another size or root than its row")
        except Refused as problem:
            report.add(start, f"head {head.size}", str(problem))
        if before and head.at < before.at - CLOCK_ROOM:
            report.add(start, f"head {head.size}", f"it is dated before head {before.size}: the clock was set back")
        before = head
        report.heads += 1


def _check_leaves(source: Source, expected: Expected, published: int, report: Report) -> None:
    """Every leaf against its entry, the tree against every head, the tiles against the leaves."""
    tree, good = Tree(), 0
    tiles = PublishedTiles(published, source.published, report.add)
    latest: dt.datetime | None = None
    known: set[str] = set()
    for row in source.leaves():
        if row.index != tree.size:
            report.add(tree.size, f"leaf {tree.size}", f"it is missing; leaf {row.index} comes next")
            break
        for why in _faults_of(row, latest, known):
            report.add(row.index, f"leaf {row.index}, entry {row.entry}", why)
        known.add(row.entry)
        latest = max(filter(None, (latest, row.received_at)), default=None)
        report.erased += row.text is None
        tree.append(row.hash)
        tiles.take(row.data, row.hash)
        if tree.size in expected and _leads_to(expected.pop(tree.size), tree, good, report):
            good = tree.size
    report.leaves = tree.size
    for size in sorted(expected):
        for _, name in expected[size]:
            report.add(tree.size, name, f"it covers {size} leaves, there are {tree.size}: the tail was deleted")
    tiles.finish()


def _leads_to(roots: list[tuple[bytes, str]], tree: Tree, good: int, report: Report) -> bool:
    for root, name in roots:
        if root != tree.root():
            between = f"leaf {good}" if tree.size - good == 1 else f"one of leaves {good} … {tree.size - 1}"
            report.add(good, name, f"the leaves do not lead to its root: {between} was changed, moved or swapped")
            return False
    return True


def _faults_of(row: LeafRow, latest: dt.datetime | None, known: set[str]) -> Iterator[str]:
    if row.entry in known:
        yield "the entry stands in the tree twice"
    if hashlib.sha256(b"\x00" + row.data).digest() != row.hash:
        yield "the leaf hash does not fit the leaf data"
    if row.envelope is None:
        yield "the entry of this leaf is gone"
        return
    if hashlib.sha256(canonical(row.envelope)).digest() != row.data:
        yield "the envelope is not the one that was sealed"
    if row.text is not None and row.salt is not None:
        yield from faults_of_particulars(row.envelope, row.salt, row.text)
    if latest and row.received_at and row.received_at < latest - LONGEST_ACT:
        yield f"received at {row.received_at:%Y-%m-%d %H:%M:%S}, it says: long before those that were sealed before it"


def _check_published(seen: tuple[int, bytes] | None, heads: list[HeadRow], at: dt.datetime, report: Report) -> None:
    name = "the published checkpoint"
    due = [head for head in heads if head.at < at - CLOCK_ROOM]  # younger ones may be on their way
    if seen is None:
        if due and not report.faults:
            report.add(report.leaves, name, "there is none, though heads have been signed")
    elif seen[0] not in {head.size for head in heads}:
        report.add(report.leaves, name, f"no head has its size of {seen[0]} leaves")
    elif due and seen[0] < due[-1].size:
        report.add(seen[0], name, f"it is an old one of {seen[0]} leaves; the newest head has {due[-1].size}")
