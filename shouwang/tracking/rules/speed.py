"""Rule: faster than a patrol drives, in two fixes running; once until it is slow again. Pure."""

from __future__ import annotations

from shouwang.tracking.rules.seen import Noticed, Sighting, Watched

FAST_MPS = 35.0  # 126 km/h
FIXES = 2


def speed(state: int | None, fix: Sighting, watched: Watched) -> tuple[int, list[Noticed]]:
    """`state` counts the fast fixes running."""
    if fix.speed_mps is None:
        return state or 0, []
    fast = (state or 0) + 1 if fix.speed_mps > FAST_MPS else 0
    return fast, [Noticed("speed", fix.at)] if fast == FIXES else []
