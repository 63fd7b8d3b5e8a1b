"""TCP 7808: terminals in, positions to the town. One process, one loop, one thread for the database.

What arrives while a batch is being stored goes into the next one. A peer that does not read, or says nothing for five
minutes, is let go; the number of connections, and the bytes of each, are bounded.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.db import close_old_connections, connection

from shouwang.connections.jt808.frames import Splitter
from shouwang.connections.jt808.models import Datum
from shouwang.connections.jt808.receiving import Outcome, Request, take
from shouwang.connections.jt808.session import Asked, Enrol, Prove, Session
from shouwang.core import clock

log = logging.getLogger("shouwang.jt808")
MOST_CONNECTIONS = 5_000
MOST_WAITING = 20_000
MOST_GARBAGE = 16 * 1024
CHUNK = 16 * 1024
TICK_S = 5.0
WRITE_S = 10.0


@dataclass(eq=False)
class _Peer:
    session: Session
    writer: asyncio.StreamWriter
    sender: str
    datum: str = Datum.WGS84


class Server:
    """`async with Server(host, port) as server: …`; `server.port` is the one it listens on."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self._peers: set[_Peer] = set()
        self._waiting: list[tuple[Request, asyncio.Future[Outcome]]] = []
        self._storing: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="jt808")

    async def __aenter__(self) -> Server:
        self._server = await asyncio.start_server(self._serve, self.host, self.port, limit=CHUNK, backlog=1024)
        self.port = self._server.sockets[0].getsockname()[1]
        self._ticking = asyncio.create_task(self._tick())
        return self

    async def __aexit__(self, *_: object) -> None:
        """What waits is stored and answered before the connections go."""
        self._server.close()
        self._ticking.cancel()
        if self._storing is not None:
            await self._storing
        for peer in list(self._peers):
            await _hang_up(peer.writer)
        await asyncio.get_running_loop().run_in_executor(self._thread, _let_go)
        await asyncio.to_thread(self._thread.shutdown)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer = _Peer(Session(clock.now()), writer, str(writer.get_extra_info("peername", ("",))[0]))
        if len(self._peers) >= MOST_CONNECTIONS:
            await _hang_up(writer)
            return
        self._peers.add(peer)
        splitter = Splitter()
        try:
            while not peer.session.over and (data := await reader.read(CHUNK)):
                for wire in splitter.feed(data):
                    await self._frame(peer, wire)
                    if peer.session.over:
                        break
                if splitter.skipped > MOST_GARBAGE:
                    break
        except (OSError, TimeoutError):
            pass  # it hung up, or does not read: both are ordinary
        finally:
            self._peers.discard(peer)
            await _hang_up(writer)

    async def _frame(self, peer: _Peer, wire: bytes) -> None:
        heard = peer.session.receive(wire, clock.now())
        replies = heard.replies
        if heard.asked is not None:
            replies = replies + self._answer(peer, heard.asked, await self._ask(peer, heard.asked))
        await self._send(peer, replies)

    async def _ask(self, peer: _Peer, asked: Asked) -> Outcome:
        if len(self._waiting) >= MOST_WAITING:
            return Outcome()
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append((Request(asked, peer.sender, peer.datum), future))
        if self._storing is None or self._storing.done():
            self._storing = asyncio.create_task(self._store_waiting())
        return await future

    def _answer(self, peer: _Peer, asked: Asked, outcome: Outcome) -> list[bytes]:
        if isinstance(asked, Enrol):
            return peer.session.enrolled(asked, outcome.code)
        if isinstance(asked, Prove):
            peer.datum = outcome.datum or peer.datum
            return peer.session.proven(asked, accepted=outcome.datum is not None)
        return peer.session.reported(
            asked, kept=outcome.kept, alarm_taken=outcome.alarm_taken, still_valid=outcome.still_valid
        )

    async def _send(self, peer: _Peer, replies: list[bytes]) -> None:
        if replies:
            peer.writer.write(b"".join(replies))
            async with asyncio.timeout(WRITE_S):
                await peer.writer.drain()

    async def _store_waiting(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            batch, self._waiting = self._waiting, []
            outcomes = await loop.run_in_executor(self._thread, _take, [request for request, _ in batch])
            for (_request, future), outcome in zip(batch, outcomes, strict=True):
                if not future.done():
                    future.set_result(outcome)

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            now = clock.now()
            for peer in list(self._peers):
                replies = peer.session.tick(now)
                if replies:
                    peer.writer.write(b"".join(replies))
                if peer.session.over:
                    peer.writer.close()


async def _hang_up(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()


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
