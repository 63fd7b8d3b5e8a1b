"""When residents may be written to (MSG-04): not between 21:00 and 08:00, except where life is in danger."""

from __future__ import annotations

import datetime as dt

from shouwang.core.clock import SHANGHAI

QUIET_FROM, QUIET_UNTIL = dt.time(21), dt.time(8)


def is_quiet(at: dt.datetime) -> bool:
    local = at.astimezone(SHANGHAI).time()
    return local >= QUIET_FROM or local < QUIET_UNTIL


def first_allowed(at: dt.datetime) -> dt.datetime:
    """`at`, or the end of the quiet hours it falls into."""
    if not is_quiet(at):
        return at
    local = at.astimezone(SHANGHAI)
    day = local.date() + dt.timedelta(days=1 if local.time() >= QUIET_FROM else 0)
    return dt.datetime.combine(day, QUIET_UNTIL, SHANGHAI).astimezone(dt.UTC)
