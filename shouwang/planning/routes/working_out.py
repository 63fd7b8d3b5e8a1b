"""Working out a route: rows to arrays, the search in a process of its own, the ways kept as lines."""

from __future__ import annotations

import datetime as dt
import itertools
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.journal.record import record
from shouwang.places.loading import road_graph
from shouwang.planning.models import RoutePlan, RouteState
from shouwang.planning.routes.proposing import Found, propose, ways_between
from shouwang.solvers.patrol_route import Beat, Errand
from shouwang.solvers.routing import route as driven
from shouwang.solvers.walking import Point, line, straight

Propose = Callable[[Beat, int], list[Found]]


def in_own_process(beat: Beat, seed: int) -> list[Found]:
    """Why a process: the search would keep the clocks of the other jobs waiting."""
    with ProcessPoolExecutor(1, get_context("spawn"), os.nice, (15,)) as pool:  # whoever waits at a desk goes first
        return pool.submit(propose, beat, seed).result()


def work_out_route(key: UUID, *, at: dt.datetime, proposing: Propose = in_own_process) -> None:
    """Fill in a route that waits; one that is worked out already stays as it is."""
    row = RoutePlan.objects.select_related("area").filter(pk=key, state=RouteState.WAITING).first()
    if row is None:
        return
    found = proposing(beat_of(row), row.pk.int % 2**31)
    left = sorted({place for one in found for place in one.route.left_out})
    if left:
        names = "、".join(row.places[n]["label"] for n in left)
        row.state = RouteState.FAILED
        row.problem = _("Not all fits into the window. Left out: {names}").format(names=names)[:300]
    else:
        row.state, row.alternatives = RouteState.READY, [kept(row, one) for one in found]
    row.ready_at = at
    by = Actor.system()
    with acting(by):
        row.save()
        record("route.work_out", topic="route.worked_out", subject=row, by=by, at=at, area=row.area,
               ways=len(row.alternatives))  # fmt: skip


def beat_of(row: RoutePlan) -> Beat:
    """Start, goal, then for each place its point and, of a street, its end."""
    points: list[Point] = [(row.start[0], row.start[1]), (row.goal[0], row.goal[1])]
    errands = []
    for place in row.places:
        begin = end = len(points)
        points.append((place["lon"], place["lat"]))
        if place["to"]:
            end = len(points)
            points.append((place["to"][0], place["to"][1]))
        errands.append((begin, end, place))
    ways = ways_between(road_graph(), points, row.mode)
    return Beat(
        ways,
        [
            Errand(begin, end, round(place["seconds"] + max(ways[begin, end], ways[end, begin])), place["early"],
                   place["late"], 1.0 + place["weight"])
            for begin, end, place in errands
        ],
        round((row.ends_at - row.starts_at).total_seconds()), 0, 1,
    )  # fmt: skip


def kept(row: RoutePlan, found: Found) -> dict[str, Any]:
    """JSON of a way, with the line it is drawn by."""
    points: list[Point] = [(row.start[0], row.start[1])]
    for visit in found.route.visits:
        place = row.places[visit.errand]
        ends: list[Point] = [(place["lon"], place["lat"])]
        if place["to"]:
            ends.append((place["to"][0], place["to"][1]))
        points += ends if visit.onwards else ends[::-1]
    points.append((row.goal[0], row.goal[1]))
    drawn = _drawn(points, row.mode)
    metres = sum(float(straight([a], [b])[0, 0]) for a, b in itertools.pairwise(drawn))
    return {
        "kind": found.kind, "foreseen": round(found.foreseen, 3), "seconds": round(found.route.on_the_way),
        "metres": round(metres), "line": [[round(lon, 6), round(lat, 6)] for lon, lat in drawn],
        "visits": [[one.errand, one.onwards, one.begins, one.stays] for one in found.route.visits],
    }  # fmt: skip


def _drawn(points: list[Point], mode: str) -> list[Point]:
    graph = road_graph()
    if mode != "car" or graph is None:
        return line(graph, points)
    drawn = points[:1]
    for a, b in itertools.pairwise(points):
        way = driven(graph, a, b)
        drawn += [*(way.line if way else ()), b]
    return drawn
