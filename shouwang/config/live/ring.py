"""The newest events, numbered, so that a browser that was away for a moment misses nothing."""

from __future__ import annotations

import secrets
from collections import deque
from dataclasses import dataclass

from shouwang.config.live.bus import News

KEPT = 5_000
FRESH_S = 15.0  # a new page was drawn at most so long ago; what has happened since is sent to it again


@dataclass(frozen=True)
class Kept:
    number: int
    at_s: float  # of the monotonic clock
    news: News


class Ring:
    """Numbers grow by one. `life` tells this process's numbers from those of the one before it."""

    def __init__(self) -> None:
        self.life = secrets.token_hex(4)
        self.last = 0
        self._kept: deque[Kept] = deque(maxlen=KEPT)

    def add(self, news: News, at_s: float) -> Kept:
        self.last += 1
        kept = Kept(self.last, at_s, news)
        self._kept.append(kept)
        return kept

    def break_off(self) -> None:
        """News may have been missed (the connection was lost): no older cursor can be resumed."""
        self.life = secrets.token_hex(4)
        self._kept.clear()

    def cursor(self, number: int) -> str:
        return f"{self.life}.{number}"

    def since(self, cursor: str) -> list[Kept] | None:
        """What came after; None when that is no longer known and the page must be drawn anew."""
        life, _, number = cursor.partition(".")
        if life != self.life or not number.isascii() or not number.isdigit() or int(number) > self.last:
            return None
        after = int(number)
        if self._kept and self._kept[0].number > after + 1:
            return None
        return [kept for kept in self._kept if kept.number > after]

    def newest(self, now_s: float) -> list[Kept]:
        """What a page just drawn may have missed between its drawing and this stream."""
        return [kept for kept in self._kept if kept.at_s >= now_s - FRESH_S]
