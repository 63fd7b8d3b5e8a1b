"""Proofs, read from what is published: this entry is in the journal; this journal grew out of that one."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem
from shouwang.journal.folder import CHECKPOINT
from shouwang.journal.merkle import NoSuchProof, consistency_path, inclusion_path
from shouwang.journal.models import Entry, Head, Leaf, Particulars
from shouwang.journal.notes import Checkpoint, NotANote
from shouwang.journal.signing import published, verifier
from shouwang.journal.tiles import NotATile, Tile, node_reader


class NotSealedYet(Problem):
    code, status = "journal.not_sealed_yet", 404
    says = _("This entry has not been published yet, or does not exist. Entries are published within a minute.")


class NothingPublished(Problem):
    code, status = "journal.nothing_published", 503
    says = _("The published journal cannot be read just now. Try again in a minute.")


class NotAGrowth(Problem):
    code, status = "journal.not_a_growth", 404
    says = _("There is no proof from {old} to {new} entries. The journal has {size} published entries.")


def published_note() -> tuple[str, Checkpoint]:
    """The newest checkpoint as text, and read. Raises NothingPublished while there is none."""
    raw = published().read(CHECKPOINT)
    try:
        if raw is not None:
            note = raw.decode()
            return note, Checkpoint.open(note, verifier())
    except (NotANote, UnicodeDecodeError):
        pass
    raise NothingPublished


def published_key() -> str:
    """The log's verification key, `name+hash+key`."""
    try:
        return str(verifier())
    except NotANote as problem:
        raise NothingPublished from problem


def proof_of(entry_id: UUID) -> dict[str, Any]:
    """What anybody may have: that a leaf stands in the published tree. No envelope, no particulars."""
    note, seen = published_note()
    leaf = Leaf.objects.filter(entry_id=entry_id, index__lt=seen.size).first()
    if leaf is None:
        raise NotSealedYet
    return _plain_proof(leaf, note, seen, published().read_tile)


def disclosed_proof_of(entry_id: UUID) -> dict[str, Any]:
    """A proof with the entry itself, for a reader who may see it; salt and particulars are None once erased."""
    return proof_of(entry_id) | _disclosed(Entry.objects.select_related("particulars").get(id=entry_id))


def disclosed_proofs_of(entry_ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """Of many entries at once, all against one checkpoint; those not published yet are not in it."""
    note, seen = published_note()
    rows = Leaf.objects.filter(entry_id__in=list(entry_ids), index__lt=seen.size).select_related("entry__particulars")
    read = lru_cache(maxsize=None)(published().read_tile)
    return {row.entry_id: _plain_proof(row, note, seen, read) | _disclosed(row.entry) for row in rows}


def consistency_of(old: int, new: int) -> dict[str, Any]:
    """That the first `old` leaves are the beginning of the first `new`; both published. Raises NotAGrowth."""
    _note, seen = published_note()
    try:
        if new > seen.size:
            raise NoSuchProof
        path = consistency_path(old, new, node_reader(published().read_tile, seen.size))
    except NoSuchProof as problem:
        raise NotAGrowth(old=old, new=new, size=seen.size) from problem
    except NotATile as problem:
        raise NothingPublished from problem
    return {"old": old, "new": new, "path": [_base64(step) for step in path]}


def heads_before(size: int | None, limit: int = 100) -> dict[str, Any]:
    """Heads, newest first, and the size to ask for to see the older ones."""
    heads = Head.objects.order_by("-size")
    if size is not None:
        heads = heads.filter(size__lt=size)
    rows = [
        {"size": head.size, "root": _base64(bytes(head.root)), "at": head.at.isoformat(), "checkpoint": head.note}
        for head in heads[:limit]
    ]
    return {"key": published_key(), "heads": rows, "before": rows[-1]["size"] if len(rows) == limit else None}


def _plain_proof(leaf: Leaf, note: str, seen: Checkpoint, read: Callable[[Tile], bytes]) -> dict[str, Any]:
    """Raises NothingPublished"""
    try:
        path = inclusion_path(leaf.index, seen.size, node_reader(read, seen.size))
    except NotATile as problem:
        raise NothingPublished from problem
    return {
        "entry": str(leaf.entry_id),
        "index": leaf.index,
        "leaf_hash": _base64(bytes(leaf.hash)),
        "path": [_base64(step) for step in path],
        "checkpoint": note,
    }


def _disclosed(entry: Entry) -> dict[str, Any]:
    kept: Particulars | None = getattr(entry, "particulars", None)
    return {
        "envelope": entry.envelope.plain(),
        "salt": bytes(kept.salt).hex() if kept else None,
        "particulars": kept.text if kept else None,
    }


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
