"""The journal's signing key: made once, kept in one file, named after the log it signs."""

from __future__ import annotations

import base64
import os
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from shouwang.journal.folder import KEY, Folder
from shouwang.journal.notes import NotANote, SignerKey, VerifierKey

FILE = "journal.key"


def published() -> Folder:
    """The folder that the public may read."""
    return Folder(Path(settings.TRANSPARENCY))


def signer() -> SignerKey:
    """The log's key from the folder of secrets, made on first use under the name in the settings.

    Why the name stands in the file  a log keeps its origin for ever, whatever the settings say later
    """
    return _read(_make_once(Path(settings.VAR) / "secrets" / FILE))


def verifier() -> VerifierKey:
    """The public half, from the published folder. Raises NotANote while nothing is published."""
    raw = published().read(KEY)
    if raw is None:
        raise NotANote("no key has been published yet")
    return VerifierKey.parse(raw.decode().strip())


@lru_cache(maxsize=4)
def _read(path: Path) -> SignerKey:
    name, _, encoded = path.read_text().strip().partition("+")
    return SignerKey(name, Ed25519PrivateKey.from_private_bytes(base64.b64decode(encoded)))


def _make_once(path: Path) -> Path:
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    private = base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(f"{settings.JOURNAL_ORIGIN}+{private}\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # two processes that start at once agree on one key
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path
