"""Who loads the town from outside: units that report each second, people who read the public pages, crews' phones."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import math
import random
import time
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import aiohttp
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from bench.load.figures import READ, REPORTED, STEPPED, Notes

SPEED_DEG_S = 9 / 111_000  # 9 m/s
READS_EVERY_S = 5.0
PAGES = ("/", "/", "/report/", "/r/", "/transparency/checkpoint")
LATE_S = 20.0
TAKEN = "taken"


async def until_due(due: float) -> None:
    """Wait for a moment of the schedule; return at once where it has passed."""
    await asyncio.sleep(max(0.0, due - time.time()))


def stamp(due: float) -> str:
    """The moment of a fix in milliseconds: by it the fix is known again on a desk's stream."""
    return str(round(due * 1000))


async def report(web: aiohttp.ClientSession, unit: dict[str, Any], number: int, end: float, notes: Notes) -> None:
    """A unit drives in a circle and reports at its moment of each second, whether or not the last was answered."""
    asking: set[asyncio.Task[None]] = set()
    due = math.ceil(time.time()) + (number % 100) / 100
    while due < end:
        await until_due(due)
        angle = due / 20 + number
        lon = unit["lon"] + 20 * SPEED_DEG_S * math.cos(angle)
        lat = unit["lat"] + 20 * SPEED_DEG_S * math.sin(angle)
        task = asyncio.create_task(_send_fix(web, unit["token"], lon, lat, due, notes))
        asking.add(task)
        task.add_done_callback(asking.discard)
        due += 1
    await asyncio.gather(*asking)


async def _send_fix(web: aiohttp.ClientSession, token: str, lon: float, lat: float, due: float, notes: Notes) -> None:
    query = {"id": token, "lon": f"{lon:.6f}", "lat": f"{lat:.6f}", "timestamp": stamp(due), "speed": "17"}
    await timed(web, "GET", "/ingest/osmand", due, REPORTED, notes, params=query)


async def read_pages(web: aiohttp.ClientSession, number: int, end: float, notes: Notes) -> None:
    """Somebody of the public: a page every few seconds."""
    chance = random.Random(number)
    due = time.time() + chance.random() * READS_EVERY_S
    while due < end:
        await until_due(due)
        await timed(web, "GET", chance.choice(PAGES), due, READ, notes)
        due += READS_EVERY_S * (0.5 + chance.random())


async def timed(
    web: aiohttp.ClientSession, method: str, path: str, due: float, name: str, notes: Notes, **given: Any
) -> tuple[int, str, Any]:
    """Ask, and note how long it took since it was due; an error is noted as one. Status, text, headers."""
    try:
        async with web.request(method, path, timeout=aiohttp.ClientTimeout(LATE_S), **given) as answer:
            text = await answer.text()
    except (TimeoutError, aiohttp.ClientError) as fault:
        notes.fault(f"{name}: {type(fault).__name__}")
        return 0, "", {}
    if answer.status >= 400:
        notes.fault(f"{name}: {answer.status}")
    if name:
        notes.took(name, due)
    return answer.status, text, answer.headers


class Phones:
    """The phones of all crews: what each taps is signed with its key and sent at once."""

    def __init__(self, web: aiohttp.ClientSession, planted: dict[str, Any], notes: Notes) -> None:
        self.web, self.notes = web, notes
        key = serialization.load_pem_private_key(planted["key"].encode(), None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        self.key = key
        self.devices = {unit["id"]: unit["device"] for unit in planted["units"]}

    async def tap(self, unit: str, act: str, due: float, **given: str) -> None:
        await until_due(due)
        claimed_at = datetime.now(UTC).isoformat()
        step = json.dumps({"id": str(uuid4()), "act": act, "given": given, "claimed_at": claimed_at, "form": 1})
        body = json.dumps({"steps": [{"body": step, "signature": self._sign(step.encode())}]}).encode()
        at, nonce, path = claimed_at, uuid4().hex, "/field/steps/"
        words = "\n".join(["POST", path, at, nonce, hashlib.sha256(body).hexdigest()])
        headers = {
            "Content-Type": "application/json", "X-Device": self.devices[unit], "X-Sent-At": at, "X-Nonce": nonce,
            "X-Signature": self._sign(words.encode()),
        }  # fmt: skip
        status, text, _ = await timed(self.web, "POST", path, due, STEPPED, self.notes, data=body, headers=headers)
        outcome = json.loads(text)["receipts"][0] if status == 200 else {"outcome": TAKEN}
        if outcome["outcome"] != TAKEN:
            self.notes.fault(f"{act}: {outcome['outcome']} {outcome['message']}")

    def _sign(self, words: bytes) -> str:
        r, s = decode_dss_signature(self.key.sign(words, ec.ECDSA(hashes.SHA256())))
        return base64.urlsafe_b64encode(r.to_bytes(32) + s.to_bytes(32)).rstrip(b"=").decode()
