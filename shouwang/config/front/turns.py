"""Who goes first: what somebody pressed a key for, then what pages ask by themselves."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from shouwang.config.front import limits


class Turns:
    """When news comes every desk asks: a few of these questions at a time, and none begins while an answer to somebody
    is on its way. What has waited `limits.GIVES_WAY_S`, for its turn too, gives way no more: neither an export nor a
    busy hour must stop the lists.
    """

    def __init__(self) -> None:
        self._few = asyncio.Semaphore(limits.PASSIVE_AT_ONCE)
        self._pressed = 0
        self._nobody_waits = asyncio.Event()
        self._nobody_waits.set()

    @contextlib.asynccontextmanager
    async def passive(self) -> AsyncIterator[None]:
        until = asyncio.get_running_loop().time() + limits.GIVES_WAY_S
        async with self._few:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout_at(until):
                    await self._nobody_waits.wait()
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
