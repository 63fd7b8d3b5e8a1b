"""What a unit's fixes tell, in order; read this list and you know it. Each rule is a pure function of (state, fix).

    rule(state, fix, watched) → (state, what was noticed)

`state` is the rule's own and None at the beginning of a shift; a rule that has just begun notices nothing it did not
see change. Only live fixes come here: a late one never raises anything (DEV-03).

stop          stood in one place for ten minutes
no_movement   … for forty: is the crew well?
point         came to a point of its patrol
fence         entered or left a fence, or crossed it between two fixes
speed         faster than a patrol drives, twice running
battery       nearly empty
silent        nothing came: asked by a clock, not by a fix (`silent.py`)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shouwang.tracking.rules import battery, fence, point, speed, standing
from shouwang.tracking.rules.seen import NOTHING_WATCHED, Fence, Noticed, Point, Rule, Sighting, Watched

RULES: dict[str, Rule] = {
    "stop": standing.stop,
    "no_movement": standing.no_movement,
    "point": point.point,
    "fence": fence.fence,
    "speed": speed.speed,
    "battery": battery.battery,
}
States = Mapping[str, Any]


def judge(states: States, fix: Sighting, watched: Watched = NOTHING_WATCHED) -> tuple[dict[str, Any], list[Noticed]]:
    """All rules in turn: their states now, and what they noticed."""
    found: dict[str, Any] = {}
    noticed: list[Noticed] = []
    for name, rule in RULES.items():
        found[name], some = rule(states.get(name), fix, watched)
        noticed += some
    return found, noticed


__all__ = ["NOTHING_WATCHED", "RULES", "Fence", "Noticed", "Point", "Sighting", "Watched", "judge"]
