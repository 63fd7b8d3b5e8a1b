"""What a division means: the work in each grid, how evenly it is spread, which grid goes on, and who changes grid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np
import shapely
from scipy.optimize import linear_sum_assignment
from shapely.geometry import shape

from shouwang.planning.ground import DIGITS, as_lists
from shouwang.planning.presets import Limits
from shouwang.solvers.partition import Graph, make_graph
from shouwang.solvers.partition_graph import connected, cost_of

Piece = dict[str, Any]  # an atom as it is kept: shape, households, calls, premises, rentals, estate, labels, today
MEASURES = ("households", "rentals", "premises", "calls")
HOLE_DEGREES2 = 1e-10  # about a square metre
SHOWN_LABELS = 6


@dataclass(frozen=True)
class GridFigures:
    """One grid to be: the code of the grid of today that goes on in it ("": a new one), and its work."""

    code: str
    households: int
    rentals: int
    premises: int
    calls: int


@dataclass(frozen=True)
class Figures:
    """`spread`: the largest against the middle one, for each measure; absent where the middle is nothing."""

    grids: list[GridFigures]
    spread: dict[str, float]
    cost: int
    moved: int  # households that come to another grid
    faults: list[tuple[str, int]]  # (what, which grid): in_pieces, too_few, too_many; number_of_grids

    @property
    def whole(self) -> bool:
        return all(what not in ("in_pieces", "empty") for what, _ in self.faults)


@dataclass(frozen=True)
class Change:
    """Addresses that come from one grid to another."""

    was: str
    becomes: int
    households: int
    labels: list[str]


def figures_of(pieces: Sequence[Piece], graph: Graph, assignment: Sequence[int], limits: Limits) -> Figures:
    """Everything a page says of one alternative, and what is wrong with it."""
    number = max(assignment) + 1
    codes = going_on(pieces, assignment)
    sums = {measure: [0] * number for measure in MEASURES}
    for piece, where in zip(pieces, assignment, strict=True):
        for measure in MEASURES:
            sums[measure][where] += piece.get(measure, 0)
    grids = [GridFigures(codes[n], *(sums[measure][n] for measure in MEASURES)) for n in range(number)]
    middles = {measure: median(sums[measure]) for measure in MEASURES}
    moved = sum(
        piece["households"]
        for piece, where in zip(pieces, assignment, strict=True)
        if piece["today"] and piece["today"] != codes[where]
    )
    spread = {measure: round(max(sums[measure]) / middle, 2) for measure, middle in middles.items() if middle}
    return Figures(grids, spread, cost_of(graph, assignment), moved, _faults(graph, assignment, limits, sums))


def _faults(
    graph: Graph, assignment: Sequence[int], limits: Limits, sums: dict[str, list[int]]
) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for grid, households in enumerate(sums["households"]):
        parts = connected(graph, [unit for unit, where in enumerate(assignment) if where == grid])
        if len(parts) != 1:
            found.append(("in_pieces" if parts else "empty", grid))
        if households < limits.lower:
            found.append(("too_few", grid))
        if households > limits.upper:
            found.append(("too_many", grid))
    if not limits.fewest <= len(sums["households"]) <= limits.most:
        found.append(("number_of_grids", len(sums["households"])))
    return found


def going_on(pieces: Sequence[Piece], assignment: Sequence[int]) -> list[str]:
    """For each grid to be the code of the grid of today that most of its households come from, each code once."""
    codes = sorted({piece["today"] for piece in pieces if piece["today"]})
    number = max(assignment) + 1
    shared = np.zeros((number, len(codes)))
    for piece, where in zip(pieces, assignment, strict=True):
        if piece["today"]:
            shared[where, codes.index(piece["today"])] += piece["households"]
    found = [""] * number
    for grid, code in zip(*linear_sum_assignment(shared, maximize=True), strict=True):
        if shared[grid, code] > 0:
            found[int(grid)] = codes[int(code)]
    return found


def changes_of(pieces: Sequence[Piece], assignment: Sequence[int]) -> list[Change]:
    """Who changes grid, by where they come from and where they go."""
    codes = going_on(pieces, assignment)
    counts: Counter[tuple[str, int]] = Counter()
    labels: dict[tuple[str, int], list[str]] = {}
    for piece, where in zip(pieces, assignment, strict=True):
        if piece["today"] and piece["today"] != codes[where] and piece["households"]:
            key = piece["today"], where
            counts[key] += piece["households"]
            labels.setdefault(key, []).extend(piece["labels"])
    return [Change(was, becomes, n, labels[was, becomes]) for (was, becomes), n in counts.most_common()]


def graph_of(kept: dict[str, Any]) -> Graph:
    """The graph of a plan's ground as it is kept."""
    return make_graph([piece["households"] for piece in kept["atoms"]], kept["edges"], kept["costs"])


def border_of(pieces: Sequence[Piece]) -> dict[str, Any]:
    """The ground of some atoms as one boundary."""
    whole = shapely.union_all([shape(piece["shape"]) for piece in pieces], grid_size=10.0**-DIGITS)
    parts = [_without_pinholes(part) for part in shapely.get_parts(whole) if part.area > HOLE_DEGREES2]
    return as_lists(shapely.geometry.mapping(parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)))


def _without_pinholes(part: Any) -> Any:
    holes = [ring for ring in part.interiors if shapely.Polygon(ring).area > HOLE_DEGREES2]
    return shapely.Polygon(part.exterior, holes)
