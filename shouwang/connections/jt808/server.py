"""TCP 7808: terminals in, positions to the town. One process, one loop, one thread for the database.

What arrives while a batch is being stored goes into the next one. A peer that does not read, or says nothing for five
minutes, is let go; the number of connections, and the bytes of each, are bounded.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import cast

from django.db import close_old_connections, connection

from shouwang.connections.jt808.frames import Splitter
from shouwang.connections.jt808.models import Datum
from shouwang.connections.jt808.receiving import Outcome, Request, take
from shouwang.connections.jt808.session import Asked, Enrol, Prove, Report, Session
from shouwang.core import clock

log = logging.getLogger("shouwang.jt808")
MOST_CONNECTIONS = 12_000
MOST_WAITING = 20_000
MOST_UNANSWERED = 32  # of one peer: then it is not read until some are
MOST_GARBAGE = 16 * 1024
TICK_S = 5.0
WRITE_S = 10.0


class _Peer(asyncio.Protocol):
    """One connection. Frames behind a registration or a proof wait for its answer; positions need not."""

    transport: asyncio.Transport

    def __init__(self, server: Server) -> None:
        self.server, self.session, self.splitter = server, Session(clock.now()), Splitter()
        self.datum: str = Datum.WGS84
        self.sender = ""
        self.unanswered = 0
        self.unread_since: float | None = None  # it does not take our answers
        self._held: deque[bytes] = deque()
        self._introducing = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.sender = str((transport.get_extra_info("peername") or ("",))[0])
        if not self.server.admit(self):
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self.server.peers.discard(self)

    def data_received(self, data: bytes) -> None:
        self._held.extend(self.splitter.feed(data))
        self._hear()
        if self.splitter.skipped > MOST_GARBAGE:
            self.transport.close()

    def pause_writing(self) -> None:
        self.unread_since = asyncio.get_running_loop().time()
        self.transport.pause_reading()

    def resume_writing(self) -> None:
        self.unread_since = None
        self._hear()

    def answered(self, asked: Asked, outcome: Outcome) -> None:
        """What the town says to what this peer asked."""
        self.unanswered -= 1
        if isinstance(asked, Report):
            replies = self.session.reported(
                asked, kept=outcome.kept, alarm_taken=outcome.alarm_taken, still_valid=outcome.still_valid
            )
        else:
            self._introducing = False
            replies = self._introduced(asked, outcome)
        self.say(replies)
        self._hear()

    def _introduced(self, asked: Enrol | Prove, outcome: Outcome) -> list[bytes]:
        if isinstance(asked, Enrol):
            return self.session.enrolled(asked, outcome.code)
        self.datum = outcome.datum or self.datum
        return self.session.proven(asked, accepted=outcome.datum is not None)

    def say(self, replies: list[bytes]) -> None:
        if replies and not self.transport.is_closing():
            self.transport.write(b"".join(replies))
        if self.session.over:
            self.transport.close()

    def _hear(self) -> None:
        """The frames that are here, as far as they may be taken now."""
        while self._held and self._may_ask() and not self.session.over:
            heard = self.session.receive(self._held.popleft(), clock.now())
            self.say(heard.replies)
            if heard.asked is not None:
                self._introducing = not isinstance(heard.asked, Report)
                self.unanswered += 1
                self.server.ask(self, heard.asked)
        if not self.transport.is_closing():
            if self._may_ask() and self.unread_since is None:
                self.transport.resume_reading()
            else:
                self.transport.pause_reading()

    def _may_ask(self) -> bool:
        return not self._introducing and self.unanswered < MOST_UNANSWERED


class Server:
    """`async with Server(host, port) as server: …`; `server.port` is the one it listens on."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.peers: set[_Peer] = set()
        self._waiting: list[tuple[_Peer, Asked]] = []
        self._storing: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="jt808")

    async def __aenter__(self) -> Server:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Peer(self), self.host, self.port, backlog=1024)
        self.port = self._server.sockets[0].getsockname()[1]
        self._ticking = asyncio.create_task(self._tick())
        return self

    async def __aexit__(self, *_: object) -> None:
        """What waits is stored and answered before the connections go."""
        self._server.close()
        self._ticking.cancel()
        if self._storing is not None:
            await self._storing
        for peer in list(self.peers):
            peer.transport.close()
        await asyncio.get_running_loop().run_in_executor(self._thread, _let_go)
        await asyncio.to_thread(self._thread.shutdown)

    def admit(self, peer: _Peer) -> bool:
        if len(self.peers) >= MOST_CONNECTIONS:
            return False
        self.peers.add(peer)
        return True

    def ask(self, peer: _Peer, asked: Asked) -> None:
        """`peer.answered` is called when it is settled."""
        if len(self._waiting) >= MOST_WAITING:
            asyncio.get_running_loop().call_soon(peer.answered, asked, Outcome())
            return
        self._waiting.append((peer, asked))
        if self._storing is None or self._storing.done():
            self._storing = asyncio.create_task(self._store_waiting())

    async def _store_waiting(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            batch, self._waiting = self._waiting, []
            requests = [Request(asked, peer.sender, peer.datum) for peer, asked in batch]
            outcomes = await loop.run_in_executor(self._thread, _take, requests)
            for (peer, asked), outcome in zip(batch, outcomes, strict=True):
                peer.answered(asked, outcome)

    async def _tick(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(TICK_S)
            now = clock.now()
            for peer in list(self.peers):
                if peer.unread_since is not None and loop.time() - peer.unread_since > WRITE_S:
                    peer.transport.abort()
                else:
                    peer.say(peer.session.tick(now))


def _let_go() -> None:
    """On its own thread: there it is that thread's connection."""
    connection.close()


def _take(requests: list[Request]) -> list[Outcome]:
    close_old_connections()
    try:
        return take(requests, clock.now())
    except Exception:
        log.exception("a batch of %d was not taken", len(requests))
        return [Outcome() for _ in requests]
