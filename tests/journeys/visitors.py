"""Whoever uses a running town without a browser: a desk that signed in, a bound phone, a unit that reports."""

import base64
import hashlib
import http.client
import http.cookiejar
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from tests.journeys.towns import Town

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
UNANSWERED = (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError)


class Visitor:
    """Cookies and forms. `answer` is what came last."""

    def __init__(self, town: Town) -> None:
        self.town = town
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        self.token = ""

    def get(self, path: str) -> str:
        with self.opener.open(f"{self.town.address}{path}", timeout=20) as answer:
            page: str = answer.read().decode()
        found = TOKEN.search(page)
        self.token = found[1] if found else self.token
        return page

    def post(self, path: str, **fields: Any) -> str:
        body = urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": self.token}).encode()
        headers = {"Origin": self.town.address}
        request = urllib.request.Request(f"{self.town.address}{path}", data=body, headers=headers)
        with self.opener.open(request, timeout=20) as answer:
            page: str = answer.read().decode()
            return page

    def step_in_as(self, name: str) -> "Visitor":
        """By the demo's button with that name."""
        page = self.get("/people/sign-in/")
        found = re.search(rf'name="person" value="([0-9a-f-]+)"><b>{name}</b>', page)
        assert found, f"the demo has no button for {name}"
        self.post("/people/sign-in/as/", person=found[1], next="/desk/")
        return self


class Phone:
    """A phone of one of the cast, bound and approved, with a key of its own."""

    BIND = """
from shouwang.core.clock import now
from shouwang.demo.world import load_world
from shouwang.people.devices import approve_device, ask_to_bind, begin_binding
world = load_world()
_, code = begin_binding(by=world.ming, at=now())
device = ask_to_bind(code, public_key=bytes.fromhex(sys.argv[1]), label="journey", at=now())
print(approve_device(device, by=world.zhou, at=now()).pk)
"""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.key = ec.generate_private_key(ec.SECP256R1())
        public = self.key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        self.device = UUID(town.run_python(self.BIND, public.hex()).splitlines()[-1])

    def send_step(self, key: UUID, act: str, given: dict[str, Any]) -> dict[str, Any]:
        """The receipt for one signed step."""
        claimed_at = datetime.now(UTC).isoformat()
        text = json.dumps({"id": str(key), "act": act, "given": given, "claimed_at": claimed_at, "form": 1})
        return self.send_text(text)

    def send_text(self, text: str) -> dict[str, Any]:
        body = json.dumps({"steps": [{"body": text, "signature": self._sign(text.encode())}]}).encode()
        answer = self._request("POST", "/field/steps/", body)
        receipt: dict[str, Any] = answer["receipts"][0]
        return receipt

    def _request(self, method: str, path: str, body: bytes) -> dict[str, Any]:
        at, nonce = datetime.now(UTC).isoformat(), uuid4().hex
        words = "\n".join([method, path, at, nonce, hashlib.sha256(body).hexdigest()])
        headers = {
            "Content-Type": "application/json",
            "X-Device": str(self.device),
            "X-Sent-At": at,
            "X-Nonce": nonce,
            "X-Signature": self._sign(words.encode()),
        }
        request = urllib.request.Request(f"{self.town.address}{path}", data=body, headers=headers, method=method)
        with urllib.request.urlopen(request, timeout=20) as answer:
            found: dict[str, Any] = json.load(answer)
            return found

    def _sign(self, words: bytes) -> str:
        r, s = decode_dss_signature(self.key.sign(words, ec.ECDSA(hashes.SHA256())))
        return base64.urlsafe_b64encode(r.to_bytes(32) + s.to_bytes(32)).rstrip(b"=").decode()


def unit_token(town: Town, unit: str) -> str:
    """A new token with which a unit of the cast reports its position."""
    return town.run_python(
        """
from shouwang.core.clock import now
from shouwang.demo.world import load_world
from shouwang.tracking.tokens import give_token
world = load_world()
print(give_token(unit=world.units[sys.argv[1]], by=world.lin, at=now())[1])
""",
        unit,
    ).splitlines()[-1]
