"""Files on disk: sealed, named by what they hold, and there for good before anybody is told so.

Order of writing: temporary name → fsync → rename → fsync of the folder → only then the row, only then the answer.
"""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import os
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from shouwang.core import keyring
from shouwang.core.problem import Problem

KEY_BYTES = 32
NONCE_BYTES = 12


class FileGone(Exception):
    """The file is not there, or not as it was stored, or its key was destroyed."""


class NoRoom(Problem):
    code, status = "evidence.no_room", 507
    says = _("There is no room left for files. Nothing was kept; whoever looks after the machine has been told.")


@dataclass(frozen=True)
class Stored:
    """What a row keeps of a file that lies on disk."""

    stored: bytes
    wrapped_key: bytes


def new_key(row: UUID) -> bytes:
    """A random key for one row, wrapped by the ring."""
    return keyring.seal(secrets.token_bytes(KEY_BYTES), table="evidence", column="file_key", row=row)


def keep(plain: bytes, row: UUID, wrapped_key: bytes | None = None, *, part: int = 0) -> Stored:
    """Write `plain` sealed under a key of `row`; on disk for good when this returns. Raises NoRoom."""
    wrapped_key = wrapped_key or new_key(row)
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = nonce + AESGCM(_key(row, wrapped_key)).encrypt(nonce, plain, f"{row} {part}".encode())
    stored = hashlib.sha256(sealed).digest()
    try:
        _write(path_of(stored), sealed)
    except OSError as fault:
        if fault.errno in (errno.ENOSPC, errno.EDQUOT):
            raise NoRoom() from fault
        raise
    return Stored(stored, wrapped_key)


def fetch(row: UUID, stored: bytes | memoryview, wrapped_key: bytes | memoryview, *, part: int = 0) -> bytes:
    """What was kept. Raises FileGone."""
    try:
        sealed = path_of(bytes(stored)).read_bytes()
        cipher = AESGCM(_key(row, wrapped_key))
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], f"{row} {part}".encode())
    except (FileNotFoundError, InvalidTag, keyring.CannotOpen) as fault:
        raise FileGone(f"file of {row}") from fault


def remove_all(stored: Iterable[bytes]) -> None:
    for one in stored:
        path_of(one).unlink(missing_ok=True)


def lying_about(known: Collection[bytes], before: dt.datetime) -> list[Path]:
    """Files older than `before` that no row knows: what a process left that died between writing and committing."""
    names = {bytes(one).hex() for one in known}
    files = (path for path in Path(settings.FILES).glob("*/*") if path.is_file() and path.name not in names)
    return [path for path in files if path.stat().st_mtime < before.timestamp()]


def path_of(stored: bytes) -> Path:
    name = bytes(stored).hex()
    return Path(settings.FILES) / name[:2] / name


def _key(row: UUID, wrapped_key: bytes | memoryview) -> bytes:
    return keyring.unseal(wrapped_key, table="evidence", column="file_key", row=row)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o770)  # less the umask: accounts apart share a group
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o660)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """The name is as durable as the content only after this. The folder above too: it may be new."""
    for one in (folder, folder.parent):
        descriptor = os.open(one, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
