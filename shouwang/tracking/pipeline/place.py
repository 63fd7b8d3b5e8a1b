"""Step: in which areas does it lie? All that wait together are placed at once. Pure, given the ground."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from shouwang.tracking.ground import Grounds
from shouwang.tracking.pipeline.passing import Passing


def place(passings: Sequence[Passing], grounds: Grounds) -> Sequence[Passing]:
    """Each with its paths in both layers."""
    if passings:
        lons, lats = [one.lon for one in passings], [one.lat for one in passings]
        points = np.asarray(shapely.points(lons, lats))
        duty, government = grounds.duty.paths_at(points), grounds.government.paths_at(points)
        for one, in_duty, in_government in zip(passings, duty, government, strict=True):
            one.in_duty, one.in_government = in_duty, in_government
    return passings
