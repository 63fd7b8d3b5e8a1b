"""Which atoms touch, and what a border between them costs: little along water and main roads, much through a block."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import shapely

from shouwang.planning.atoms import Atom
from shouwang.planning.ground import Ground, Line

PER_10_M = {"river": 0, "main": 1, "street": 3, "lane": 6, "": 8}  # cost of ten metres of border
ALONG_M = 3.0  # a border nearer to a line than this runs along it
TOUCH_M = 2.0  # shared border under which two do not count as neighbours
SAMPLES = 9

Edges = list[tuple[int, int]]


def neighbours(atoms: Sequence[Atom], ground: Ground) -> tuple[Edges, list[int]]:
    """Pairs of atoms and the cost of a border between them. Over water only where a road leads across."""
    shapes = [atom.shape for atom in atoms]
    lines = [line for line in ground.lines if line.kind in PER_10_M]
    tree = shapely.STRtree([line.shape for line in lines]) if lines else None
    edges: Edges = []
    costs: list[int] = []
    wet: list[tuple[int, int]] = []
    for a, b in sorted(map(tuple, shapely.STRtree(shapes).query(shapes, predicate="intersects").T.tolist())):
        if a >= b or ((atoms[a].apart or atoms[b].apart) and atoms[a].estate != atoms[b].estate):
            continue
        shared = shapely.line_merge(_lines_of(shapes[a].intersection(shapes[b])))
        if shared.length < TOUCH_M:
            continue
        kinds = [_kind_at(point, lines, tree) for point in _samples(shared)]
        if kinds.count("river") * 2 > len(kinds) and not _bridge(shared, lines, tree):
            wet.append((a, b))
            continue
        edges.append((a, b))
        costs.append(max(1, round(shared.length / 10 * sum(PER_10_M[kind] for kind in kinds) / len(kinds))))
    over = _needed(len(atoms), edges, wet, atoms)
    return edges + over, costs + [1] * len(over)


def _needed(n: int, edges: Edges, wet: Edges, atoms: Sequence[Atom]) -> Edges:
    """Of the pairs with water and no bridge between, those without which a piece would hang alone."""
    group = list(range(n))

    def top(unit: int) -> int:
        while group[unit] != unit:
            group[unit] = group[group[unit]]
            unit = group[unit]
        return unit

    for a, b in edges:
        group[top(a)] = top(b)
    kept = []
    for a, b in wet:
        if top(a) != top(b):
            group[top(a)] = top(b)
            kept.append((a, b))
    return kept


def _samples(line: Any) -> list[Any]:
    return [line.interpolate((n + 0.5) / SAMPLES, normalized=True) for n in range(SAMPLES)] if (
        line.geom_type == "LineString"
    ) else [part.interpolate(0.5, normalized=True) for part in shapely.get_parts(line)]  # fmt: skip


def _lines_of(shared: Any) -> Any:
    parts = [part for part in shapely.get_parts(shared) if part.geom_type == "LineString"]
    for part in shapely.get_parts(shared):
        if part.geom_type == "MultiLineString":
            parts += list(part.geoms)
    return shapely.MultiLineString(parts)


def _kind_at(point: Any, lines: Sequence[Line], tree: Any) -> str:
    """The strongest line a border runs along at a point."""
    if tree is None:
        return ""
    near = {lines[n].kind for n in tree.query(point, predicate="dwithin", distance=ALONG_M).tolist()}
    return next((kind for kind in PER_10_M if kind in near), "")


def _bridge(shared: Any, lines: Sequence[Line], tree: Any) -> bool:
    """Whether a road crosses a border that runs in water."""
    return any(
        lines[n].kind != "river" and shared.crosses(lines[n].shape)
        for n in tree.query(shared, predicate="intersects").tolist()
    )
