"""The one connection that listens. When it is lost, everybody is told to draw anew once it is back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any

import psycopg
from django.db import connection

from shouwang.journal.record import live_channel

log = logging.getLogger("shouwang.live")
PAUSES_S = (0.2, 0.5, 1.0, 2.0, 5.0)


async def listen(listening_now: asyncio.Event) -> AsyncIterator[str | None]:
    """Payloads as they are committed; None after each time that some may have been missed.

    listening_now  set for as long as the connection stands
    """
    failed = 0
    first = True
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(**_parameters(), autocommit=True) as listening:
                await listening.execute(f'LISTEN "{live_channel()}"')
                failed = 0
                listening_now.set()
                if not first:
                    yield None
                first = False
                async for notification in listening.notifies():
                    yield notification.payload
        except (psycopg.OperationalError, OSError):
            log.warning("live: the database is away; trying again")
        listening_now.clear()
        await asyncio.sleep(PAUSES_S[min(failed, len(PAUSES_S) - 1)])
        failed += 1


def _parameters() -> dict[str, Any]:
    """As this process connects everywhere else, with probes that notice a dead server."""
    given = connection.settings_dict
    return {
        "host": given["HOST"], "port": given["PORT"], "dbname": given["NAME"], "user": given["USER"],
        "password": given["PASSWORD"], "options": given["OPTIONS"].get("options", ""), "connect_timeout": 10,
        "keepalives_idle": 10, "keepalives_interval": 3, "keepalives_count": 3,
    }  # fmt: skip
