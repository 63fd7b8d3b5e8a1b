"""Rule: the battery is nearly empty; once until it was charged. Pure."""

from __future__ import annotations

from shouwang.tracking.rules.seen import Noticed, Sighting, Watched

LOW, CHARGED = 0.15, 0.3


def battery(state: bool | None, fix: Sighting, watched: Watched) -> tuple[bool, list[Noticed]]:
    """`state`: it was told."""
    told = bool(state)
    if fix.battery_share is None:
        return told, []
    if told:
        return fix.battery_share < CHARGED, []
    low = fix.battery_share <= LOW
    return low, [Noticed("battery", fix.at)] if low else []
