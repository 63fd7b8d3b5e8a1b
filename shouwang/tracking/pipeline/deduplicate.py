"""Step: the same report again (the network lost our answer) is accepted and not stored twice. Pure.

The newest is compared here; any other is caught by the constraint (unit, at) when it is stored.
"""

from __future__ import annotations

from shouwang.tracking.pipeline.passing import Passing


def is_repeated(passing: Passing) -> bool:
    last = passing.known.last
    return last is not None and last.at == passing.time
