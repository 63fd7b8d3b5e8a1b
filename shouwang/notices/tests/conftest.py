"""A matter with somebody who reported it, a gateway and a mail server on this machine, and the rights of the jobs."""

import datetime as dt
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from shouwang.connections.sms import gateway
from shouwang.connections.sms.simulator import Simulator
from shouwang.core import keyring
from shouwang.matters.intake import Told, open_matter
from shouwang.matters.models import Party
from shouwang.notices import sending

NOON = dt.datetime(2026, 11, 20, 4, 0, tzinfo=dt.UTC)  # 12:00 in Shanghai
NIGHT = dt.datetime(2026, 11, 20, 14, 30, tzinfo=dt.UTC)  # 22:30 in Shanghai
SECRET = "shared with the gateway"


@pytest.fixture(autouse=True)
def _fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")
    sending._resting.clear()


def free_port() -> int:
    """A port on which nobody listens at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


@pytest.fixture
def set_up(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`set_up(sms_url=…)` changes settings for the length of a test."""

    def change(**values: Any) -> None:
        changed = replace(settings.ENVIRONMENT, **values)
        monkeypatch.setattr(settings, "ENVIRONMENT", changed)

    return change


@pytest.fixture
def phones(set_up: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> Iterator[Simulator]:
    simulator = Simulator(SECRET, delay_s=0.05)
    simulator.start()
    monkeypatch.setattr(gateway, "PATIENCE_S", 0.5)
    set_up(sms_url=simulator.url, sms_secret=SECRET, address="https://qingshi.example", service_name="青石警务")
    yield simulator
    simulator.stop()


@pytest.fixture
def report(world: Any) -> Callable[..., Party]:
    """`report(number=…)` opens a matter at noon and gives its caller."""

    def make(**told: Any) -> Party:
        told = {"name": "王女士", "number": "13800002086"} | told
        matter = open_matter(
            kind="incident", by=world.fang, at=NOON, area=world.qiaoxi, gist="楼上漏水", told=Told(**told)
        )
        party: Party = matter.parties.get()
        return party

    return make


@pytest.fixture
def send(as_role: Any) -> Callable[..., int]:
    """What the sending job does, with its rights."""

    def run(at: dt.datetime = NOON) -> int:
        with as_role("jobs"):
            return sending.send_due(at=at)

    return run
