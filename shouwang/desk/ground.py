"""What the map draws below calls and crews: one's own ground, how far free crews reach, the ways they drive.

GeoJSON, lon/lat WGS-84. The ground changes slowly and is asked for apart from calls and positions.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from django.utils.translation import gettext as _
from shapely.geometry import mapping, shape

from shouwang.core.actor import Actor
from shouwang.core.together import Together
from shouwang.desk.room import room_of
from shouwang.dispatch.board import OPEN_STATES
from shouwang.dispatch.models import Assignment
from shouwang.dispatch.rapid import Rapid, rapid_of
from shouwang.duty.models import Availability, Shift
from shouwang.matters.models import Matter
from shouwang.people.access import Verb, reaches, screen_area, spans
from shouwang.places.loading import road_graph
from shouwang.places.models import Area, AreaVersion, RoadClosure
from shouwang.places.models.area import Layer, Tier
from shouwang.places.roads import MOST_CLOSED, roads_at, ways_of
from shouwang.solvers.reaching import ground_of, reached_within, seconds_from
from shouwang.solvers.roads import RoadGraph
from shouwang.solvers.routing import route
from shouwang.tracking.models import LastFix
from shouwang.tracking.staleness import Staleness, staleness

Point = tuple[float, float]
MINUTES = (1, 3, 5)  # rings by driving time where the town has set none (CFS-05)
HOLES, HOLE_M = 3, 800.0  # so many are named, from so many metres of streets on
MOST_ROUTES = 60
NEAR = 4  # decimals of a degree, about 10 m: a crew that crept that far keeps its way
LIMITS_S = (300.0, 3600.0)
REACH_LASTS_S = 15.0  # a quarter of a second of work for 200 crews, and crews are never all that fast


@dataclass(frozen=True)
class Reach:
    """Shapes by minutes, the longest first; holes of the own ground; the share of its streets reached in each time."""

    rings: tuple[tuple[int, Any], ...]
    holes: tuple[Any, ...]
    shares: tuple[tuple[int, float], ...]


_reached: Together[Reach | None] = Together()


def ground_for(by: Actor, at: dt.datetime) -> dict[str, Any]:
    """Own borders with names, reach, and the roads that are closed now."""
    office = office_of(by, at)
    reach = reach_for(by, office, at)
    closed = closed_roads(RoadClosure.objects.filter(during__contains=at)[:MOST_CLOSED])
    return {"grids": _grids(office, at), "rings": _rings(reach), "closed": closed}


def office_of(by: Actor, at: dt.datetime) -> Area | None:
    """The ground a screen shows, or that of the room a person sits in."""
    return screen_area(by, at) if by.kind == "screen" else room_of(by, at).office


def reach_for(by: Actor, office: Area | None, at: dt.datetime) -> Reach | None:
    """How far the free crews that `by` may follow reach now, or did a moment ago. None without roads."""
    graph = roads_at(at).graph
    if graph is None:
        return None
    followed = spans(by, Verb.UNIT_TRACK, at)
    made_since = time.monotonic() - REACH_LASTS_S
    return _reached.ask(
        (id(graph), office and office.pk, followed),
        lambda: _reach_now(graph, *_free_crews(followed, at), _border(office, at), minutes_of(office, at)),
        made_since,
    )


def reach_of(crews: Iterable[Point], office: Area | None, at: dt.datetime) -> dict[str, Any]:
    """The same layers for crews that stand somewhere: at an earlier hour, or with one of them gone."""
    graph = roads_at(at).graph
    places = tuple(sorted((round(lon, NEAR), round(lat, NEAR)) for lon, lat in crews))
    reach = _reach(graph, places, _border(office, at), minutes_of(office, at)) if graph else None
    return {"grids": _grids(office, at), "rings": _rings(reach)}


def minutes_of(office: Area | None, at: dt.datetime) -> tuple[int, ...]:
    """The minutes of the rings: what this ground was promised."""
    rapid = rapid_of(office.duty_path, at) if office else Rapid()
    return tuple(sorted(set(rapid.minutes.values()))) if rapid.area else MINUTES


def _reach_now(
    graph: RoadGraph, free: tuple[Point, ...], n_unknown: int, own: Any, rings: tuple[int, ...]
) -> Reach | None:
    """None while crews are free and nobody knows where any of them is: then no hole is claimed."""
    return None if n_unknown and not free else _reach(graph, free, own, rings)


def _reach(graph: RoadGraph, free: tuple[Point, ...], own: Any, rings: tuple[int, ...]) -> Reach:
    seconds = seconds_from(graph, free, rings[-1] * 60)
    masks = [(minutes, reached_within(graph, seconds, minutes * 60)) for minutes in rings]
    inside = _inside(graph, own)
    whole = float(graph.metres[inside].sum())
    missed = ground_of(graph, inside & ~masks[-1][1]) if whole else shapely.MultiPolygon()
    if own is not None:
        missed = shapely.intersection(missed, own)
    holes = [one for one in _parts(missed) if _metres_in(graph, one, inside) >= HOLE_M]
    return Reach(
        tuple((minutes, ground_of(graph, mask)) for minutes, mask in reversed(masks) if mask.any()),
        tuple(sorted(holes, key=lambda one: -float(one.area))[:HOLES]),
        tuple((minutes, float(graph.metres[mask & inside].sum()) / whole) for minutes, mask in masks) if whole else (),
    )


def _free_crews(followed: tuple[str, ...], at: dt.datetime) -> tuple[tuple[Point, ...], int]:
    """Where the crews stand that could be sent now (booths where they are, others by a fix that is not stale), and of
    how many nobody knows it.
    """
    shifts = Shift.objects.filter(
        reaches(followed, "unit__"), during__contains=at, availability=Availability.FREE
    )  # fmt: skip
    shifts = shifts.exclude(pk__in=Assignment.objects.filter(state__in=OPEN_STATES).values("shift"))
    rows = list(shifts.select_related("unit")[:300])
    fixes = {fix.shift: fix for fix in LastFix.objects.filter(unit__in=[row.unit_id for row in rows])}
    places = []
    for row in rows:
        fix = fixes.get(row.pk)
        if row.unit.lon is not None and row.unit.lat is not None:
            places.append((row.unit.lon, row.unit.lat))
        elif fix and staleness(fix.at, at, row.unit.report_every_s) is not Staleness.HOLLOW:
            places.append((fix.lon, fix.lat))
    return tuple(sorted({(round(lon, NEAR), round(lat, NEAR)) for lon, lat in places})), len(rows) - len(places)


def _border(office: Area | None, at: dt.datetime) -> Any:
    version = AreaVersion.objects.in_force_at(at).filter(area=office, layer=Layer.DUTY).first() if office else None
    return shape(version.boundary) if version and version.boundary else None


def _inside(graph: RoadGraph, own: Any) -> Any:
    """(s,) which stretches have their middle on that ground."""
    if own is None:
        return np.zeros(len(graph.a), bool)
    shapely.prepare(own)
    lon, lat = (graph.lon[graph.a] + graph.lon[graph.b]) / 2, (graph.lat[graph.a] + graph.lat[graph.b]) / 2
    return shapely.contains_xy(own, lon, lat)


def _metres_in(graph: RoadGraph, part: Any, inside: Any) -> float:
    return float(graph.metres[_inside(graph, part) & inside].sum())


def _parts(found: Any) -> Iterable[Any]:
    return [one for one in getattr(found, "geoms", [found]) if one.geom_type == "Polygon" and not one.is_empty]


def _rings(reach: Reach | None) -> dict[str, Any]:
    if reach is None:
        return _collection([])
    words = _("Nobody within {n} min").format(n=max((minutes for minutes, _shape in reach.rings), default=MINUTES[-1]))
    rings = [_feature(one, minutes=minutes) for minutes, one in reach.rings]
    holes = [
        _feature(one, hole=True, words=words, at=[*shapely.point_on_surface(one).coords[0]]) for one in reach.holes
    ]
    return _collection(rings + holes)


def _grids(office: Area | None, at: dt.datetime) -> dict[str, Any]:
    """The office's own border, and the names of the grids inside it."""
    if office is None:
        return _collection([])
    found = []
    within = AreaVersion.objects.in_force_at(at).filter(layer=Layer.DUTY, area__duty_path__startswith=office.duty_path)
    for version in within.filter(area__tier__in=[office.tier, Tier.GRID]).select_related("area"):
        if not version.boundary:
            continue
        border = shape(version.boundary)
        if version.area_id == office.pk:
            found.append(_feature(border, mine=True, name=version.name))
        else:
            found.append(_feature(shapely.point_on_surface(border), name=version.name))
    return _collection(found)


