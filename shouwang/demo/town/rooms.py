"""Rooms of a made town: numbered by floor, all of an estate's homes, those of a house that several households share."""

from __future__ import annotations

from shouwang.demo.town.blocks import FLOORS, HOMES_A_TOWER_UNIT, HOMES_A_UNIT

TOWER_FLOORS = 16
A_FLOOR_OF_A_HOUSE = 2


def rooms_of_unit(tower: bool) -> list[str]:
    """101室 to 502室 behind one entrance of a slab, 101室 to 1604室 of a tower; some of them are vacant."""
    floors, homes = (TOWER_FLOORS, HOMES_A_TOWER_UNIT) if tower else (FLOORS, HOMES_A_UNIT)
    return [_room(floor, n) for floor in range(1, floors + 1) for n in range(1, homes // floors + 1)]


def rooms_of_house(households: int) -> list[str]:
    """A house of one household is its own dwelling and has no room numbers."""
    if households < 2:
        return []
    return [_room(n // A_FLOOR_OF_A_HOUSE + 1, n % A_FLOOR_OF_A_HOUSE + 1) for n in range(households)]


def _room(floor: int, n: int) -> str:
    return f"{floor}{n:02d}室"
