"""What stands in the blocks between the streets: old houses with door numbers, estates, and what a community needs."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import shapely

from shouwang.demo.names import Names
from shouwang.demo.town.plan import District, Key, Plan, Xy
from shouwang.demo.town.streets import HALF_WIDTH_M, MAIN, Edge, Street

PLOT_M, DEPTH_M = 14.6, 11.0
UNIT_M, SLAB_DEPTH_M, FLOORS = 18.0, 12.0, 5
HOMES_A_UNIT, HOMES_A_TOWER_UNIT = 2 * FLOORS, 4 * 16
ROW_M, GAP_M = 34.0, 12.0
YARD_M = 26.0  # how far behind the street a yard begins
AMENITIES = {
    "school": "小学", "park": "公园", "market": "市场", "clinic": "卫生站", "office": "办公楼", "works": "厂",
    "kindergarten": "幼儿园", "care_home": "敬老院",
}  # fmt: skip
WITH_HALLS = frozenset(AMENITIES) - {"park"} | {"hospital", "police"}

Box = tuple[float, float, float, float]

# The cast's named blocks by (column of districts, line in it, band): what stands there and its name.
KNOWN: dict[tuple[int, int, int], tuple[str, str]] = {
    (-1, 3, 3): ("old", ""), (-1, 3, 0): ("estate", "桥西里"), (-1, 2, 0): ("estate", "桥西里"),
    (-1, 0, 0): ("estate", "南塘新村"), (-1, 1, 0): ("estate", "南塘小区"), (0, 4, 2): ("school", "河埠小学"),
    **{(0, 3, j): ("old", "") for j in (0, 1, 2, 3, 4, 5, 7)}, (-1, 2, 3): ("old", ""), (-1, 0, 3): ("old", ""),
    (-1, 1, 6): ("estate", "书院小区"), (-1, 2, 6): ("estate", "文庙小区"), (-1, 3, 4): ("police", "青石桥派出所"),
    (-1, 2, 4): ("school", "青石一小"), (0, 0, 3): ("plaza", "河埠广场"), (0, 2, 3): ("market", "东门市场"),
    (0, 0, 4): ("hospital", "县二院"), (0, 1, 7): ("park", "莲池公园"), (0, 3, 6): ("estate", "东门小区"),
    (0, 1, 5): ("estate", "河埠花园"), (0, 4, 4): ("estate", "文昌苑"),
}  # fmt: skip


@dataclass
class House:
    """A building in plan metres. `side` is the street edge its door opens to, `along` the place on it."""

    box: Box
    households: int = 0
    name: str = ""
    units: int = 0
    edge: Edge | None = None
    along: float = 0.0


@dataclass
class Block:
    """What a cell is used for: kind, name, the usable rectangle, its buildings."""

    cell: Key
    kind: str
    name: str
    box: Box
    houses: list[House] = field(default_factory=list)
    gate: Edge | None = None


def fill(plan: Plan, one: District, streets: dict[Edge, Street], names: Names, used: dict[str, int]) -> list[Block]:
    """The blocks of a community; the households of each grid are housed exactly."""
    draw = random.Random(f"{plan.seed}:{one.at}")
    big = names.estate() if one.kind == "estate" else ""
    blocks: list[Block] = []
    for n, target in enumerate(one.grids):
        cells = [cell for cell in plan.cells(one) if plan.grid_of(one, *cell) == n]
        inside = [_empty(plan, one, cell, streets) for cell in cells]
        _use(plan, inside, draw, names, big, target)
        _build(plan, inside, streets, draw, names, used, target)
        blocks += inside
    return blocks


def _empty(plan: Plan, one: District, cell: Key, streets: dict[Edge, Street]) -> Block:
    i, j = cell
    west, south, east, north = plan.rectangle(i, j)
    sides = {"w": ("y", i, j), "e": ("y", i + 1, j), "s": ("x", i, j), "n": ("x", i, j + 1)}
    back = {side: HALF_WIDTH_M[streets[edge].klass] + 2 if edge in streets else 4.0 for side, edge in sides.items()}
    c, r = one.at
    kind, name = KNOWN.get((c, i - plan.first_line(c), j), ("", "")) if r == 0 and c in (-1, 0) else ("", "")
    box = (west + back["w"], south + back["s"], east - back["e"], north - back["n"])
    return Block(cell, kind, name, box)


def _use(plan: Plan, blocks: list[Block], draw: random.Random, names: Names, big: str, target: int) -> None:
    """Say what each block is for: estates for most of the households, old streets, and one or two amenities."""
    for block in blocks:
        if not block.kind and shapely.box(*block.box).intersection(plan.wet).area > 0.35 * shapely.box(*block.box).area:
            block.kind = "green"
    free = [block for block in blocks if not block.kind]
    draw.shuffle(free)
    if not any(block.kind == "estate" for block in blocks) and free:
        block = free.pop()
        block.kind, block.name = ("towers", big) if big else ("estate", names.estate())
    if big:
        for block in free[: max(1, len(free) // 3)]:
            block.kind, block.name = "towers", big
        free = [block for block in free if not block.kind]
    for block in free[: max(1, len(free) // 4)]:
        block.kind = draw.choice(tuple(AMENITIES))
        block.name = names.take(AMENITIES[block.kind])
    for block in free:
        block.kind = block.kind or "old"


def _build(
    plan: Plan, blocks: list[Block], streets: dict[Edge, Street], draw: random.Random, names: Names,
    used: dict[str, int], target: int,
) -> None:  # fmt: skip
    housed = 0
    plots: list[House] = []
    for block in blocks:
        block.houses += _along_streets(plan, block, streets)
        plots += block.houses if block.kind == "old" else []
    estates = [block for block in blocks if block.kind in ("estate", "towers")]
    share = 0.92 if estates and estates[0].kind == "towers" else (0.6 if len(estates) < 2 else 0.8)
    for block in estates:
        wanted = round(target * share / len(estates))
        housed += _estate(plan, block, wanted, used)
        block.gate = next((e for e in _sides(block.cell) if e in streets and streets[e].klass not in MAIN), None)
    _settle(plots or [house for block in blocks for house in block.houses], target - housed, draw)
    for block in blocks:
        if block.kind in WITH_HALLS:
            block.houses += _halls(plan, block)
        if block.kind == "old":
            block.houses += _yards(plan, block, draw)


def _sides(cell: Key) -> tuple[Edge, Edge, Edge, Edge]:
    i, j = cell
    return ("x", i, j), ("x", i, j + 1), ("y", i, j), ("y", i + 1, j)


def _along_streets(plan: Plan, block: Block, streets: dict[Edge, Street]) -> list[House]:
    """Houses with a door to the street: on all sides of an old block, on main streets of others that sell something."""
    if block.kind not in ("old", "estate", "market"):
        return []
    west, south, east, north = block.box
    houses: list[House] = []
    for edge in _sides(block.cell):
        street = streets.get(edge)
        if street is None or (block.kind != "old" and street.klass not in MAIN):
            continue
        axis = edge[0]
        low = edge in (("x", *block.cell), ("y", *block.cell))
        start, end = (west, east) if axis == "x" else (south, north)
        at = start + (0 if axis == "x" else DEPTH_M + 3)  # corners belong to the east–west street
        stop = end - (0 if axis == "x" else DEPTH_M + 3)
        while at + PLOT_M <= stop:
            if axis == "x":
                y = south if low else north - DEPTH_M
                box = (at, y, at + PLOT_M - 1.2, y + DEPTH_M)
            else:
                x = west if low else east - DEPTH_M
                box = (x, at, x + DEPTH_M, at + PLOT_M - 1.2)
            if not shapely.box(*box).intersects(plan.wet):
                houses.append(House(box, edge=edge, along=at + PLOT_M / 2))
            at += PLOT_M
    return houses


def _estate(plan: Plan, block: Block, wanted: int, used: dict[str, int]) -> int:
    """Rows of slabs, or towers; numbered on from the estate's last number. How many households they hold."""
    west, south, east, north = block.box
    tower = block.kind == "towers"
    per_unit = HOMES_A_TOWER_UNIT if tower else HOMES_A_UNIT
    units = 2
    length = 34.0 if tower else UNIT_M * units
    inset = DEPTH_M + 6
    spots: list[Xy] = []
    y = south + inset
    while y + SLAB_DEPTH_M <= north - inset:
        x = west + inset
        while x + length <= east - inset:
            spots.append((x, y))
            x += length + GAP_M
        y += ROW_M + (12 if tower else 0)
    dry = [(x, y) for x, y in spots if not shapely.box(x, y, x + length, y + SLAB_DEPTH_M).intersects(plan.wet)]
    left = wanted
    needed = min(len(dry), -(-wanted // (per_unit * units)))
    chosen = [dry[n * len(dry) // needed] for n in range(needed)] if needed else []
    for x, y in chosen:
        homes = min(left, per_unit * units)
        left -= homes
        used[block.name] = used.get(block.name, 0) + 1
        box = (x, y, x + length, y + SLAB_DEPTH_M)
        block.houses.append(House(box, homes, f"{block.name}{used[block.name]}幢", units))
    return wanted - left


def _settle(plots: list[House], households: int, draw: random.Random) -> None:
    """Spread households over the houses along the streets; nobody is left without a house."""
    if not plots:
        return
    base, rest = divmod(max(households, 0), len(plots))
    for n, house in enumerate(draw.sample(plots, len(plots))):
        house.households += base + (1 if n < rest else 0)


def _yards(plan: Plan, block: Block, draw: random.Random) -> list[House]:
    """Workshops and sheds behind the houses: drawn, but nobody lives there and no door opens to a street."""
    west, south, east, north = block.box
    yards: list[House] = []
    y = south + YARD_M
    while y + 14 <= north - YARD_M:
        x = west + YARD_M + draw.uniform(0, 10)
        while x + 20 <= east - YARD_M:
            length = min(draw.uniform(16, 44), east - YARD_M - x)
            box = (x, y, x + length, y + draw.uniform(10, 15))
            if draw.random() < 0.8 and not shapely.box(*box).intersects(plan.wet):
                yards.append(House(box))
            x += length + draw.uniform(5, 16)
        y += 25
    return yards


def _halls(plan: Plan, block: Block) -> list[House]:
    west, south, east, north = block.box
    wide, deep = (east - west) * 0.55, (north - south) * 0.2
    x = west + (east - west) * 0.2
    boxes = [(x, y, x + wide, y + deep) for y in (south + (north - south) * 0.3, south + (north - south) * 0.62)]
    dry = [box for box in boxes if not shapely.box(*box).intersects(plan.wet)]
    return [House(box, name=block.name if n == 0 else "") for n, box in enumerate(dry)]
