"""Passing a request on to a process behind the front, and its answer back, piece by piece."""

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import aiohttp
from multidict import CIMultiDict
from yarl import URL

from shouwang.config.front import limits
from shouwang.config.front.answers import Receive, Scope, Send
from shouwang.core.together import ASKED

HOP_BY_HOP = frozenset(
    b"connection keep-alive proxy-authenticate proxy-authorization te trailer transfer-encoding upgrade expect".split()
)
NOT_BELIEVED = frozenset(b"forwarded x-forwarded-for x-forwarded-proto x-forwarded-host x-real-ip x-request-id".split())
DROPPED = HOP_BY_HOP | NOT_BELIEVED | {ASKED.lower().encode()}
NOT_PASSED_BACK = HOP_BY_HOP | {b"server"}
TRIES = 20
PAUSE_S = 0.25


class TooLarge(Exception):
    """The body is longer than its door allows."""


class TooSlow(Exception):
    """The body stopped coming."""


class Gone(Exception):
    """The client went away before its body was complete."""


class Unreachable(Exception):
    """The process behind does not take connections."""


class Upstream:
    """One process behind the front, reached over its socket."""

    def __init__(self, socket: Path, trusted_proxies: Iterable[str] = ()) -> None:
        self.trusted_proxies = frozenset(trusted_proxies)
        self.session = aiohttp.ClientSession(
            connector=aiohttp.UnixConnector(path=str(socket), limit=0, keepalive_timeout=30),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=2, sock_read=limits.ANSWER_S),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding", "Content-Type"),
        )

    async def close(self) -> None:
        await self.session.close()

    async def pass_on(self, scope: Scope, receive: Receive, send: Send, largest_body: int) -> int:
        """The status that was answered. Raises before anything was sent back, or not at all."""
        body = Body(scope, receive, largest_body)
        answer = await self._ask(scope, await body.ready())
        async with answer:
            headers = [(name, value) for name, value in answer.raw_headers if name.lower() not in NOT_PASSED_BACK]
            await send({"type": "http.response.start", "status": answer.status, "headers": headers})
            async for piece in answer.content.iter_any():
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
            return answer.status

    async def _ask(self, scope: Scope, body: "bytes | AsyncIterator[bytes] | None") -> aiohttp.ClientResponse:
        """Waits out a restart of the process behind: a connection that was never made lost nothing."""
        url = URL("http://front" + _target(scope), encoded=True)  # the socket is the address
        for attempt in range(TRIES):
            try:
                return await self.session.request(
                    scope["method"], url, headers=self._headers(scope), data=body, allow_redirects=False
                )
            except aiohttp.ClientConnectorError:
                if attempt == TRIES - 1:
                    raise Unreachable from None
                await asyncio.sleep(PAUSE_S)
        raise Unreachable

    def _headers(self, scope: Scope) -> CIMultiDict[str]:
        headers: CIMultiDict[str] = CIMultiDict()
        for name, value in scope["headers"]:
            if name not in DROPPED and b"_" not in name:
                headers.add(name.decode("latin-1"), value.decode("latin-1"))
        headers["X-Forwarded-For"] = client_address(scope, self.trusted_proxies)
        headers["X-Forwarded-Proto"] = scope["scheme"]
        headers[ASKED] = f"{scope.get('asked', time.monotonic()):.6f}"
        headers["X-Request-Id"] = scope.setdefault("request_id", uuid.uuid4().hex)
        return headers


class Body:
    """The request's body: whole when it is short, else as it comes; never more than the door allows."""

    def __init__(self, scope: Scope, receive: Receive, largest: int) -> None:
        headers = dict(scope["headers"])
        self.receive, self.largest = receive, largest
        length = headers.get(b"content-length")
        self.announced = int(length) if length and length.isdigit() else None
        self.chunked = b"transfer-encoding" in headers

    async def ready(self) -> bytes | AsyncIterator[bytes] | None:
        if self.announced is not None and self.announced > self.largest:
            raise TooLarge
        if not self.chunked and not self.announced:
            return None
        if self.announced is not None and self.announced <= 64 * 1024:
            return b"".join([piece async for piece in self.pieces()])
        if self.announced is None:  # its length is only known, and can only be refused, when it is here
            return b"".join([piece async for piece in self.pieces()])
        return self.pieces()

    async def pieces(self) -> AsyncIterator[bytes]:
        seen = 0
        while True:
            try:
                message = await asyncio.wait_for(self.receive(), limits.BODY_S)
            except TimeoutError:
                raise TooSlow from None
            if message["type"] == "http.disconnect":
                raise Gone
            piece: bytes = message.get("body", b"")
            seen += len(piece)
            if seen > self.largest:
                raise TooLarge
            if piece:
                yield piece
            if not message.get("more_body"):
                return


def client_address(scope: Scope, trusted_proxies: frozenset[str]) -> str:
    """Who asks. What a client says of itself is believed only if it is a proxy that we named."""
    address: str = (scope.get("client") or ("",))[0] or "127.0.0.1"
    if address in trusted_proxies:
        said = b",".join(value for name, value in scope["headers"] if name == b"x-forwarded-for").decode("latin-1")
        return said.rpartition(",")[2].strip() or address
    return address


def was_forwarded(scope: Scope) -> bool:
    return any(name in NOT_BELIEVED and name != b"x-request-id" for name, _ in scope["headers"])


def _target(scope: Scope) -> str:
    path = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1")
    query = scope["query_string"].decode("latin-1")
    return f"{path}?{query}" if query else path
