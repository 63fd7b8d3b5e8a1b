"""How much one sender may send: a bucket per token, and one per address for tokens that nobody has."""

from __future__ import annotations

import datetime as dt
import threading

from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem

MOST_BUCKETS = 10_000


class TooMany(Problem):
    code, status = "ingest.too_many", 429
    says = _("Too many messages. One position a second is plenty; try again in {seconds} s.")


class Buckets:
    """`size` tokens each, refilled with `per_s`; in this process only, which is enough against a broken app."""

    def __init__(self, *, size: float, per_s: float) -> None:
        self.size, self.per_s = size, per_s
        self._left: dict[str, tuple[float, dt.datetime]] = {}
        self._lock = threading.Lock()

    def take(self, key: str, at: dt.datetime) -> None:
        """Raises TooMany"""
        with self._lock:
            left = self._level(key, at)
            if left < 1:
                raise TooMany(seconds=max(1, round((1 - left) / self.per_s)))
            if len(self._left) >= MOST_BUCKETS:
                self._left.clear()
            self._left[key] = (left - 1, at)

    def is_empty(self, key: str, at: dt.datetime) -> bool:
        """Whether `take` would raise: where only failures are counted, asked before the attempt."""
        with self._lock:
            return self._level(key, at) < 1

    def _level(self, key: str, at: dt.datetime) -> float:
        left, since = self._left.get(key, (self.size, at))
        return min(self.size, left + max((at - since).total_seconds(), 0.0) * self.per_s)

    def clear(self) -> None:
        self._left.clear()


READINGS = Buckets(size=60, per_s=5)
STRANGERS = Buckets(size=30, per_s=0.5)
