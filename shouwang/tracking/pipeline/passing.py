"""What goes through the pipeline: one reading, and what is known about the unit it belongs to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from shouwang.tracking.ground import Box
from shouwang.tracking.reading import Reading


@dataclass(slots=True)  # not frozen: it is made for every fix, and a frozen one costs three times as much
class Seen:
    """A place and time already accepted."""

    at: dt.datetime
    lon: float
    lat: float


@dataclass(slots=True)  # not frozen: it is made for every fix, and a frozen one costs three times as much
class Known:
    """The unit behind a token, its shift if it is on one, and where it was last.

    `doubted` is a reading too far away to be believed; when the next one agrees with it, it was true after all.
    """

    unit: UUID
    duty_path: str = ""
    government_path: str = ""
    shift: UUID | None = None
    shift_start: dt.datetime | None = None
    last: Seen | None = None
    doubted: Seen | None = None

    def after(self, seen: Seen, *, believed: bool) -> Known:
        """What is known once that was accepted."""
        last, doubted = (seen, None) if believed else (self.last, seen)
        return Known(self.unit, self.duty_path, self.government_path, self.shift, self.shift_start, last, doubted)


@dataclass(slots=True)
class Passing:
    """One reading on its way; each step fills in what it found, and changes nothing else.

    `live` is whether it may move the marker; a late one is kept and moves nothing.
    """

    reading: Reading
    known: Known
    source: str
    received_at: dt.datetime
    box: Box | None = None
    lon: float = 0.0
    lat: float = 0.0
    at: dt.datetime | None = None
    live: bool = True
    in_duty: str = ""  # the smallest area it lies in, in each layer, as a path
    in_government: str = ""

    @property
    def seen(self) -> Seen:
        return Seen(self.time, self.lon, self.lat)

    @property
    def time(self) -> dt.datetime:
        return self.at or self.received_at
