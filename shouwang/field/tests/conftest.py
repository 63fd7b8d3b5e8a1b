"""A phone as the doors see it: asking as its bound person, and sending a signed step."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from shouwang.core import clock, keyring
from shouwang.core.ids import new_id
from shouwang.matters.models import SentStep
from shouwang.matters.replay import Sent, replay
from shouwang.people.models import Device
from shouwang.registry.forms import VERSION

Ask = Callable[..., dict[str, Any]]
Send = Callable[..., SentStep]


@pytest.fixture
def ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")


@pytest.fixture
def now() -> dt.datetime:
    return clock.now().replace(microsecond=0)


@pytest.fixture
def ask(world: Any, ring: None) -> Ask:
    """`ask("shen", finding.begin, purpose="visit")`: as a bound phone of Shen would; GET where nothing is given."""

    def asked(person: str, view: Callable[..., HttpResponse], /, phone: Any = "bound", **given: Any) -> dict[str, Any]:
        made = RequestFactory()
        request = made.post("/field/find/", json.dumps(given), "application/json") if given else made.get("/field/")
        request.actor = world.cast[person].afresh()  # type: ignore[attr-defined]
        request.device = phone  # type: ignore[attr-defined]
        found: dict[str, Any] = json.loads(view(request).content)
        return found

    return asked


@pytest.fixture
def send(world: Any, now: dt.datetime) -> Send:
    """`send("ming", "dwelling.edit", address=…, told={…})`: tapped `minutes` before now, sent now."""

    def sent(
        who: str, act: str, *, minutes: float = 60, form: int = VERSION, step: UUID | None = None, **given: Any
    ) -> SentStep:
        person = world.cast[who]
        device, _ = Device.objects.get_or_create(
            person=person.person, defaults={"label": "phone", "public_key": b"-", "state": "bound", "bound_at": now}
        )
        at = now - dt.timedelta(minutes=minutes)
        body = {"id": str(step or new_id()), "act": act, "claimed_at": at.isoformat(), "form": form, "given": given}
        text = Sent.read(json.dumps(body, default=str))
        return replay(text, device=device, by=person.afresh(), at=now)

    return sent
