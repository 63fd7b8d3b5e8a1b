"""Which crews should stand elsewhere, so that as many homes as can be are in time again: maximal covering, exactly.

Source  Church and ReVelle 1974 (maximal covering location), Gendreau, Laporte and Semet 2006 (relocation)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from shouwang.solvers.covering import Covered
from shouwang.solvers.roads import Floats

A_MINUTE_COSTS = 2  # homes: a move that gains less than that for each minute of driving is left


@dataclass(frozen=True)
class Move:
    """Crew and point by their position in the tables; seconds to get there."""

    crew: int
    point: int
    seconds: float


@dataclass(frozen=True)
class Moves:
    """`after` is what is covered with them; `best` whether nothing better exists."""

    moves: tuple[Move, ...]
    after: Covered
    best: bool


def best_moves(
    staying: Covered, there: Covered, homes: Floats, seconds: Floats, *, most: int = 2, within_s: float = 900.0,
    limit_s: float = 5.0,
) -> Moves:  # fmt: skip
    """The moves that bring most homes back into time.

    staying  (crews, places) covered from where each stands     there    (points, places) covered from each point
    homes    (places,)                                          seconds  (crews, points) driving time
    most     moves at once      within_s  no crew drives longer than that      limit_s  the search takes no longer
    """
    model = cp_model.CpModel()
    moves = {
        (k, c): model.new_bool_var("") for k, c in zip(*np.nonzero(seconds <= within_s), strict=True)
    }  # fmt: skip
    going = {k: [var for (crew, _point), var in moves.items() if crew == k] for k in range(len(staying))}
    stays = {k: model.new_bool_var("") for k in going}
    for k, ways in going.items():
        model.add(sum(ways) + stays[k] == 1)
    model.add(sum(moves.values()) <= most)
    for point in range(len(there)):
        model.add_at_most_one(var for (_crew, c), var in moves.items() if c == point)
    gains = []
    for weight, by_crew, by_point in _alike(staying, there, homes):
        covered = model.new_bool_var("")
        helps = [stays[k] for k in by_crew] + [var for (_crew, c), var in moves.items() if c in by_point]
        model.add_bool_or([*helps, covered.negated()])
        gains.append(weight * covered)
    drives = [round(A_MINUTE_COSTS * float(seconds[k, c]) / 60) * var for (k, c), var in moves.items()]
    model.maximize(sum(gains) - sum(drives))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers = limit_s, 1
    status = solver.solve(model)
    chosen = [
        (k, c) for (k, c), var in moves.items() if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) and solver.value(var)
    ]
    left = [k for k in range(len(staying)) if k not in {crew for crew, _point in chosen}]
    after = np.logical_or(staying[left].any(axis=0), there[[c for _k, c in chosen]].any(axis=0))
    found = tuple(Move(int(k), int(c), float(seconds[k, c])) for k, c in chosen)
    return Moves(found, np.asarray(after, bool), status == cp_model.OPTIMAL)


def _alike(staying: Covered, there: Covered, homes: Floats) -> list[tuple[int, list[int], set[int]]]:
    """(homes, crews, points) once for all places that the same crews and points cover; nobody's places not at all."""
    columns, which = np.unique(np.concatenate([staying, there]), axis=1, return_inverse=True)
    weights = np.bincount(which.ravel(), homes, columns.shape[1])
    found = []
    for column, weight in zip(columns.T, weights, strict=True):
        if weight > 0 and column.any():
            ones = np.flatnonzero(column)
            crews = ones[ones < len(staying)].tolist()
            found.append((round(float(weight)), crews, set((ones[ones >= len(staying)] - len(staying)).tolist())))
    return found
