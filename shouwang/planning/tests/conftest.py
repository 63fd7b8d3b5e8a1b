"""The world of the cast with a map and addresses under it: a main road, a street, houses with households."""

from __future__ import annotations

import pytest
from shapely.geometry import box, mapping

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.places.ground import Ground, GroundAddress, GroundFeature
from shouwang.places.loading import load_ground

WEST, SOUTH, EAST, NORTH = 111.418, 27.682, 111.430, 27.698  # 桥西, as the cast's ground has it
COLUMNS, ROWS = 6, 8
HOMES = [20 + number * 7 % 26 for number in range(COLUMNS * ROWS)]
HOMES[-1] += 1560 - sum(HOMES)  # as many as the cast's ground says
HALF_M = 0.00008


@pytest.fixture
def ground(world, as_role):
    """桥西 cut into 48 blocks, one building in each; its 1 560 households shared among them."""
    told = Ground(source="drawn by hand")
    wide, high = (EAST - WEST) / COLUMNS, (NORTH - SOUTH) / ROWS
    for n in range(1, COLUMNS):
        told.features.append(
            _road("residential" if n % 3 else "primary", WEST + n * wide, SOUTH, WEST + n * wide, NORTH)
        )
    for n in range(1, ROWS):
        told.features.append(_road("residential", WEST, SOUTH + n * high, EAST, SOUTH + n * high))
    told.addresses.append(GroundAddress("street", "street", "桥西路", "青石县桥西路", WEST, SOUTH))
    for number in range(COLUMNS * ROWS):
        lon, lat = WEST + (number % COLUMNS + 0.5) * wide, SOUTH + (number // COLUMNS + 0.5) * high
        shape = mapping(box(lon - HALF_M, lat - HALF_M, lon + HALF_M, lat + HALF_M))
        told.features.append(GroundFeature("building", "house", shape))
        households = HOMES[number]
        name = f"桥西路{number + 1}号"
        told.addresses.append(
            GroundAddress(name, "building", name, f"青石县{name}", lon, lat, "street", (), households)
        )
    with as_role("jobs"):
        return load_ground(told, by=Actor.system(), at=clock.now())


def _road(klass, west, south, east, north):
    return GroundFeature("road", klass, {"type": "LineString", "coordinates": [[west, south], [east, north]]})
