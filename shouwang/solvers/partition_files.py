"""Reading a graph that somebody wrote: JSON, gzipped or not."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from shouwang.solvers.partition_graph import CannotDivide, Graph, make_graph

GZIPPED = b"\x1f\x8b"


def read_graph(path: Path) -> Graph:
    """`population` [of each unit], `edges` [[u, v], …] and, where they differ, `costs` of the edges.

    Raises  CannotDivide
    """
    try:
        raw = path.read_bytes()
        found = json.loads(gzip.decompress(raw) if raw.startswith(GZIPPED) else raw)
    except OSError as problem:
        raise CannotDivide(f"{path} cannot be read: {problem.strerror or problem}.") from problem
    except (ValueError, EOFError) as problem:
        raise CannotDivide(f"{path} is not JSON, gzipped or plain.") from problem
    if not isinstance(found, dict):
        raise CannotDivide(f"{path} holds no graph: an object with “population” and “edges” is wanted.")
    for key in ("population", "edges", "costs"):
        if not isinstance(found.get(key, [] if key == "costs" else None), list):
            raise CannotDivide(f"{path} has no list “{key}”.")
    if not all(isinstance(edge, list) for edge in found["edges"]):
        raise CannotDivide(f"The edges in {path} are not pairs of units.")
    return make_graph(found["population"], found["edges"], found.get("costs"))