def closed_roads(rows: Iterable[RoadClosure]) -> dict[str, Any]:
    """Each as lines from junction to junction, in the direction in which it is closed."""
    graph, found = road_graph(), []
    for row in rows:
        ways = ways_of(graph, tuple((lon, lat) for lon, lat in row.points)) if graph else []
        if graph is not None and ways:
            ends = [(graph.a[one], graph.b[one]) if on else (graph.b[one], graph.a[one]) for one, on in ways]
            lines = [[(float(graph.lon[n]), float(graph.lat[n])) for n in both] for both in ends]
            merged = shapely.line_merge(shapely.MultiLineString(lines), directed=True)
            found.append(_feature(merged, name=row.name, one_way=row.one_way))
    return _collection(found)


def routes_for(by: Actor, at: dt.datetime) -> dict[str, Any]:
    """The way of each crew that is sent and has not arrived; dotted until it has signed."""
    graph = roads_at(at).graph
    seen = Matter.objects.visible_to(by, at).filter(lon__isnull=False)
    tasks = Assignment.objects.filter(state__in=["sent", "signed", "departed"], matter__in=seen)
    rows = list(tasks.select_related("matter", "unit").order_by("-sent_at")[:MOST_ROUTES])
    fixes = {fix.shift: fix for fix in LastFix.objects.filter(unit__in=[row.unit_id for row in rows])}
    found = []
    for row in rows:
        fix = fixes.get(row.shift_id)
        start = (fix.lon, fix.lat) if fix else (row.unit.lon, row.unit.lat)
        if graph is None or start[0] is None or start[1] is None:
            continue
        goal = (round(row.matter.lon or 0, NEAR), round(row.matter.lat or 0, NEAR))
        line = _way(graph, (round(start[0], NEAR), round(start[1], NEAR)), goal)
        if line:
            found.append(
                _feature(shapely.LineString(line), unit=str(row.unit_id), matter=str(row.matter_id),
                         proposed=row.state == "sent")
            )  # fmt: skip
    return _collection(found)


@lru_cache(maxsize=512)
def _way(graph: RoadGraph, start: Point, goal: Point) -> tuple[Point, ...]:
    """The line, empty where there is no way. Near goals are found without searching the whole town."""
    for limit_s in LIMITS_S:
        found = route(graph, start, goal, limit_s)
        if found is not None:
            return tuple(found.line)
    return ()


def _collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}


def _feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": mapping(shapely.set_precision(geometry, 1e-6)), "properties": properties}
