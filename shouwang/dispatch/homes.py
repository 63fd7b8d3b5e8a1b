"""The places that somebody must reach in time: buildings with their households, and named places, on the road graph."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from uuid import UUID

import numpy as np

from shouwang.core.clock import local_date
from shouwang.dispatch.rapid import Rapid, class_of_place
from shouwang.places.loading import graph_of
from shouwang.places.models import FoundPlace
from shouwang.solvers.covering import Demand, junctions
from shouwang.solvers.roads import Floats, Ints

Places = tuple[Ints, Floats, tuple[str, ...]]  # junction, households and class of each


def demand_of(load: UUID, rapid: Rapid, at: dt.datetime) -> Demand:
    """All of a loaded ground, with the minutes that this rule promises each place."""
    nodes, homes, classes = _places(load, local_date(at))
    promised = {name: rapid.place_s(name) for name in set(classes)}
    return Demand(nodes, homes, np.array([promised[name] for name in classes], float))


@lru_cache(maxsize=2)
def _places(load: UUID, _day: dt.date) -> Places:
    """Once a day: new houses come slowly. Places at one junction of one class are one."""
    graph = graph_of(load)
    rows = FoundPlace.objects.exclude(kind__in=["street", "crossing", "room"]).exclude(is_address=True, households=0)
    found = list(rows.values_list("kind", "lon", "lat", "households"))
    if graph is None or not found:
        return _nowhere()
    kinds, lon, lat, households = zip(*found, strict=True)
    classes = [class_of_place(kind) for kind in kinds]
    together: dict[tuple[int, str], float] = {}
    at_nodes = junctions(graph, list(zip(lon, lat, strict=True))).tolist()
    for node, name, homes in zip(at_nodes, classes, households, strict=True):
        together[node, name] = together.get((node, name), 0.0) + homes
    return (
        np.array([node for node, _name in together], np.int64),
        np.array(list(together.values()), float),
        tuple(name for _node, name in together),
    )


def _nowhere() -> Places:
    return np.zeros(0, np.int64), np.zeros(0), ()
