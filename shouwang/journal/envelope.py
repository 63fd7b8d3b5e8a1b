"""What of an entry is hashed, and how: the envelope, and the salted commitment to its particulars.

commitment = SHA-256(salt ‖ canonical JSON of {"entry": id, "particulars": {…}})
leaf data  = SHA-256(canonical JSON of the envelope, the commitment included)

Why two steps  erasing salt and particulars leaves the envelope checkable for ever, and since the commitment is
salted and never published, nobody can guess an envelope from its leaf.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from shouwang.journal.canonical import canonical_json

VERSION = 1
SALT_BYTES = 32


@dataclass(frozen=True)
class Envelope:
    """The part of an entry that stays. Ids only; whom they belong to is known elsewhere, and may be forgotten there."""

    id: UUID
    verb: str
    topic: str
    subject: UUID
    subject_kind: str
    actor_kind: str
    person: UUID | None
    post: UUID | None
    device: UUID | None
    grant: UUID | None
    area: UUID | None
    at: dt.datetime
    received_at: dt.datetime
    commitment: bytes

    def leaf_data(self) -> bytes:
        """The 32 bytes that the tree is built over."""
        return hashlib.sha256(canonical_json(self.plain())).digest()

    def plain(self) -> dict[str, str | int | None]:
        """As JSON values; what somebody is given who wants to check his entry himself."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {"v": VERSION, **{name: _plain(value) for name, value in values.items()}}


def instant(at: dt.datetime) -> str:
    """2026-11-22T03:46:42.123456Z"""
    return at.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def committed_text(entry: UUID, particulars: Mapping[str, object]) -> str:
    """What the commitment is made over, bound to its entry so that it cannot be moved to another."""
    return canonical_json({"entry": str(entry), "particulars": particulars}).decode()


def commitment_to(salt: bytes, text: str) -> bytes:
    return hashlib.sha256(salt + text.encode()).digest()


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def _plain(value: object) -> str | None:
    if isinstance(value, dt.datetime):
        return instant(value)
    if isinstance(value, bytes):
        return value.hex()
    return None if value is None else str(value)
