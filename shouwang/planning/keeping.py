"""A community's atoms as a plan keeps them: shapes in degrees, counts, words for who lives there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import shapely

from shouwang.planning.atoms import Atom
from shouwang.planning.ground import Flat, Ground, House
from shouwang.planning.neighbours import neighbours

_NUMBER = re.compile(r"\d+")


def kept(atoms: Sequence[Atom], ground: Ground, flat: Flat) -> dict[str, Any]:
    """JSON: `atoms`, `edges`, `costs`."""
    edges, costs = neighbours(atoms, ground)
    calls, premises = _counted(atoms, ground.calls), _counted(atoms, ground.premises)
    rentals = _counted(atoms, [(x, y) for x, y, dwellings in ground.rentals for _ in range(dwellings)])
    pieces = [
        {
            "shape": flat.degrees(atom.shape), "households": atom.households, "calls": calls[n],
            "premises": premises[n], "rentals": rentals[n], "estate": bool(atom.estate),
            "labels": labels_of(atom.houses), "today": _today(atom, ground),
        }
        for n, atom in enumerate(atoms)
    ]  # fmt: skip
    return {"atoms": pieces, "edges": [list(edge) for edge in edges], "costs": costs}


def labels_of(houses: Sequence[House]) -> list[str]:
    """桥西路1号–23号, 桥西里1幢–4幢: first and last of each street or estate, with households or without."""
    by_street: dict[str, list[str]] = defaultdict(list)
    for house in houses:
        by_street[house.street].append(house.name.removeprefix(house.street))
    found = []
    for street, names in by_street.items():
        names.sort(key=lambda name: (int((_NUMBER.search(name) or [0])[0]), name))
        found.append(f"{street}{names[0]}" + (f"–{names[-1]}" if len(names) > 1 else ""))
    return sorted(found)


def _counted(atoms: Sequence[Atom], points: Sequence[tuple[float, float]]) -> list[int]:
    counts = [0] * len(atoms)
    tree = shapely.STRtree([atom.shape for atom in atoms])
    for x, y in points:
        counts[int(tree.nearest(shapely.Point(x, y)))] += 1
    return counts


def _today(atom: Atom, ground: Ground) -> str:
    """The grid of today that holds most of it."""
    shares = {code: shape.intersection(atom.shape).area for code, shape in ground.today.items()}
    return max(shares, key=lambda code: shares[code]) if any(shares.values()) else ""
