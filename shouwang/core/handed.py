"""Keys for a process that never sees the ring: a few of its columns, a few of its purposes, and a box that only shuts.

The public pages keep what residents tell about themselves. They need no way to read it back: they shut it in a box
(X25519, then AES-256-GCM) that only whoever has the ring can open; the next turn of the ring seals it like the rest.
Layout of a shut value: number 0 (2 bytes) ‖ one-time public key (32) ‖ nonce (12) ‖ ciphertext and tag.
"""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

SHUT = 0  # the key number of a shut value; those of the ring begin with 1
KEY_BYTES = 32
NONCE_BYTES = 12


@dataclass(frozen=True)
class Handed:
    """What a process was given instead of the ring. `keys` go by (number, column) or ("index", purpose)."""

    box: bytes
    keys: dict[tuple[str, str], bytes]

    def newest(self, column: str) -> int | None:
        """The highest number of the column's keys; None where none was handed over: then it is shut in the box."""
        return max((int(number) for number, name in self.keys if name == column and number.isdigit()), default=None)

    def key(self, number: int | str, column: str) -> bytes:
        """Raises  KeyError when it was not handed over."""
        return self.keys[str(number), column]

    def written(self) -> str:
        """As one line of an environment variable."""
        keys = [[number, column, key.hex()] for (number, column), key in sorted(self.keys.items())]
        return base64.b64encode(json.dumps({"box": self.box.hex(), "keys": keys}).encode()).decode()


def current() -> Handed | None:
    """What this process was handed; None where it has the ring itself."""
    return _read(settings.ENVIRONMENT.field_keys) if settings.ENVIRONMENT.field_keys else None


@lru_cache(maxsize=2)
def _read(text: str) -> Handed:
    told = json.loads(base64.b64decode(text))
    keys = {(number, column): bytes.fromhex(key) for number, column, key in told["keys"]}
    return Handed(bytes.fromhex(told["box"]), keys)


def shut(plain: bytes, *, box: bytes, column: str, bound: bytes) -> bytes:
    """Sealed for whoever has the box's private half."""
    once = X25519PrivateKey.generate()
    public, nonce = once.public_key().public_bytes_raw(), secrets.token_bytes(NONCE_BYTES)
    key = _derived(once.exchange(X25519PublicKey.from_public_bytes(box)), public + box, column)
    return SHUT.to_bytes(2) + public + nonce + AESGCM(key).encrypt(nonce, plain, bound)


def opened(sealed: bytes, *, private: bytes, column: str, bound: bytes) -> bytes:
    """Raises  InvalidTag, ValueError"""
    public, nonce = sealed[2 : 2 + KEY_BYTES], sealed[2 + KEY_BYTES : 2 + KEY_BYTES + NONCE_BYTES]
    half = X25519PrivateKey.from_private_bytes(private)
    shared = half.exchange(X25519PublicKey.from_public_bytes(public))
    key = _derived(shared, public + half.public_key().public_bytes_raw(), column)
    return AESGCM(key).decrypt(nonce, sealed[2 + KEY_BYTES + NONCE_BYTES :], bound)


def public_half(private: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def _derived(shared: bytes, halves: bytes, column: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=halves + column.encode()).derive(shared)
