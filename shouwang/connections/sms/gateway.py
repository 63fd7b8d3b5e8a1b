"""The port: hands letters to the gateway, and knows its signature.

    POST {sms_url}/messages  or  /calls    {"id", "to", "text", "callback"} with `Authorization: Bearer {secret}`
    202 {"id"} taken · 4xx {"error"} never · 429, 5xx, silence: later, under the same id
Reports come back to `callback` (views.py) with `X-Signature: HMAC-SHA-256 of the body`.
"""

from __future__ import annotations

import hmac
import http.client
import json
import urllib.error
import urllib.request
from typing import Any

from django.conf import settings

from shouwang.connections.sms.parts import n_parts
from shouwang.core.problem import Unavailable
from shouwang.notices.channels import Letter, Receipt, Refused, outlet
from shouwang.notices.minting import address
from shouwang.notices.models import Channel

PATIENCE_S = 4
LONGEST_ANSWER = 64 * 1024
DOORS = {Channel.SMS: "/messages", Channel.VOICE: "/calls"}
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # no proxy between us and the gateway


def send(letter: Letter) -> Receipt:
    """Raises  Unavailable, Refused"""
    answer = _post(
        DOORS[letter.channel],
        {
            "id": str(letter.id),
            "to": letter.to,
            "text": letter.text,
            "callback": address("/connections/sms/reports/"),
        },
    )
    return Receipt(str(answer.get("id", ""))[:80], n_parts(letter.text))


def signature(body: bytes) -> str:
    return hmac.digest(settings.ENVIRONMENT.sms_secret.encode(), body, "sha256").hex()


def is_set_up() -> bool:
    return bool(settings.ENVIRONMENT.sms_url and settings.ENVIRONMENT.sms_secret)


def _post(door: str, content: dict[str, str]) -> dict[str, Any]:
    request = urllib.request.Request(
        settings.ENVIRONMENT.sms_url.rstrip("/") + door,
        data=json.dumps(content).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {settings.ENVIRONMENT.sms_secret}"},
    )
    try:
        with _opener.open(request, timeout=PATIENCE_S) as response:
            answer = json.loads(response.read(LONGEST_ANSWER))
    except urllib.error.HTTPError as refusal:
        with refusal:
            if refusal.code == 429 or refusal.code >= 500:
                raise Unavailable("sms gateway", retry_after_s=_retry_after(refusal)) from None
            raise Refused(_reason(refusal)) from None
    except (OSError, http.client.HTTPException, ValueError) as fault:
        raise Unavailable("sms gateway", retry_after_s=60) from fault
    if not isinstance(answer, dict):
        raise Unavailable("sms gateway", retry_after_s=60)
    return answer


def _retry_after(refusal: urllib.error.HTTPError) -> float:
    text = refusal.headers.get("Retry-After", "")
    return min(float(text), 3600.0) if text.isdigit() else 60.0


def _reason(refusal: urllib.error.HTTPError) -> str:
    try:
        return str(json.loads(refusal.read(LONGEST_ANSWER))["error"])[:40]
    except (ValueError, KeyError, TypeError, OSError):
        return f"http_{refusal.code}"


outlet(Channel.SMS, send=send, is_set_up=is_set_up)
outlet(Channel.VOICE, send=send, is_set_up=is_set_up)
