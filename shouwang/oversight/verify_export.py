"""Checks an export, offline: standard library, `cryptography`, and the journal's separate check of proofs.

It shares no line with what makes exports on purpose: a mistake there must not excuse itself here.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from shouwang.journal.verify_proof import Refused, check_proof, strict_base64

LARGEST = 200_000_000  # bytes of one file, unpacked
SIGNED = ("manifest.json", "manifest.sig")


def check_export(path: Path, keys: list[str]) -> dict[str, Any]:
    """The manifest, when it is signed by one of `keys` and every file is the one it names; raises Refused.

    The text of Refused begins with the first bad file.
    """
    files = _files(path)
    for name in SIGNED:
        if name not in files:
            raise Refused(f"{name}: it is missing")
    _check_signature(files["manifest.json"], files["manifest.sig"], keys)
    manifest: dict[str, Any] = json.loads(files["manifest.json"])
    named = manifest["files"]
    for name in sorted(set(files) - set(SIGNED) - set(named)):
        raise Refused(f"{name}: it is not in the manifest")
    for name, said in named.items():
        if name not in files:
            raise Refused(f"{name}: it is missing")
        if len(files[name]) != said["size"] or hashlib.sha256(files[name]).hexdigest() != said["sha256"]:
            raise Refused(f"{name}: it is not the file that was signed")
    for name in sorted(one for one in named if one.startswith("proofs/")):
        _check_entry(name, files[name], manifest)
    return manifest


def _files(path: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(path) as bundle:
            for one in bundle.infolist():
                if one.filename in found or one.file_size > LARGEST:
                    raise Refused(f"{one.filename}: twice in the bundle, or too large")
                try:
                    found[one.filename] = bundle.read(one)
                except Exception:  # a damaged packing shows itself in many ways; which file it is, is what matters
                    raise Refused(f"{one.filename}: it cannot be unpacked") from None
    except zipfile.BadZipFile:
        raise Refused(f"{path.name}: this is no export, or its list of files is damaged") from None
    return found


def _check_signature(manifest: bytes, signature: bytes, keys: list[str]) -> None:
    try:
        dash, name, text = signature.decode().rstrip("\n").split(" ")
    except ValueError:
        raise Refused("manifest.sig: this is no signature") from None
    raw = strict_base64(text)
    for key in keys:
        owner, _plus, rest = key.strip().partition("+")
        public = strict_base64(rest.partition("+")[2])[1:]
        key_id = hashlib.sha256(owner.encode() + b"\n\x01" + public).digest()[:4]
        if dash != "—" or owner != name or raw[:4] != key_id:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], manifest)
        except InvalidSignature:
            raise Refused("manifest.json: the signature is not over this manifest") from None
        return
    raise Refused("manifest.sig: it is not by a key that was given")


def _check_entry(name: str, raw: bytes, manifest: dict[str, Any]) -> None:
    proof = json.loads(raw)
    try:
        check_proof(proof, manifest["journal_key"])
    except Refused as problem:
        raise Refused(f"{name}: {problem}") from None
    if proof["envelope"]["subject"] != manifest["matter"] or name != f"proofs/{proof['entry']}.json":
        raise Refused(f"{name}: it is of another matter or entry")
