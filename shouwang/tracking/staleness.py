"""How old a position may be (U7): fresh, fading, or hollow: then it is in no suggestion and counts no unit as free."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum


class Staleness(StrEnum):
    FRESH = "fresh"
    FADING = "fading"
    HOLLOW = "hollow"


def staleness(at: dt.datetime | None, now: dt.datetime, every_s: float) -> Staleness:
    """From the age of the newest fix and how often the unit reports; a unit never heard of is hollow."""
    if at is None:
        return Staleness.HOLLOW
    age_s = (now - at).total_seconds()
    if age_s > max(120.0, 4 * every_s):
        return Staleness.HOLLOW
    return Staleness.FADING if age_s > max(30.0, 2 * every_s) else Staleness.FRESH
