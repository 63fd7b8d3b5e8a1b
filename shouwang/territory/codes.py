"""Codes of grids: the community's code and a serial that runs west to east, north to south, and is never used twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from shapely.geometry import shape

from shouwang.core.problem import Problem
from shouwang.places.models import Area
from shouwang.places.models.area import Scheme, Tier

MOST = 999
BESIDE = 0.5  # two areas stand in one row when their middles differ by less than half of their height


class CodesUsedUp(Problem):
    code, status = "territory.codes_used_up", 409
    says = _("{area} has used all 999 serials; a code is never given twice.")


def in_order(boundaries: Sequence[dict[str, Any]]) -> list[int]:
    """Positions of the boundaries row by row from north to south, each row from west to east (GRD-05)."""
    shapes = [shape(one) for one in boundaries]
    left = sorted(range(len(shapes)), key=lambda i: -shapes[i].centroid.y)
    order: list[int] = []
    while left:
        first = shapes[left[0]]
        height = first.bounds[3] - first.bounds[1]
        row = [i for i in left if first.centroid.y - shapes[i].centroid.y < height * BESIDE]
        order += sorted(row, key=lambda i: shapes[i].centroid.x)
        left = [i for i in left if i not in row]
    return order


def new_codes(parent: Area, n: int) -> list[tuple[str, str, int]]:
    """(scheme, code, serial) for `n` new areas under `parent`: after every serial that was ever given there.

    A grid's code is its committee's 12 digits and a serial of three (GRD-05); a grid point has one of the town's own.
    Raises  CodesUsedUp
    """
    grid = parent.tier == Tier.COMMUNITY
    scheme, prefix, digits = (Scheme.GRID15, parent.code, 3) if grid else (Scheme.OWN, f"{parent.code}-", 2)
    given = Area.objects.filter(scheme=scheme, code__startswith=prefix).values_list("code", flat=True)
    tails = [code.removeprefix(prefix) for code in given]
    last = max((int(tail) for tail in tails if len(tail) == digits and tail.isdigit()), default=0)
    if last + n > (MOST if grid else 10**digits - 1):
        raise CodesUsedUp(area=parent.name)
    return [(scheme.value, f"{prefix}{serial:0{digits}d}", serial) for serial in range(last + 1, last + n + 1)]
