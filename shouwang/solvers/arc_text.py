"""Streets to be served as text: the CARPLIB form, whose keys are Spanish. Pure."""

from __future__ import annotations

import re

import numpy as np

from shouwang.solvers.arcs import ArcTask

_EDGE = re.compile(r"\(\s*(\d+)\s*,\s*(\d+)\s*\)\s*coste\s+(\d+)(?:\s+demanda\s+(\d+))?")


class ArcsUnreadable(ValueError):
    """Text that holds no streets; says what is missing."""


def read_arcs(text: str) -> ArcTask:
    """Raises ArcsUnreadable."""
    keys = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in text.splitlines())}
    rows = [[int(part or 0) for part in found.groups()] for found in _EDGE.finditer(text)]
    if not rows:
        raise ArcsUnreadable("there is no street in it")
    try:
        nodes, capacity, base = int(keys["VERTICES"]), int(keys["CAPACIDAD"]), int(keys.get("DEPOSITO", "1"))
    except (KeyError, ValueError) as problem:
        raise ArcsUnreadable(f"a number is missing: {problem}") from None
    table = np.array(rows, np.int64)
    if table[:, :2].min() < 1 or table[:, :2].max() > nodes or not 1 <= base <= nodes:
        raise ArcsUnreadable("a street leads to a place that is not there")
    return ArcTask(nodes, table[:, 0] - 1, table[:, 1] - 1, table[:, 2], table[:, 3], capacity, base - 1)
