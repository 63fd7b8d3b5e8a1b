"""Rule: a unit on shift that reported has become silent (U7: its marker is hollow now). Pure; asked by a clock."""

from __future__ import annotations

import datetime as dt

from shouwang.tracking.staleness import Staleness, staleness


def fell_silent(last_at: dt.datetime, every_s: float, *, since: dt.datetime, at: dt.datetime) -> bool:
    """Whether it was heard at `since` and is not at `at`: so a job that looks each minute tells it once."""
    hollow = Staleness.HOLLOW
    return staleness(last_at, at, every_s) == hollow and staleness(last_at, since, every_s) != hollow
