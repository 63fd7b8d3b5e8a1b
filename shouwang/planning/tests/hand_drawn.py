"""A community drawn by hand, in metres: two streets, a river, an estate, old houses."""

from __future__ import annotations

import shapely

from shouwang.planning.ground import Ground, House, Line

SIDE = 400.0


def town(estate_households: int = 60, towers: int = 6) -> Ground:
    """400 by 400 m, cut in four by a main road (north–south) and a street; a river along the north.

    South-west: the estate 桃园, its towers in a row. Elsewhere 40 old houses a block, one household each.
    """
    ground = Ground(shapely.box(0, 0, SIDE, SIDE))
    ground.lines = [
        Line("main", shapely.LineString([(200, -10), (200, 410)])),
        Line("street", shapely.LineString([(-10, 200), (410, 200)])),
        Line("river", shapely.LineString([(-10, 330), (410, 330)])),
    ]
    for n in range(towers):
        x = 20 + n * 160 / towers
        _build(ground, x, 80, 15, estate_households // towers, "桃园", f"桃园{n + 1}幢", "estate:1")
    for west, south, street in ((0, 200, "北街"), (200, 200, "东街"), (200, 0, "南街")):
        for n in range(40):
            _build(ground, west + 10 + n % 10 * 18, south + 15 + n // 10 * 25, 8, 1, street, f"{n + 1}号")
    ground.today = {"A": shapely.box(0, 0, 200, SIDE), "B": shapely.box(200, 0, SIDE, SIDE)}
    return ground


def _build(ground, x, y, side, households, street, name, estate=""):
    ground.buildings.append(shapely.box(x, y, x + side, y + side))
    ground.houses.append(House(x + side / 2, y + side / 2, households, street, name, estate))
