"""Who goes first: what somebody pressed a key for, then what pages ask by themselves."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from shouwang.config.front import limits


class Turns:
    """When news comes every desk asks: a few of these questions at a time, and none begins while an answer to somebody
    is on its way. None waits longer than `limits.GIVES_WAY_S` for that: an export must not stop the lists.
    """

    def __init__(self) -> None:
        self._few = asyncio.Semaphore(limits.PASSIVE_AT_ONCE)
        self._pressed = 0
        self._nobody_waits = asyncio.Event()
        self._nobody_waits.set()

    @contextlib.asynccontextmanager
    async def passive(self) -> AsyncIterator[None]:
        async with self._few:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._nobody_waits.wait(), limits.GIVES_WAY_S)
            yield

    @contextlib.asynccontextmanager
    async def pressed(self) -> AsyncIterator[None]:
        self._pressed += 1
        self._nobody_waits.clear()
        try:
            yield
        finally:
            self._pressed -= 1
            if not self._pressed:
                self._nobody_waits.set()
