"""The protected columns of an identity: sealed one by one, found again only by a truncated blind index."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from shouwang.core import keyring
from shouwang.registry.models import Identity

TABLE = "registry_identity"
FIELDS = ("name", "number", "address", "email")
INDEX_BITS = 10  # 1 024 buckets: 20 000 people leave about twenty in each, so that a bucket names nobody


def seal_field(row: UUID, field: str, value: str | None) -> bytes | None:
    if not value:
        return None
    return keyring.seal(value.encode(), table=TABLE, column=field, row=row)


def open_field(row: UUID, field: str, sealed: bytes | memoryview | None) -> str | None:
    """Raises  keyring.CannotOpen when the value was changed or moved."""
    if sealed is None:
        return None
    return keyring.unseal(sealed, table=TABLE, column=field, row=row).decode()


def number_index(number: str | None) -> bytes | None:
    """The bucket of a telephone number: HMAC cut to INDEX_BITS. Many numbers share one; it proves nothing."""
    if not number:
        return None
    digest = int.from_bytes(keyring.keyed_hash(number, purpose=f"{TABLE}.number_index")[:4])
    return (digest >> (32 - INDEX_BITS)).to_bytes(2)


def sealed_anew(identity: Identity) -> dict[str, Any]:
    """The columns of `identity` under the active key."""
    columns: dict[str, Any] = {
        f"{field}_enc": seal_field(identity.id, field, open_field(identity.id, field, sealed))
        for field, sealed in sealed_columns(identity)
    }
    numbers = {keyring.key_number(sealed) for sealed in columns.values() if sealed}
    return columns | {"key_number": min(numbers, default=keyring.active_number())}


def sealed_columns(identity: Identity) -> Iterator[tuple[str, bytes | None]]:
    for field in FIELDS:
        yield field, getattr(identity, f"{field}_enc")
