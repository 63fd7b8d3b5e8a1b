"""The key ring: numbered keys in `var/secrets/ring`, and sealing with the one of the highest number.

What is sealed is bound to its place (table, column, row): moved elsewhere it no longer opens.
Layout of a sealed value: key number (2 bytes) ‖ nonce (12) ‖ ciphertext and tag, AES-256-GCM or SM4-GCM (cipher.py).
A process that does not get the ring has what it was handed instead (handed.py).
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from django.conf import settings

from shouwang.core import handed
from shouwang.core.cipher import PROFILES, derived, keyed, sealer_of

BOX_BYTES = 32
NONCE_BYTES = 12
NUMBER_BYTES = 2
BOX = "box"  # the private half of the box in which processes without the ring shut what they keep
INDEX = "index"  # the key of blind indexes; it never turns, since an index cannot be read back


class CannotOpen(Exception):
    """The value was changed, or moved to another row or column, or its key is gone."""


def folder() -> Path:
    return Path(settings.VAR) / "secrets" / "ring"


def active_number() -> int:
    """The highest number; the first key is made when there is none. Without the ring it is that of the box."""
    if handed.current():
        return handed.SHUT
    numbers = [int(path.stem) for path in folder().glob("*.key") if path.stem.isdigit()]
    return max(numbers) if numbers else add_key()


def add_key() -> int:
    """A new key of the profile that the settings choose, active at once; what older keys sealed still opens."""
    numbers = [int(path.stem) for path in folder().glob("*.key") if path.stem.isdigit()]
    number = max(numbers, default=0) + 1
    _make(folder() / f"{number}.key")
    return number


def remove_key(number: int) -> None:
    """Forget a key. Whatever it still seals is destroyed."""
    (folder() / f"{number}.key").unlink(missing_ok=True)
    _key.cache_clear()
    _column_key.cache_clear()


def seal(plain: bytes, *, table: str, column: str, row: object) -> bytes:
    bound, given = _bound(table, column, row), handed.current()
    number = given.newest(f"{table}.{column}") if given else active_number()
    if given and number is None:
        return handed.shut(plain, box=given.box, column=f"{table}.{column}", bound=bound)
    number, nonce = number or active_number(), secrets.token_bytes(NONCE_BYTES)
    cipher = sealer_of(_key_of(number, f"{table}.{column}"))
    return number.to_bytes(NUMBER_BYTES) + nonce + cipher.encrypt(nonce, plain, bound)


def sealer(table: str, column: str) -> Callable[[bytes, object], bytes]:
    """`seal` for many rows of one column, where the ring itself is at hand: it is asked once."""
    number = active_number()
    cipher, before = sealer_of(_key_of(number, f"{table}.{column}")), number.to_bytes(NUMBER_BYTES)

    def seal_row(plain: bytes, row: object) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return before + nonce + cipher.encrypt(nonce, plain, _bound(table, column, row))

    return seal_row


def unseal(sealed: bytes | memoryview, *, table: str, column: str, row: object) -> bytes:
    """Raises  CannotOpen"""
    sealed = bytes(sealed)
    number, start = key_number(sealed), NUMBER_BYTES + NONCE_BYTES
    try:
        if number == handed.SHUT:
            private = (folder() / f"{BOX}.key").read_bytes()
            return handed.opened(sealed, private=private, column=f"{table}.{column}", bound=_bound(table, column, row))
        cipher = sealer_of(_key_of(number, f"{table}.{column}"))
        return cipher.decrypt(sealed[NUMBER_BYTES:start], sealed[start:], _bound(table, column, row))
    except (InvalidTag, FileNotFoundError, PermissionError, ValueError, KeyError) as fault:
        raise CannotOpen(f"{table}.{column} of {row}") from fault


def key_number(sealed: bytes | memoryview) -> int:
    """The number of the key that a value was sealed with."""
    return int.from_bytes(bytes(sealed)[:NUMBER_BYTES])


def keyed_hash(value: str, *, purpose: str) -> bytes:
    """HMAC under the index key: equal values meet, and nobody without the key can guess them."""
    path = folder() / f"{INDEX}.key"
    if not handed.current() and not path.exists():
        _make(path)
    return keyed(_key_of(INDEX, purpose), value.encode())


def hasher(purpose: str) -> Callable[[str], bytes]:
    """`keyed_hash` for many values of one purpose."""
    keyed_hash("", purpose=purpose)
    key = _key_of(INDEX, purpose)
    return lambda value: keyed(key, value.encode())


def hand_out(
    ring: Path, *, columns: Iterable[str], purposes: Iterable[str], profile: str | None = None
) -> handed.Handed:
    """Of a ring what a process needs that does not get it: these columns to open, these purposes, the box to shut.

    profile  of keys made now; it has to be said where no settings are loaded
    """
    for name in ("1", BOX, INDEX):
        if not (ring / f"{name}.key").exists() and not (name == "1" and any(ring.glob("[0-9]*.key"))):
            _make(ring / f"{name}.key", profile)
    numbers = [path.stem for path in ring.glob("*.key") if path.stem.isdigit()]
    wanted = [(number, column) for number in numbers for column in columns] + [(INDEX, one) for one in purposes]
    keys = {(number, name): _column_key(str(ring), number, name) for number, name in wanted}
    return handed.Handed(handed.public_half(_key(str(ring), BOX)), keys)


def _key_of(number: int | str, column: str) -> bytes:
    """Raises  FileNotFoundError, KeyError"""
    given = handed.current()
    return given.key(number, column) if given else _column_key(str(folder()), number, column)


def _bound(table: str, column: str, row: object) -> bytes:
    return f"{table}\x1f{column}\x1f{row}".encode()


@lru_cache(maxsize=256)
def _column_key(where: str, number: int | str, column: str) -> bytes:
    """One key for each column, so that no two columns share a nonce space."""
    return derived(_key(where, number), column)


@lru_cache(maxsize=32)
def _key(where: str, number: int | str) -> bytes:
    return (Path(where) / f"{number}.key").read_bytes()


def _make(path: Path, profile: str | None = None) -> None:
    """Written whole, synced, then linked to its name: two processes that start at once agree on one key."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    n_bytes = BOX_BYTES if path.stem == BOX else PROFILES[profile or settings.ENVIRONMENT.field_cipher]
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(n_bytes))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was first: its key is the one
    finally:
        draft.unlink()
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
