"""What the gateway reports is believed only when signed; over real sockets the state of a notice moves by itself."""

import datetime as dt
import json
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import Client
from django.urls import get_resolver

from shouwang.connections.sms.gateway import signature
from shouwang.connections.sms.simulator import Simulator
from shouwang.core import keyring
from shouwang.matters.intake import Told, open_matter
from shouwang.notices import sending
from shouwang.notices.models import Notice, NoticeState, OptOut
from shouwang.notices.telling import To, tell

NOON = dt.datetime(2026, 11, 20, 4, 0, tzinfo=dt.UTC)
REPORTS, REPLIES = "/connections/sms/reports/", "/connections/sms/replies/"
UNKNOWN = "0199aa00-0000-7000-8000-000000000001"


class Silent(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(autouse=True)
def _own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")
    changed = replace(settings.ENVIRONMENT, sms_secret="agreed", sms_url="http://127.0.0.1:8803")
    monkeypatch.setattr(settings, "ENVIRONMENT", changed)
    sending._resting.clear()


@pytest.fixture
def service(db: None) -> Iterator[str]:
    """The application behind a real socket, its addresses loaded before the first request."""
    get_resolver()._populate()

    def application(environ: Any, start_response: Any) -> Any:
        try:
            return list(get_wsgi_application()(environ, start_response))
        finally:
            connection.close()

    server = make_server("127.0.0.1", 0, application, handler_class=Silent)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def notice(world: Any) -> Notice:
    matter = open_matter(
        kind="incident", by=world.fang, at=NOON, area=world.qiaoxi, gist="漏水", told=Told(number="13800002086")
    )
    party = matter.parties.get()
    return tell(to=To.party(party), wording="crew_sent", matter=matter.pk, at=NOON, reference=matter.reference)


def _post(door: str, content: Any, *, signed: str | None = None) -> Any:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return Client().post(
        door, body, content_type="application/json",
        headers={"X-Signature": signature(body) if signed is None else signed, "Accept": "application/json"},
    )  # fmt: skip


def _state(notice: Notice) -> str:
    notice.refresh_from_db()
    return notice.state


@pytest.mark.committed
@pytest.mark.parametrize(
    ("number", "state"), [("13800002086", NoticeState.DELIVERED), ("13800000002", NoticeState.FAILED)]
)
def test_the_gateway_reports_over_a_real_socket(
    number: str, state: str, service: str, world: Any, as_role: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    phones = Simulator("agreed", delay_s=0.05)
    phones.start()
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, sms_url=phones.url, address=service))
    matter = open_matter(
        kind="incident", by=world.fang, at=NOON, area=world.qiaoxi, gist="漏水", told=Told(number=number)
    )
    row = tell(
        to=To.party(matter.parties.get()), wording="crew_sent", matter=matter.pk, at=NOON, reference=matter.reference
    )

    with as_role("jobs"):
        sending.send_due(at=NOON)
    deadline = time.monotonic() + 30
    while _state(row) != state and time.monotonic() < deadline:
        time.sleep(0.05)
    phones.stop()

    assert _state(row) == state


@pytest.mark.committed
def test_a_phone_that_answers_stop_gets_nothing_more(service: str, world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    phones = Simulator("agreed")
    phones.start()
    phones.take("sms", {"id": "1", "to": "13800002086", "text": "x", "callback": service + REPORTS})

    body = json.dumps({"from": "13800002086", "text": "T"}).encode()
    with urllib.request.urlopen(urllib.request.Request(f"{phones.url}/replies", data=body)):
        pass
    phones.stop()

    assert OptOut.objects.count() == 1


@pytest.mark.parametrize("signed", ["", "0" * 64, "é"])
def test_a_report_without_the_signature_changes_nothing(signed: str, notice: Notice) -> None:
    response = _post(REPORTS, {"id": str(notice.id), "state": "delivered"}, signed=signed)

    assert response.status_code == 403
    assert _state(notice) == NoticeState.QUEUED


def test_without_a_secret_nothing_is_believed(notice: Notice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, sms_secret=""))

    assert _post(REPORTS, {"id": str(notice.id), "state": "delivered"}).status_code == 403


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"not json", 400), (b"[1]", 400), ({}, 400), ({"id": "x", "state": "delivered"}, 400),
        ({"id": UNKNOWN, "state": "flown"}, 400), ({"id": UNKNOWN, "state": "delivered"}, 404),
        (b"[" * 60_000, 400),
    ],
    ids=lambda value: str(value)[:30],
)  # fmt: skip
def test_a_report_that_cannot_be_read_is_told_why(content: Any, status: int, world: Any) -> None:
    assert _post(REPORTS, content).status_code == status


def test_states_only_go_forward(notice: Notice) -> None:
    report: Callable[[str], Any] = lambda state: _post(REPORTS, {"id": str(notice.id), "state": state})  # noqa: E731

    report("delivered")
    report("failed")
    report("delivered")

    assert _state(notice) == NoticeState.DELIVERED


def test_an_answer_that_is_no_wish_is_not_kept(world: Any) -> None:
    response = _post(REPLIES, {"from": "13800002086", "text": "谢谢"})

    assert response.json() == {"taken": False}
    assert not OptOut.objects.exists()


def test_the_simulator_takes_an_id_once_and_shows_what_came() -> None:
    phones = Simulator("agreed", delay_s=9)
    phones.start()
    for _ in range(3):
        phones.take("sms", {"id": "1", "to": "13800000005", "text": "<b>你好</b>"})

    with urllib.request.urlopen(f"{phones.url}/") as page, urllib.request.urlopen(f"{phones.url}/messages") as listed:
        assert "&lt;b&gt;你好" in page.read().decode()
        (one,) = json.loads(listed.read())
    phones.stop()

    assert one["times"] == 3
