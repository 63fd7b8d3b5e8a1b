"""Keeping a file as evidence of a matter: checked, sealed as received, written down. The copy is made by a job."""

from __future__ import annotations

import datetime as dt
import hashlib
from uuid import UUID

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.ids import new_id
from shouwang.evidence import limits, storage
from shouwang.evidence.content import recognise
from shouwang.evidence.doors import require_adding
from shouwang.evidence.metadata import Claimed, claimed_by
from shouwang.evidence.models import Evidence, Original
from shouwang.evidence.models.evidence import EvidenceKind
from shouwang.journal.record import record


def sender_of(by: Actor) -> UUID | None:
    """Whom a file is from: the account or the receipt; None for somebody who has neither yet."""
    return by.person_id or by.grant_id


def keep_evidence(data: bytes, *, matter: UUID, by: Actor, at: dt.datetime, id: UUID | None = None) -> Evidence:  # noqa: A002
    """The evidence, on disk and committed when this returns; the same id twice is one.

    Raises  NotVisible, NotAllowed, NotEvidence, TooManyPixels, VideoNotYet, EmptyFile, FileTooLarge, MatterFull,
            SenderFull, NoRoom
    """
    row = id or new_id()
    limits.check_size(len(data))
    with acting(by):
        known = Evidence.objects.filter(id=row, matter=matter).first()
        if known is not None:
            return known
        from_party = require_adding(by, matter, at)
        limits.check_matter(matter, len(data))
        limits.check_sender(sender_of(by), len(data), at)
        found = recognise(data)
        claimed = claimed_by(data, received_at=at) if found.kind == EvidenceKind.PHOTO else Claimed()
        original = new_id()
        stored = storage.keep(data, original)
        evidence = Evidence.objects.create(
            id=row, matter=matter, kind=found.kind, content_type=found.content_type,
            sha256=hashlib.sha256(data).digest(), size=len(data), sender=sender_of(by), from_party=from_party,
            added_at=at, taken_at=claimed.at, taken_lon=claimed.lon, taken_lat=claimed.lat,
        )  # fmt: skip
        Original.objects.create(
            id=original, evidence=evidence, stored=stored.stored, wrapped_key=stored.wrapped_key, size=len(data),
            kept_at=at,
        )  # fmt: skip
        record(
            "evidence.add", topic="evidence.added", subject=("matter", matter), by=by, at=at, evidence=row,
            kind=str(found.kind), sha256=evidence.sha256.hex(), size=len(data), from_party=from_party,
        )  # fmt: skip
    return evidence
