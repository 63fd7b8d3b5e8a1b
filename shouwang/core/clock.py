"""The only place that asks what time it is. Domain code is told (`at`)."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")  # CAL-11: one zone, no daylight saving
ahead = dt.timedelta()  # only the tests move it, to see the product in a later year


def now() -> dt.datetime:
    """Now, aware, UTC."""
    return dt.datetime.now(dt.UTC) + ahead


def local_date(at: dt.datetime) -> dt.date:
    """The date in Shanghai at that instant."""
    return at.astimezone(SHANGHAI).date()
