"""A passkey made of software: what a security key answers to a registration and to a sign-in (WebAuthn level 2)."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, HOLDS_KEY = 0x01, 0x04, 0x40


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class SoftKey:
    def __init__(self, host: str, origin: str, *, verified: bool = True) -> None:
        self.host, self.origin, self.count = host, origin, 0
        self.flags = PRESENT | (VERIFIED if verified else 0)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = os.urandom(16)

    def register(self, options: dict[str, Any]) -> dict[str, Any]:
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        held = bytes(16) + len(self.credential_id).to_bytes(2) + self.credential_id + cbor2.dumps(cose)
        attested = {"fmt": "none", "attStmt": {}, "authData": self._authenticator(HOLDS_KEY) + held}
        said = self._client("webauthn.create", options["challenge"])
        return self._answer({"clientDataJSON": b64(said), "attestationObject": b64(cbor2.dumps(attested))})

    def sign_in(self, options: dict[str, Any]) -> dict[str, Any]:
        self.count += 1
        data, said = self._authenticator(), self._client("webauthn.get", options["challenge"])
        signature = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            {"clientDataJSON": b64(said), "authenticatorData": b64(data), "signature": b64(signature), "userHandle": ""}
        )

    def _authenticator(self, more: int = 0) -> bytes:
        host = hashlib.sha256(self.host.encode()).digest()
        return host + bytes([self.flags | more]) + self.count.to_bytes(4)

    def _client(self, what: str, challenge: str) -> bytes:
        return json.dumps({"type": what, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, response: dict[str, str]) -> dict[str, Any]:
        name = b64(self.credential_id)
        return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}
