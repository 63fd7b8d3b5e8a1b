"""The roads as they are at one time: those that were loaded, without what is closed, as fast as the hour lets them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Subquery
from django.db.models.functions import JSONObject

from shouwang.core.clock import SHANGHAI
from shouwang.places.loading import graph_of
from shouwang.places.models import DrivingHours, GroundLoad, RoadClosure
from shouwang.solvers.conditions import Passed, along, under
from shouwang.solvers.roads import GROUPS, RoadGraph

MOST_CLOSED = 200
Points = tuple[tuple[float, float], ...]
Closed = tuple[Points, bool]  # points along the road, and whether only as they are drawn


class Roads(NamedTuple):
    """load  the ground in use, None before the first      graph  its roads at that time, None where it has none"""

    load: UUID | None
    graph: RoadGraph | None


def roads_at(at: dt.datetime) -> Roads:
    """As dispatch drives on them at that time. One query; the graph is kept in this process until something changes."""
    closed = RoadClosure.objects.filter(during__contains=at).order_by("pk").values(
        told=JSONObject(points="points", one_way="one_way")
    )  # fmt: skip
    hours = DrivingHours.objects.filter(since__lte=at).order_by("-since", "-pk").values("percent")
    newest = GroundLoad.objects.order_by("-loaded_at").values_list(
        "pk", ArraySubquery(closed[:MOST_CLOSED]), Subquery(hours[:1])
    )  # fmt: skip
    found = newest.first()
    if found is None:
        return Roads(None, None)
    load, told, percent = found
    if not told and not percent:
        return Roads(load, graph_of(load))
    ways = tuple((tuple((lon, lat) for lon, lat in one["points"]), bool(one["one_way"])) for one in told)
    hour = at.astimezone(SHANGHAI).hour
    return Roads(load, _graph(load, ways, tuple(percent[name][hour] for name in GROUPS) if percent else ()))


@lru_cache(maxsize=4)
def _graph(load: UUID, closed: Sequence[Closed], percent: Sequence[float]) -> RoadGraph | None:
    whole = graph_of(load)
    if whole is None:
        return None
    graph = under(whole, passed(whole, closed), percent)
    return graph if len(graph.a) else None


def passed(graph: RoadGraph, closed: Sequence[Closed]) -> list[Passed]:
    """The directions of stretches that these closures take away."""
    found: list[Passed] = []
    for points, one_way in closed:
        ways = ways_of(graph, points)
        found += ways if one_way else [(stretch, forward) for stretch, _ in ways for forward in (True, False)]
    return found


@lru_cache(maxsize=2 * MOST_CLOSED)
def ways_of(graph: RoadGraph, points: Points) -> list[Passed]:
    """`along` for a closure, found once for each load."""
    return along(graph, points)
