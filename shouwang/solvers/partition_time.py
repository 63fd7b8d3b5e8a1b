"""How long a division may be looked for: so much work of this process, however long others hold the processor.

The clock has a say too, so that an answer comes in the end: PATIENCE times as long as the work.
"""

from __future__ import annotations

from time import monotonic, process_time

PATIENCE = 4.0


class Budget:
    """So many seconds of work, in so many seconds by the clock, from now on."""

    def __init__(self, work: float, clock: float | None = None) -> None:
        self._work_ends = process_time() + work
        self._clock_ends = monotonic() + (work * PATIENCE if clock is None else clock)

    @property
    def work_left(self) -> float:
        return max(self._work_ends - process_time(), 0.0)

    @property
    def clock_left(self) -> float:
        return max(self._clock_ends - monotonic(), 0.0)

    @property
    def over(self) -> bool:
        return self.work_left == 0.0 or self.clock_left == 0.0

    def part(self, share: float) -> Budget:
        """A share of what is left of both."""
        return Budget(self.work_left * share, self.clock_left * share)


ENDLESS = Budget(float("inf"))
