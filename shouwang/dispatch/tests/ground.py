"""A ground of one long street, with houses along it: how far a crew reaches can be worked out by hand."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from shouwang.core.actor import Actor
from shouwang.places.ground import Ground, GroundAddress, GroundSite, GroundStretch
from shouwang.places.loading import load_ground

LAT, WEST, STEP = 27.690, 111.400, 0.004  # a step of 394 m: 28 s at 50 km/h


def place(step: float) -> tuple[float, float]:
    return WEST + step * STEP, LAT


def street(n_steps: int = 30, homes: int = 10) -> Ground:
    """A house with so many homes at every junction, and a school at the east end."""
    houses = [
        GroundAddress(f"h{n}", "building", f"长街{n}号", f"青石县长街{n}号", *place(n), households=homes)
        for n in range(n_steps + 1)
    ]
    return Ground(
        source="one long street", addresses=houses, sites=[GroundSite("school", "东头小学", *place(n_steps))],
        nodes=[place(n) for n in range(n_steps + 1)],
        stretches=[GroundStretch(n, n + 1, "primary") for n in range(n_steps)],
    )  # fmt: skip


def laid(as_role: Callable[[str], Any], at: dt.datetime, ground: Ground | None = None) -> None:
    with as_role("jobs"):
        load_ground(ground or street(), by=Actor.system(), at=at)
