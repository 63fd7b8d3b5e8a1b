"""The ASGI application on the public port: which door, is there room, pass it on."""

import asyncio
import contextlib
import hmac
import json
import logging
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp

from shouwang.config.database.place import socket_folder
from shouwang.config.doors import Door, door_for
from shouwang.config.environment import Environment
from shouwang.config.front import counting, limits, redirecting
from shouwang.config.front.answers import Receive, Scope, Send, answer, send_whole, size_in_words, start
from shouwang.config.front.passing import (
    Gone,
    TooLarge,
    TooSlow,
    Unreachable,
    Upstream,
    client_address,
    was_forwarded,
)
from shouwang.config.front.turns import Turns

log = logging.getLogger("shouwang.front")
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class Front:
    """Built once per process; `live` answers what begins with /live/."""

    def __init__(self, environment: Environment, live: Application | None = None) -> None:
        self.environment = environment
        self.live = live
        self.flight = limits.Flight()
        self.turns = Turns()
        self.upstreams: dict[str, Upstream] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await self._lifespan(receive, send)
        if scope["type"] != "http":
            return await send({"type": "websocket.close", "code": 1008})
        if scope["path"].startswith("/live/"):
            return await self._live(scope, receive, send)
        if scope["path"] == "/authority.crt" and self.environment.tls_certificate:
            return await self._authority(send)
        if scope["path"] == "/metrics":
            return await self._metrics(scope, send)
        await self._page(scope, receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        sockets = socket_folder(self.environment.var / "run")
        for process in ("web", "portal"):
            self.upstreams[process] = Upstream(sockets / f"{process}.sock", self.environment.trusted_proxies)
        plain = None
        if self.environment.tls_certificate and self.environment.redirect_port:
            plain = await redirecting.start(self.environment)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        if plain:
            plain.close()
        for upstream in self.upstreams.values():
            await upstream.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _live(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.live is None:
            return await answer(send, 404, scope)
        counting.STREAMS.inc()
        try:
            await self.live(scope, receive, send)
        finally:
            counting.STREAMS.dec()

    async def _authority(self, send: Send) -> None:
        """The certificate that a phone must trust to be at home here, where we made it ourselves."""
        own = Path(self.environment.tls_certificate).with_name("authority.crt")
        if not own.exists():
            return await answer(send, 404)
        await send_whole(send, 200, {"Content-Type": "application/x-x509-ca-cert"}, own.read_bytes())

    async def _metrics(self, scope: Scope, send: Send) -> None:
        """From this machine, unless a proxy on it asks for somebody else; or with the token."""
        headers = dict(scope["headers"])
        token = self.environment.metrics_token
        shown = headers.get(b"authorization", b"").decode("latin-1").removeprefix("Bearer ")
        from_here = client_address(scope, frozenset()) in ("127.0.0.1", "::1") and not was_forwarded(scope)
        if from_here or (token and hmac.compare_digest(shown.encode(), token.encode())):
            return await send_whole(send, 200, {"Content-Type": counting.CONTENT_TYPE}, counting.written())
        await answer(send, 403, scope)

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["asked"] = time.monotonic()
        door = door_for(scope["path"])
        kind = limits.class_of(door.face, door.prefix)
        async with self._turn(scope, door, kind):
            await self._let_in(scope, receive, send, door, kind)

    def _turn(self, scope: Scope, door: Door, kind: str) -> contextlib.AbstractAsyncContextManager[None]:
        if kind == "staff" and limits.PASSIVE in dict(scope["headers"]):
            return self.turns.passive()
        return self.turns.pressed() if door.prefix == "desk/" else contextlib.nullcontext()

    async def _let_in(self, scope: Scope, receive: Receive, send: Send, door: Door, kind: str) -> None:
        if self.flight.full_for(kind):
            counting.SHED.labels(kind).inc()
            return await answer(send, 503, scope)
        began = time.perf_counter()
        self.flight.now[kind] += 1
        try:
            status = await self._pass_on(scope, receive, send, door)
        finally:
            self.flight.now[kind] -= 1
        counting.count(door.prefix, status, time.perf_counter() - began)
        if kind != "ingest" or status >= 400:
            _note(scope, door, status, began)

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send, door: Door) -> int:
        """The status that the client got."""
        begun = Begun(scope, send)
        if door.prefix == "ingest/" and self.live is not None and door.face in self.environment.faces:
            await self.live(scope, receive, begun)  # positions are taken here, many at once
            return begun.status
        upstream = self.upstreams[process_for(door, self.environment)]
        try:
            return await upstream.pass_on(scope, receive, begun, door.largest_body)
        except TooLarge:
            return await begun.refuse(413, receive, limit=size_in_words(door.largest_body))
        except TooSlow:
            return await begun.end(408)
        except Gone:
            return 499
        except Unreachable:
            return await begun.end(503)
        except (aiohttp.ClientError, TimeoutError) as problem:
            log.warning("no complete answer from %s: %s", door.face, type(problem).__name__)
            return await begun.end(502)


class Begun:
    """`send`, remembering whether an answer has begun: then nothing else can be said any more."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.scope, self.send, self.status = scope, send, 0

    async def __call__(self, message: Any) -> None:
        self.status = self.status or message.get("status", 0)
        await self.send(message)

    async def end(self, status: int, **given: str) -> int:
        if self.status:
            raise ConnectionAbortedError("the answer broke off")  # uvicorn closes the connection: visibly incomplete
        with contextlib.suppress(OSError):
            await answer(self.send, status, self.scope, **given)
        return status

    async def refuse(self, status: int, receive: Receive, **given: str) -> int:
        """As `end`, while the body is still coming. A browser reads no answer before it has sent all it has: the rest
        is heard out, and thrown away, for as long as is fair.
        """
        if self.status:
            return await self.end(status)
        with contextlib.suppress(OSError, TimeoutError):
            await start(self.send, status, self.scope, **given)
            async with asyncio.timeout(limits.HEARD_OUT_S):
                while (await receive()).get("more_body"):
                    pass
        with contextlib.suppress(OSError):
            await self.send({"type": "http.response.body", "body": b""})
        return status


def process_for(door: Door, environment: Environment) -> str:
    if door.face == "any":
        return "web" if set(environment.faces) - {"portal"} else "portal"
    return "portal" if door.face == "portal" else "web"


def _note(scope: Scope, door: Door, status: int, began: float) -> None:
    """One line per request. Never its path or query: they hold receipts and words that people searched."""
    line = {
        "door": door.prefix,
        "method": scope["method"],
        "status": status,
        "ms": round((time.perf_counter() - began) * 1000, 1),
        "request": scope.get("request_id", ""),
    }
    log.info(json.dumps(line))
