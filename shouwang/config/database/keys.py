"""The one secret of an installation, and what is derived from it.

Why  every process works out its own database password, so none is written anywhere or handed on.
"""

import hmac
import os
import secrets
from pathlib import Path


def secret_key(var: Path) -> bytes:
    """The installation's secret, made (0600) on first use. Two processes that start at once agree on one."""
    path = var / "secrets" / "key"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        pass  # the first start: made below
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"key.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(32))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was first: its key is the one
    finally:
        draft.unlink()
    return path.read_bytes()


def derived(var: Path, purpose: str) -> str:
    """A password or key for one purpose: HMAC-SHA-256 of the purpose under the installation's secret, in hex."""
    return hmac.digest(secret_key(var), purpose.encode(), "sha256").hex()
