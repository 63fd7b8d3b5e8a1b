"""The two ciphers of sealed fields: AES-256-GCM with SHA-256, or SM4-GCM with SM3. The length of a key says which.

SM4 (GB/T 32907) and SM3 (GB/T 32905) are what commercial cryptography in China asks for; both profiles bind and
authenticate alike, so that rows of either lie side by side while a ring turns from one to the other.
"""

from __future__ import annotations

import hmac
from typing import Protocol

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256, SM3
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PROFILES = {"aes": 32, "sm": 16}  # name → bytes of a key
SM_BYTES, TAG_BYTES = PROFILES["sm"], 16


class Sealer(Protocol):
    """As `AESGCM` does it: the tag behind the ciphertext."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...


class SM4GCM:
    def __init__(self, key: bytes) -> None:
        self._cipher = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        one = Cipher(self._cipher, modes.GCM(nonce)).encryptor()
        one.authenticate_additional_data(associated_data or b"")
        return one.update(data) + one.finalize() + one.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """Raises  InvalidTag, ValueError"""
        text, tag = data[:-TAG_BYTES], data[-TAG_BYTES:]
        one = Cipher(self._cipher, modes.GCM(nonce, tag)).decryptor()
        one.authenticate_additional_data(associated_data or b"")
        return one.update(text) + one.finalize()


def sealer_of(key: bytes) -> Sealer:
    return SM4GCM(key) if len(key) == SM_BYTES else AESGCM(key)


def derived(key: bytes, name: str) -> bytes:
    """A key of the same profile for one column or purpose. Source  RFC 5869"""
    hashed = SM3() if len(key) == SM_BYTES else SHA256()
    return HKDF(algorithm=hashed, length=len(key), salt=None, info=name.encode()).derive(key)


def keyed(key: bytes, value: bytes) -> bytes:
    """32 bytes of HMAC under the hash of the profile."""
    if len(key) != SM_BYTES:
        return hmac.digest(key, value, "sha256")
    one = HMAC(key, SM3())
    one.update(value)
    return one.finalize()
