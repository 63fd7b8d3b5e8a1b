"""The sealer: numbers entries as it sees them committed, extends the tree, signs heads, publishes tiles.

It is the only one that numbers. Entries become visible out of order; whoever followed them by id would skip some.
Everything of one head is one transaction; files come after it and are made again from the leaves when they are missing.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from shouwang.journal.envelope import Envelope
from shouwang.journal.folder import CHECKPOINT, KEY, Folder
from shouwang.journal.merkle import Frontier, leaf_hash
from shouwang.journal.models import Entry, Head, Leaf, Pending
from shouwang.journal.notes import Checkpoint, NotANote, SignerKey
from shouwang.journal.record import seal_channel
from shouwang.journal.signing import published, signer
from shouwang.journal.tiles import WIDTH, Edge, NotATile, Tile, edge_of

MOST_AT_ONCE = 2000
WAIT_S = 1.0
GATHER_S = 0.3  # acts come in bursts: one head for all of them
log = logging.getLogger("shouwang.journal")


class Forked(RuntimeError):
    """What is published does not belong to this database: signing on would give two histories under one name."""


@dataclass(frozen=True)
class NumberedLeaf:
    index: int
    data: bytes
    hash: bytes


def number_leaves(frontier: Frontier, envelopes: Iterable[Envelope]) -> list[NumberedLeaf]:
    """The leaves of `envelopes` in their order, and `frontier` grown by them. Decides everything, touches nothing."""
    leaves = []
    for envelope in envelopes:
        data = envelope.leaf_data()
        leaves.append(NumberedLeaf(frontier.size, data, leaf_hash(data)))
        frontier.append(leaves[-1].hash)
    return leaves


def seal_pending(at: dt.datetime) -> int:
    """Seal what waits now, under one new head, and publish it; how many entries that were.

    Safe to repeat after a crash at any point. Raises Forked
    """
    folder, key = published(), signer()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.seal', 0))")
        last = Head.objects.order_by("-size").first()
        _refuse_fork(folder, key, last)
        entries = _waiting()
        if entries:
            last = _seal(entries, last, key, at)
    if last:
        publish(last, folder, key)
    return len(entries)


def publish(head: Head, folder: Folder, key: SignerKey) -> None:
    """Bring the folder up to `head`: full tiles, the unfinished ones, then the checkpoint.

    Goes on from what is published; begins anew where that cannot be read or does not fit.
    """
    if folder.read(CHECKPOINT) == head.note.encode():
        return
    edge = _published_edge(folder, key)
    full = _write_tiles(folder, edge, head)
    if edge.root() != bytes(head.root):
        log.warning("published tiles did not lead to head %d; writing all of them again", head.size)
        edge = Edge()
        full = _write_tiles(folder, edge, head)
        if edge.root() != bytes(head.root):
            raise Forked(f"the leaves in the database do not lead to head {head.size}")
    folder.write(KEY, f"{key.verifier}\n".encode())
    folder.write(CHECKPOINT, head.note.encode())
    for tile in full:
        folder.drop_partial(tile)


def republish() -> int:
    """Write every tile again from the leaves; the size published."""
    head = Head.objects.order_by("-size").first()
    if head is None:
        return 0
    folder, key = published(), signer()
    _refuse_fork(folder, key, head)
    (folder.root / CHECKPOINT).unlink(missing_ok=True)
    publish(head, folder, key)
    return head.size


def _waiting() -> list[Entry]:
    ids = list(Pending.objects.order_by("entry_id").values_list("entry_id", flat=True)[:MOST_AT_ONCE])
    return list(Entry.objects.filter(id__in=ids).order_by("id"))


def _seal(entries: list[Entry], last: Head | None, key: SignerKey, at: dt.datetime) -> Head:
    frontier = Frontier.unpack(last.size, bytes(last.frontier)) if last else Frontier()
    if last and frontier.root() != bytes(last.root):
        raise Forked(f"the frontier kept with head {last.size} does not lead to its root")
    leaves = number_leaves(frontier, (entry.envelope for entry in entries))
    Leaf.objects.bulk_create(
        Leaf(index=leaf.index, entry=entry, data=leaf.data, hash=leaf.hash)
        for leaf, entry in zip(leaves, entries, strict=True)
    )
    root = frontier.root()
    note = key.sign(str(Checkpoint(key.name, frontier.size, root)))
    head = Head.objects.create(size=frontier.size, root=root, note=note, at=at, frontier=frontier.pack())
    Pending.objects.filter(entry_id__in=[entry.id for entry in entries]).delete()
    return head


def _refuse_fork(folder: Folder, key: SignerKey, last: Head | None) -> None:
    """What the public has seen must be a beginning of what we have."""
    seen = _published_checkpoint(folder, key)
    if seen is None:
        return
    if last is None or seen.size > last.size:
        raise Forked(
            f"{seen.size} leaves are published, the database has {last.size if last else 0}: "
            "restore rows and files of the same moment"
        )
    head = last if seen.size == last.size else Head.objects.filter(size=seen.size).first()
    if head is None or bytes(head.root) != seen.root:
        raise Forked(f"another tree of {seen.size} leaves is published than the one in the database")


def _published_checkpoint(folder: Folder, key: SignerKey) -> Checkpoint | None:
    raw = folder.read(CHECKPOINT)
    try:
        return Checkpoint.open(raw.decode(), key.verifier) if raw else None
    except (NotANote, UnicodeDecodeError):
        log.warning("the published checkpoint is not ours; writing it again")
        return None


def _published_edge(folder: Folder, key: SignerKey) -> Edge:
    seen = _published_checkpoint(folder, key)
    try:
        edge = edge_of(seen.size, folder.read_tile) if seen else Edge()
    except NotATile as problem:
        log.warning("%s; writing all tiles again", problem)
        return Edge()
    return edge if seen is None or edge.root() == seen.root else Edge()


def _write_tiles(folder: Folder, edge: Edge, head: Head) -> list[Tile]:
    """Full tiles written; the unfinished ones are written too."""
    full = []
    for tile, raw in edge.grow(_leaves(edge.size, head.size)):
        folder.write(tile.path, raw)
        full.append(tile)
    for tile, raw in edge.unfinished():
        folder.write(tile.path, raw)
    return full


def _leaves(start: int, end: int) -> Iterator[tuple[bytes, bytes]]:
    rows = Leaf.objects.filter(index__gte=start, index__lt=end).order_by("index").values_list("data", "hash")
    for data, leaf in rows.iterator(chunk_size=WIDTH * 16):
        yield bytes(data), bytes(leaf)


def seal_until(stopped: Callable[[], bool], clock: Callable[[], dt.datetime]) -> None:
    """Seal within a second of each commit until `stopped`; woken by NOTIFY, and once a second by itself."""
    with connection.cursor() as cursor:
        cursor.execute(f'LISTEN "{seal_channel()}"')
    assert connection.connection is not None
    while not stopped():
        while seal_pending(clock()) == MOST_AT_ONCE and not stopped():
            pass
        if list(connection.connection.notifies(timeout=WAIT_S, stop_after=1)):
            time.sleep(GATHER_S)
