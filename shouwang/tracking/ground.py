"""Areas in memory, ready to be asked for many positions at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

Box = tuple[float, float, float, float]  # west, south, east, north
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class GroundArea:
    """An area of one layer. `path` names it and all around it; `shape` is in degrees."""

    path: str
    shape: shapely.Geometry


class Ground:
    """The areas of one layer, ready to be asked: prepared shapes in a tree of boxes, the smallest area last."""

    def __init__(self, areas: Sequence[GroundArea]) -> None:
        ordered = sorted(areas, key=lambda area: area.path.count("/"))
        shapes = [area.shape for area in ordered]
        shapely.prepare(shapes)
        self._paths = ["", *(area.path for area in ordered)]
        self._tree = shapely.STRtree(shapes)

    def paths_at(self, points: npt.NDArray[np.object_]) -> list[str]:
        """The path of the smallest area around each point (shapely points); "" outside all."""
        which, area = self._tree.query(points, predicate="intersects")
        smallest: Ints = np.zeros(len(points), np.int64)
        np.maximum.at(smallest, which, area + 1)
        return [self._paths[n] for n in smallest.tolist()]


@dataclass(frozen=True)
class Grounds:
    """The two layers that carry responsibility."""

    duty: Ground
    government: Ground
