"""Signed notes and checkpoints as C2SP writes them, so that any witness or monitor can read our heads.

Source  C2SP signed-note and tlog-checkpoint
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from shouwang.journal.merkle import HASH_BYTES

ED25519 = b"\x01"
MOST_SIGNATURES = 100
_SIGNATURE_LINE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/=]+)")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


class NotANote(ValueError):
    """The text is not a note signed by the key asked for, or not a checkpoint."""


@dataclass(frozen=True)
class VerifierKey:
    """A name and the public half of its Ed25519 key; written `name+hash+key`."""

    name: str
    public: bytes

    def __post_init__(self) -> None:
        if not self.name or re.search(r"[\s+]", self.name):
            raise NotANote(f"“{self.name}” cannot name a key: no spaces, no “+”")
        if len(self.public) != 32:
            raise NotANote("an Ed25519 key has 32 bytes")

    @property
    def key_id(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{_encode(ED25519 + self.public)}"

    @classmethod
    def parse(cls, text: str) -> VerifierKey:
        name, _, rest = text.partition("+")
        key_id, _, encoded = rest.partition("+")
        raw = _decode(encoded)
        key = cls(name, raw[1:])
        if raw[:1] != ED25519 or key.key_id.hex() != key_id:
            raise NotANote("the key's hash does not fit the key")
        return key

    def signed(self, text: str, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class SignerKey:
    name: str
    private: Ed25519PrivateKey

    @property
    def verifier(self) -> VerifierKey:
        return VerifierKey(self.name, self.private.public_key().public_bytes_raw())

    def sign(self, text: str) -> str:
        """`text` (whole lines) with one signature line below."""
        _check_text(text)
        line = _encode(self.verifier.key_id + self.private.sign(text.encode()))
        return f"{text}\n— {self.name} {line}\n"


def open_note(note: str, keys: Iterable[VerifierKey]) -> str:
    """The text of `note`, when at least one of `keys` signed it and none of their signatures is wrong.

    Signatures by others (witnesses) are passed over. Raises NotANote
    """
    text, found, below = note.rpartition("\n\n")
    text += "\n"
    if not found or not below.endswith("\n"):
        raise NotANote("there is no signature below the text")
    _check_text(text)
    lines = below[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise NotANote("too many signatures")
    known = {(key.name, key.key_id): key for key in keys}
    signers = set()
    for line in lines:
        signer, signature = _parse_signature(line)
        if signer not in known:
            continue
        if signer in signers or not known[signer].signed(text, signature):
            raise NotANote(f"a signature of {signer[0]} is wrong")
        signers.add(signer)
    if not signers:
        raise NotANote("no known key signed this")
    return text


@dataclass(frozen=True)
class Checkpoint:
    """What a head says: this log, at this size, has this root."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{_encode(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Raises NotANote unless `text` is exactly origin, size and root, each on its line. We write no extensions."""
        lines = text.split("\n")
        if len(lines) != 4 or lines[3] or not lines[0] or not _SIZE.fullmatch(lines[1]):
            raise NotANote("not a checkpoint: origin, size, root")
        root = _decode(lines[2])
        if len(root) != HASH_BYTES:
            raise NotANote("a root has 32 bytes")
        return cls(lines[0], int(lines[1]), root)

    @classmethod
    def open(cls, note: str, key: VerifierKey, origin: str | None = None) -> Checkpoint:
        """The checkpoint in `note`, signed by `key`, of the log `origin` (the key's name unless said)."""
        checkpoint = cls.parse(open_note(note, [key]))
        if checkpoint.origin != (origin or key.name):
            raise NotANote(f"a checkpoint of {checkpoint.origin}, not of {origin or key.name}")
        return checkpoint


def _check_text(text: str) -> None:
    if not text.endswith("\n") or any(character < " " and character != "\n" for character in text):
        raise NotANote("the text must be whole lines without control characters")


def _parse_signature(line: str) -> tuple[tuple[str, bytes], bytes]:
    found = _SIGNATURE_LINE.fullmatch(line)
    if not found:
        raise NotANote("a line below the text is no signature")
    raw = _decode(found[2])
    if len(raw) < 5:
        raise NotANote("a signature is too short")
    return (found[1], raw[:4]), raw[4:]


def _encode(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _decode(text: str) -> bytes:
    """Strict base64: one text for one value, or a proof could be altered and still hold."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotANote("not base64") from error
    if _encode(raw) != text:
        raise NotANote("not base64 as it is written")
    return raw
