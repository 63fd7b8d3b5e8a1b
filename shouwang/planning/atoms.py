"""Atoms: the pieces of ground that no grid border cuts. They tile the community.

Blocks between streets and water come first. An estate is one atom, over streets too, unless it is larger than a grid
may be: then, like a block that holds too many, it falls into groups of buildings. A building is never cut.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import shapely

from shouwang.planning.ground import Ground, House
from shouwang.planning.presets import Limits

BLOCK_LINES = ("river", "main", "street")
SLIVER_M2, BARE_M2 = 300.0, 4_000.0  # smaller pieces join a neighbour: any; those where nobody lives
SPACING_M = 4.0  # of points along a building, for the ground nearest to it
PARTS_OF_A_BLOCK = 8  # a block that is to fall apart makes groups of at least this share of the lower bound


@dataclass
class Atom:
    shape: Any
    houses: list[House] = field(default_factory=list)
    estate: str = ""  # which estate, if it is one or part of one
    apart: bool = False  # part of an estate that is larger than a grid: no grid reaches out of it

    @property
    def households(self) -> int:
        return sum(house.households for house in self.houses)


def atoms_of(ground: Ground, limits: Limits) -> list[Atom]:
    """The atoms, every house in one of them."""
    blocks = [Atom(shape) for shape in blocks_of(ground)]
    _move_in(blocks, ground.houses)
    blocks = _joined(blocks, SLIVER_M2, BARE_M2)
    atoms: list[Atom] = []
    for atom in _estates_joined(blocks, limits):
        if atom.households > (limits.upper if atom.estate else limits.upper / 3):
            fewest = 1 if atom.estate else max(limits.lower // PARTS_OF_A_BLOCK, 1)
            atoms += groups_of(atom, ground.buildings, fewest)
        else:
            atoms.append(atom)
    return _round_buildings(atoms, ground.buildings)


def blocks_of(ground: Ground) -> list[Any]:
    """What lies between the streets, the water and the community's own boundary. They tile it."""
    lines = [line.shape for line in ground.lines if line.kind in BLOCK_LINES]
    inside = shapely.intersection(shapely.union_all(lines), ground.boundary) if lines else shapely.LineString()
    noded = shapely.union_all([inside, ground.boundary.boundary])
    found = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    shapely.prepare(ground.boundary)
    return [one for one in found if ground.boundary.contains(one.representative_point())]


def groups_of(atom: Atom, buildings: Sequence[Any], fewest: int) -> list[Atom]:
    """The ground nearest to each building, joined until each piece has so many households at least."""
    near = [building for building in buildings if atom.shape.contains(building.representative_point())]
    if len(near) < 2:
        return [atom]
    points: list[list[float]] = []
    owners: list[int] = []
    for number, building in enumerate(near):
        outline = shapely.segmentize(building.exterior, SPACING_M)
        points += shapely.get_coordinates(outline)[:-1].tolist()
        owners += [number] * (len(points) - len(owners))
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points), extend_to=atom.shape, ordered=True))
    of_building: dict[int, list[Any]] = defaultdict(list)
    for owner, cell in zip(owners, cells, strict=True):
        of_building[owner].append(cell)
    parts: list[Atom] = []
    for own in of_building.values():
        own_ground = shapely.intersection(shapely.union_all(own), atom.shape)
        parts += [Atom(piece, estate=atom.estate, apart=bool(atom.estate)) for piece in polygons(own_ground)]
    _move_in(parts, atom.houses)
    return _grown(_joined(parts, SLIVER_M2 / 10, 0), fewest)


def polygons(geometry: Any) -> list[Any]:
    return [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon" and part.area > 0]


def _move_in(atoms: list[Atom], houses: Iterable[House]) -> None:
    tree = shapely.STRtree([atom.shape for atom in atoms])
    for house in houses:
        atoms[int(tree.nearest(shapely.Point(house.x, house.y)))].houses.append(house)


def _joined(atoms: list[Atom], sliver: float, bare: float) -> list[Atom]:
    """Pieces too small to stand for themselves go to the neighbour they share the longest border with."""
    return _merge(atoms, lambda one: one.shape.area < (sliver if one.households else max(sliver, bare)))


def _grown(atoms: list[Atom], fewest: int) -> list[Atom]:
    return _merge(atoms, lambda one: one.households < fewest)


def _merge(atoms: list[Atom], too_small: Any) -> list[Atom]:
    left = list(atoms)
    alone: set[int] = set()
    while True:
        small = [one for one in left if id(one) not in alone and too_small(one)]
        if not small or len(left) < 2:
            return left
        one = min(small, key=lambda atom: (atom.households, atom.shape.area))
        others = [other for other in left if other is not one and other.shape.distance(one.shape) < 1e-6]
        shared = [(one.shape.intersection(other.shape).length, -other.households, n) for n, other in enumerate(others)]
        if not shared or max(shared)[0] <= 0:
            alone.add(id(one))
            continue
        _take(others[max(shared)[2]], one)
        left = [other for other in left if other is not one]


def _take(atom: Atom, other: Atom) -> None:
    atom.shape = shapely.union_all([atom.shape, other.shape])
    atom.houses += other.houses


def _estates_joined(blocks: list[Atom], limits: Limits) -> list[Atom]:
    """Blocks where most live in one estate become one atom with the others of it that they touch."""
    by_estate: dict[str, list[Atom]] = defaultdict(list)
    rest: list[Atom] = []
    for block in blocks:
        name = main_estate(block)
        (by_estate[name] if name else rest).append(block)
    for name, parts in by_estate.items():
        whole = Atom(shapely.union_all([part.shape for part in parts]), estate=name)
        for piece in polygons(whole.shape):
            inside = [part for part in parts if piece.contains(part.shape.representative_point())]
            houses = [house for part in inside for house in part.houses]
            rest.append(Atom(piece, houses, name))
    return rest


def main_estate(block: Atom) -> str:
    """The estate that most households of a block belong to; "" where that is none."""
    shares: dict[str, int] = defaultdict(int)
    for house in block.houses:
        shares[house.estate] += house.households
    name = max(shares, key=lambda one: shares[one], default="")
    return name if name and 2 * shares[name] > block.households else ""


def _round_buildings(atoms: list[Atom], buildings: Sequence[Any]) -> list[Atom]:
    """Where a border runs through a building it is led round it: the atom that holds most of it gets it whole."""
    tree = shapely.STRtree([atom.shape for atom in atoms])
    for building in buildings:
        touched = [int(n) for n in tree.query(building, predicate="intersects")]
        shares = {n: atoms[n].shape.intersection(building).area for n in touched}
        crossed = [n for n, share in shares.items() if share > 0.5]
        if len(crossed) < 2:
            continue
        owner = max(crossed, key=lambda n: shares[n])
        grown = shapely.union_all([atoms[owner].shape, building.intersection(_whole(atoms, crossed))])
        cut = {n: atoms[n].shape.difference(building) for n in crossed if n != owner}
        if grown.geom_type == "Polygon" and all(one.geom_type == "Polygon" for one in cut.values()):
            atoms[owner].shape = grown
            for n, shape in cut.items():
                atoms[n].shape = shape
    return atoms


def _whole(atoms: list[Atom], numbers: Iterable[int]) -> Any:
    return shapely.union_all([atoms[n].shape for n in numbers])
