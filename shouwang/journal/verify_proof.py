"""Checks one proof, offline: standard library and `cryptography` only, so that this one file can be handed to anybody.

    python verify_proof.py proof.json 'name+hash+key'

It shares no line with the sealer on purpose: a mistake there must not excuse itself here.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

PLAIN_PROOF = {"entry", "index", "leaf_hash", "path", "checkpoint"}
DISCLOSED = {"envelope", "salt", "particulars"}
CHECKPOINT = re.compile(r"(([^\n]+)\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/]{43}=)\n)\n((?:— [^\s+]+ [A-Za-z0-9+/=]+\n)+)")


class Refused(Exception):
    """This proof, note or key does not hold; the text says why."""


def canonical(values: dict[str, Any]) -> bytes:
    """RFC 8785, as far as an envelope needs it: plain names, text, small whole numbers, null."""
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def open_checkpoint(note: str, key: str) -> tuple[int, bytes]:
    """(size, root) of a checkpoint signed by `key` (`name+hash+key`), whose log has the key's name."""
    name, public, key_id = _key(key)
    found = CHECKPOINT.fullmatch(note)
    if not found or found[2] != name:
        raise Refused(f"not a checkpoint of {name}")
    signatures = [line.split(" ")[1:] for line in found[5].splitlines()]
    ours = [raw for signer, text in signatures if signer == name and (raw := strict_base64(text))[:4] == key_id]
    if len(ours) != 1 or any(len(strict_base64(text)) < 5 for _, text in signatures):
        raise Refused("it is not signed by the journal's key")
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(ours[0][4:], found[1].encode())
    except InvalidSignature:
        raise Refused("the signature is wrong") from None
    return int(found[3]), strict_base64(found[4])


def check_proof(proof: dict[str, Any], key: str) -> str:
    """What the proof shows, in one sentence; raises Refused when it shows nothing."""
    if set(proof) not in (PLAIN_PROOF, PLAIN_PROOF | DISCLOSED):
        raise Refused(f"a proof has exactly {', '.join(sorted(PLAIN_PROOF))}, with or without what it discloses")
    index, path = proof["index"], proof["path"]
    if type(index) is not int or not isinstance(path, list) or not all(isinstance(step, str) for step in path):
        raise Refused("index or path is of the wrong kind")
    if not all(isinstance(proof[name], str) for name in ("entry", "leaf_hash", "checkpoint")):
        raise Refused("entry, leaf hash and checkpoint must be text")
    size, root = open_checkpoint(proof["checkpoint"], key)
    leaf = _hash(proof["leaf_hash"])
    if not 0 <= index < size or root_from(leaf, index, size, [_hash(step) for step in path]) != root:
        raise Refused("the path does not lead from this leaf to the root that was signed")
    says = f"leaf {index} is among the {size} leaves that were signed"
    if set(proof) == PLAIN_PROOF:
        return f"{says}. Whose leaf it is, this proof does not show: it discloses no envelope."
    _check_disclosed(proof, leaf)
    return f"{says}, and it is entry {proof['entry']} with exactly these particulars."


def _check_disclosed(proof: dict[str, Any], leaf: bytes) -> None:
    envelope, salt, text = proof["envelope"], proof["salt"], proof["particulars"]
    if not isinstance(envelope, dict) or envelope.get("id") != proof["entry"]:
        raise Refused("the envelope is of another entry")
    data = hashlib.sha256(canonical(envelope)).digest()
    if hashlib.sha256(b"\x00" + data).digest() != leaf:
        raise Refused("the envelope is not the one that was sealed")
    if (salt is None) != (text is None):
        raise Refused("salt and particulars belong together")
    if text is not None:
        if not isinstance(text, str) or not isinstance(salt, str) or not re.fullmatch(r"[0-9a-f]{64}", salt):
            raise Refused("salt or particulars are of the wrong kind")
        for why in faults_of_particulars(envelope, bytes.fromhex(salt), text):
            raise Refused(why)


def faults_of_particulars(envelope: dict[str, Any], salt: bytes, text: str) -> Iterator[str]:
    if hashlib.sha256(salt + text.encode()).hexdigest() != envelope.get("commitment"):
        yield "the particulars are not those committed to"
    try:
        if json.loads(text)["entry"] != envelope.get("id"):
            yield "the particulars belong to another entry"
    except (ValueError, KeyError, TypeError):
        yield "the particulars cannot be read"


def pair(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_from(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """The root that `path` leads to, by the recursive definition of RFC 9162 2.1.3.1; None when its length is wrong."""
    if size == 1:
        return None if path else leaf
    if not path:
        return None
    half = 1 << ((size - 1).bit_length() - 1)
    if index < half:
        left = root_from(leaf, index, half, path[:-1])
        return left and pair(left, path[-1])
    right = root_from(leaf, index - half, size - half, path[:-1])
    return right and pair(path[-1], right)


def _key(key: str) -> tuple[str, bytes, bytes]:
    name, _, rest = key.strip().partition("+")
    key_hash, _, encoded = rest.partition("+")
    raw = strict_base64(encoded)
    key_id = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
    if len(raw) != 33 or raw[0] != 1 or key_id.hex() != key_hash:
        raise Refused("this is no verification key: name+hash+key")
    return name, raw[1:], key_id


def _hash(text: str) -> bytes:
    raw = strict_base64(text)
    if len(raw) != 32:
        raise Refused("a hash has 32 bytes")
    return raw


def strict_base64(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Refused("not base64") from None
    if base64.b64encode(raw).decode() != text:
        raise Refused("not base64 as it is written")
    return raw


def read_proof(text: str) -> dict[str, Any]:
    """The JSON object in `text`. Raises Refused, also where a name stands twice."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len({name for name, _ in pairs}) < len(pairs):
            raise Refused("a name stands twice")
        return dict(pairs)

    try:
        found = json.loads(text, object_pairs_hook=once)
    except ValueError:
        raise Refused("not JSON") from None
    if not isinstance(found, dict):
        raise Refused("not a JSON object")
    return found


if __name__ == "__main__":
    try:
        print(check_proof(read_proof(Path(sys.argv[1]).read_text()), sys.argv[2]))
    except Refused as problem:
        sys.exit(f"This proof does not hold: {problem}.")
