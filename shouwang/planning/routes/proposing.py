"""The shortest way, and others drawn near it; each with what it costs more and how well it can be foreseen. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from shouwang.solvers.patrol_route import Beat, Route, foreseen, shortest, unforeseen
from shouwang.solvers.roads import Floats, RoadGraph, seconds_to
from shouwang.solvers.walking import DETOUR, Point, between, straight

DRAWN = 3
NIGHTS = 30  # that an observer has seen, and as many on which he guesses
MPS = {"foot": 1.25, "bicycle": 4.2, "car": 6.0}  # Source  Bohannon and Andrews 2011; bicycle and car: on patrol
SHORTEST, CHANCE, HAND = "shortest", "drawn", "hand"


@dataclass(frozen=True)
class Found:
    """A way. `foreseen`: share of nights on which the most foreseeable place is guessed to ten minutes."""

    kind: str
    route: Route
    foreseen: float


def ways_between(graph: RoadGraph | None, points: Sequence[Point], mode: str) -> Floats:
    """(n, n) seconds from point to point: only a car minds one-way streets."""
    if mode != "car" or graph is None:
        return between(graph, points) / MPS[mode]
    found = np.stack([seconds_to(graph, goal, points) for goal in points], axis=1)
    return np.asarray(np.where(np.isfinite(found), found, straight(points, points) * DETOUR / MPS[mode]))


def propose(beat: Beat, seed: int) -> list[Found]:
    best = shortest(beat)
    if not best.visits:
        return [Found(SHORTEST, best, 1.0)]
    seen = [unforeseen(beat, best, seed=seed + 1000 + night) for night in range(2 * NIGHTS)]
    share = max(foreseen(seen[:NIGHTS], seen[NIGHTS:]).values())
    drawn = [Found(CHANCE, unforeseen(beat, best, seed=seed + n), share) for n in range(DRAWN)]
    return [*drawn, Found(SHORTEST, best, 1.0)]
