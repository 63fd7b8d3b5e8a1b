"""Positions at the front: many at once, each answered by itself after the commit."""

import asyncio
import time
from typing import Any

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test.utils import CaptureQueriesContext

from shouwang.config.live import positions
from shouwang.config.live.application import Live
from shouwang.core import clock
from shouwang.duty.models import Shift, Unit
from shouwang.tracking import limits
from shouwang.tracking.models import Fix, LastFix
from shouwang.tracking.pipeline.authenticate import forget
from shouwang.tracking.receiving import take_all
from shouwang.tracking.sources import Incoming
from shouwang.tracking.tokens import give_token

pytestmark = pytest.mark.committed


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget()
    limits.READINGS.clear()
    limits.STRANGERS.clear()


async def asked(live: Live, query: str, *, method: str = "GET", body: bytes = b"", path: str = "osmand") -> Any:
    """(status, body) of one request."""
    scope = {
        "type": "http", "method": method, "path": f"/ingest/{path}", "query_string": query.encode(),
        "client": ("1.2.3.4", 5),
        "headers": [(b"content-type", b"application/x-www-form-urlencoded"), (b"accept-language", b"zh-CN,zh;q=0.9")],
    }  # fmt: skip
    got: dict[str, Any] = {}

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body}

    async def send(message: Any) -> None:
        got.update(message)

    await live(scope, receive, send)
    return got["status"], got["body"].decode()


def fleet(world: Any, n: int) -> list[str]:
    """Tokens of `n` units on duty."""
    at = clock.now()
    tokens = []
    for number in range(n):
        home = world.station
        unit = Unit.objects.create(name=f"机动{number}组", form="car", home=home, duty_path=home.duty_path)
        Shift.objects.create(unit=unit, during=DateTimeTZRange(at, None), since=at)
        tokens.append(give_token(unit=unit, by=world.lin, at=at)[1])
    return tokens


def test_sixty_units_at_once_are_stored_in_a_few_statements(world, on_air):
    tokens = fleet(world, 60)

    async def play(live: Live) -> None:
        began = time.monotonic()
        answers = await asyncio.gather(
            *(asked(live, f"id={token}&lat=27.69&lon={111.42 + n * 1e-5:.5f}") for n, token in enumerate(tokens))
        )
        assert set(answers) == {(200, "OK")}
        assert time.monotonic() - began < 5

    on_air(play)
    assert Fix.objects.count() == 60
    assert LastFix.objects.count() == 60
    messages = [("osmand", Incoming("GET", {"id": token, "lat": "27.69", "lon": "111.43"})) for token in tokens]
    with CaptureQueriesContext(connection) as queries:
        take_all(messages, clock.now())
    assert len(queries) <= 4 + 60 / 20


def test_a_trickle_is_stored_in_a_few_batches(world, on_air, monkeypatch):
    tokens = fleet(world, 12)
    batches: list[int] = []
    take = positions._take

    def counted(messages: Any) -> Any:
        batches.append(len(messages))
        return take(messages)

    monkeypatch.setattr(positions, "_take", counted)
    monkeypatch.setattr(positions, "APART_S", 1.0)

    async def play(live: Live) -> None:
        waiting = []
        for token in tokens:
            waiting.append(asyncio.create_task(asked(live, f"id={token}&lat=27.69&lon=111.42")))
            await asyncio.sleep(0.005)
        assert set(await asyncio.gather(*waiting)) == {(200, "OK")}

    on_air(play)
    assert sum(batches) == len(tokens)
    assert len(batches) < len(tokens) / 2


def test_one_bad_message_spoils_no_other(world, on_air):
    good, _ = fleet(world, 2)

    async def play(live: Live) -> None:
        right, wrong, strange = await asyncio.gather(
            asked(live, f"id={good}&lat=27.69&lon=111.42"),
            asked(live, f"id={good}&lat=99&lon=111.42"),
            asked(live, "id=guess&lat=27.69&lon=111.42"),
        )
        assert right == (200, "OK")
        assert wrong[0] == 400
        assert "纬度" in wrong[1]
        assert strange[0] == 401
        assert (await asked(live, "", path="radio"))[0] == 404
        assert (await asked(live, "", method="PUT"))[0] == 405
        assert (await asked(live, "", method="POST", body=b"x" * 70_000))[0] == 413
        assert (await asked(live, "&".join(f"a{n}=1" for n in range(99))))[0] == 400
        assert (await asked(live, "", method="POST", body=f"id={good}&lat=27.69&lon=111.42".encode()))[0] == 200

    on_air(play)
