"""One answer for all who ask the same at the same moment, as all desks of an office do when something happens."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from typing import Any, ClassVar, Generic, TypeVar
from weakref import WeakSet

Answer = TypeVar("Answer")
MOST_KEYS = 200
ASKED = "X-Shouwang-Asked"  # the front writes into it when a request came: seconds of the machine's monotonic clock


class Together(Generic[Answer]):
    """Nobody is given an answer that was begun before he asked: nothing is ever older than without it.

    What is shared must not be changed by those who get it.
    """

    _all: ClassVar[WeakSet[Together[Any]]] = WeakSet()

    def __init__(self) -> None:
        self._turns: dict[Hashable, threading.Lock] = {}
        self._made: dict[Hashable, tuple[float, Answer]] = {}
        self._all.add(self)

    @classmethod
    def forget(cls) -> None:
        """Every answer that was made: what they were made from is not there any more (a test was rolled back)."""
        for one in cls._all:
            one._made.clear()

    def ask(self, key: Hashable, make: Callable[[], Answer], asked: float | None = None) -> Answer:
        """`make()`, or what somebody else made of the same key while this one waited for his turn.

        asked  when he asked, on the machine's monotonic clock, where he has waited elsewhere before
        """
        asked = time.monotonic() if asked is None else asked
        if len(self._turns) > MOST_KEYS:
            self._turns, self._made = {}, {}
        with self._turns.setdefault(key, threading.Lock()):
            found = self._made.get(key)
            if found is None or found[0] < asked:
                began = time.monotonic()
                self._made[key] = found = (began, make())
        return found[1]
