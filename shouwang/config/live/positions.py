"""`/ingest/…` on the front: what arrives within a tenth of a second is stored together, on one thread of its own.

Why here and not with the pages: two hundred units that report every second would keep the pages' threads busy; here
they cost a few statements a second, and a desk never waits behind them.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qsl

from django.db import close_old_connections, connection

from shouwang.core import clock
from shouwang.tracking.receiving import RETRY_S, TEXT, Answer, take_all
from shouwang.tracking.sources import Incoming

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Waiting = tuple[str, Incoming, "asyncio.Future[Answer]"]

log = logging.getLogger("shouwang.live")
LARGEST = 64 * 1024
MOST_WAITING = 2_000
APART_S = 0.1  # between the beginnings of two batches: a lone position is stored at once, two hundred a second in ten
BODY_S = 10.0
BUSY = Answer(503, "", TEXT, {"Retry-After": str(RETRY_S)})
TOO_LARGE = Answer(413, "", TEXT)
GONE = Answer(499, "", TEXT)
FORM = "application/x-www-form-urlencoded"


class Positions:
    """Begun with the first message, on the loop that serves it."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="positions")
        self._waiting: list[Waiting] = []
        self._storing: asyncio.Task[None] | None = None
        self._next_s = 0.0  # of the loop's clock: no batch begins before

    async def __call__(self, scope: Scope, receive: Receive, send: Send, sender: str) -> None:
        answer = await self._answer(scope, receive, sender)
        headers = {"content-type": answer.kind, "cache-control": "no-store", **answer.headers}
        body = answer.body.encode()
        headers["content-length"] = str(len(body))
        raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": answer.status, "headers": raw})
        await send({"type": "http.response.body", "body": body})

    async def close(self) -> None:
        """Answer what waits, and let the connection go."""
        if self._storing is not None:
            await self._storing
        await asyncio.get_running_loop().run_in_executor(self._thread, _let_go)
        await asyncio.to_thread(self._thread.shutdown)

    async def _answer(self, scope: Scope, receive: Receive, sender: str) -> Answer:
        if len(self._waiting) >= MOST_WAITING:
            return BUSY
        try:
            async with asyncio.timeout(BODY_S):
                body = await _body(receive)
        except TimeoutError:
            return GONE
        if body is None:
            return TOO_LARGE
        source = scope["path"].removeprefix("/ingest/").rstrip("/")
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((source, _incoming(scope, body, sender), future))
        if self._storing is None or self._storing.done():
            self._storing = asyncio.create_task(self._store_waiting())
        return await future

    async def _store_waiting(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            await asyncio.sleep(self._next_s - loop.time())
            self._next_s = loop.time() + APART_S
            batch, self._waiting = self._waiting, []
            answers = await loop.run_in_executor(self._thread, _take, [(name, one) for name, one, _ in batch])
            for (_name, _one, future), answer in zip(batch, answers, strict=True):
                if not future.done():
                    future.set_result(answer)


def _let_go() -> None:
    """On its own thread: there it is that thread's connection."""
    connection.close()


def _take(messages: list[tuple[str, Incoming]]) -> list[Answer]:
    close_old_connections()
    try:
        return take_all(messages, clock.now())
    except Exception:
        log.exception("positions: a batch of %d was not taken", len(messages))
        return [BUSY] * len(messages)


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None when it is too large."""
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b""
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > LARGEST:
            return None
        if not message.get("more_body"):
            return b"".join(parts)


def _incoming(scope: Scope, body: bytes, sender: str) -> Incoming:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    is_form = headers.get("content-type", "").startswith(FORM)
    return Incoming(
        method=scope["method"],
        query=_pairs(scope.get("query_string", b"")),
        form=_pairs(body) if is_form and scope["method"] == "POST" else {},
        headers=headers,
        body=body,
        sender=sender,
    )


def _pairs(text: bytes) -> dict[str, str]:
    try:
        return dict(parse_qsl(text.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=50))
    except ValueError:  # more fields than any device sends
        return {}
