"""Messages that come in parts: kept until whole, with limits, and what is missing is asked for again. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from shouwang.connections.jt808.frames import Frame

MOST_PARTS = 128
MOST_OPEN = 4
ASK_AFTER = dt.timedelta(seconds=5)
FORGET_AFTER = dt.timedelta(seconds=60)


@dataclass
class _Open:
    first_serial: int
    total: int
    touched: dt.datetime
    parts: dict[int, bytes] = field(default_factory=dict)
    asked: bool = False


class Assembly:
    """The parts of one terminal. Memory is bounded: a few messages at a time, each with a number of parts."""

    def __init__(self) -> None:
        self._open: dict[tuple[int, int], _Open] = {}

    def add(self, frame: Frame, at: dt.datetime) -> Frame | None:
        """The whole message once its last part is here; None until then, and for one that has too many parts."""
        if frame.total == 1:
            return frame
        if frame.total > MOST_PARTS:
            return None
        key = (frame.msg_id, (frame.serial - frame.index + 1) & 0xFFFF)
        one = self._open.get(key)
        if one is None or one.total != frame.total:
            one = self._open[key] = _Open(key[1], frame.total, at)
            self._make_room()
        one.parts[frame.index] = frame.body
        one.touched = at
        if len(one.parts) < one.total:
            return None
        del self._open[key]
        body = b"".join(one.parts[n] for n in range(1, one.total + 1))
        return replace(frame, body=body, total=1, index=1)

    def due(self, at: dt.datetime) -> list[tuple[int, list[int]]]:
        """What to ask for again: serial of the first part, and the missing ones. Old ones are forgotten."""
        for key in [key for key, one in self._open.items() if at - one.touched > FORGET_AFTER]:
            del self._open[key]
        wanted = []
        for one in self._open.values():
            if not one.asked and at - one.touched >= ASK_AFTER:
                one.asked = True
                wanted.append((one.first_serial, [n for n in range(1, one.total + 1) if n not in one.parts]))
        return wanted

    def _make_room(self) -> None:
        while len(self._open) > MOST_OPEN:
            del self._open[min(self._open, key=lambda key: self._open[key].touched)]
