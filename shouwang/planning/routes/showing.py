"""A route as a page shows it: ways side by side, one of them on the roads, its places with times; and as GPX."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.core import clock
from shouwang.places.models import MapFeature
from shouwang.planning.models import RoutePlan
from shouwang.planning.showing import Place, scale_of
from shouwang.solvers.patrol_route import CAP

MARGIN = 0.0008  # degrees of ground around a way
KINDS: dict[str, Promise] = {
    "drawn": _("Drawn at random"),
    "shortest": pgettext_lazy("route", "Shortest"),
    "hand": _("Put in order by hand"),
}


@dataclass(frozen=True)
class Row:
    """A place on the way. `later`, `earlier`: the whole order with it moved by one; "": it cannot."""

    number: int
    place: int
    label: str
    comes: dt.datetime
    stays: int
    reports: int
    onwards: bool
    earlier: str
    later: str


@dataclass(frozen=True)
class Way:
    """One alternative: percentages are whole."""

    number: int
    label: Promise
    longer: int
    foreseen: int
    minutes: int
    metres: int
    rows: list[Row]
    most_minutes: int
    path: str
    dots: list[tuple[float, float, int]]


@dataclass(frozen=True)
class Shown:
    ways: list[Way]
    chosen: Way | None
    roads: list[str]
    box: tuple[float, float]


def show(row: RoutePlan, chosen: int) -> Shown:
    if not row.alternatives:
        return Shown([], None, [], (1.0, 1.0))
    lines = [one["line"] for one in row.alternatives]
    lons = [point[0] for line in lines for point in line]
    lats = [point[1] for line in lines for point in line]
    west, south, east, north = min(lons) - MARGIN, min(lats) - MARGIN, max(lons) + MARGIN, max(lats) + MARGIN
    place, box = scale_of([{"type": "LineString", "coordinates": [[west, south], [east, north]]}])
    least = min(one["seconds"] for one in row.alternatives) or 1
    ways = [_way(row, n, one, least, place) for n, one in enumerate(row.alternatives)]
    roads = MapFeature.objects.filter(
        layer="road", west__lte=east, east__gte=west, south__lte=north, north__gte=south
    ).values_list("geometry", flat=True)
    drawn = [_path(road["coordinates"], place) for road in roads if road["type"] == "LineString"]
    return Shown(ways, ways[chosen if 0 <= chosen < len(ways) else 0], drawn, box)


def _way(row: RoutePlan, number: int, one: dict[str, Any], least: int, place: Place) -> Way:
    order = [visit[0] for visit in one["visits"]]
    rows = []
    for n, (at, onwards, begins, stays) in enumerate(one["visits"]):
        told = row.places[at]
        comes = (row.starts_at + dt.timedelta(seconds=begins)).astimezone(clock.SHANGHAI)
        rows.append(
            Row(n + 1, at, told["label"], comes, round(stays / 60), told["weight"], onwards,
                _moved(order, n, n - 1), _moved(order, n, n + 1))
        )  # fmt: skip
    dots = [
        (*place(row.places[one.place]["lon"], row.places[one.place]["lat"]), one.number)
        for one in rows
    ]  # fmt: skip
    lasts = (row.ends_at - row.starts_at).total_seconds()
    most = round(CAP * max(0.0, lasts - one["seconds"]) / max(1, len(order)) / 60)
    return Way(
        number, KINDS[one["kind"]], round(100 * (one["seconds"] / least - 1)), round(100 * one["foreseen"]),
        round(one["seconds"] / 60), one["metres"], rows, most, _path(one["line"], place), dots,
    )  # fmt: skip


def _moved(order: list[int], n: int, to: int) -> str:
    if not 0 <= to < len(order):
        return ""
    moved = list(order)
    moved[n], moved[to] = moved[to], moved[n]
    return ",".join(str(place) for place in moved)


def _path(points: list[list[float]], place: Place) -> str:
    return "M" + " L".join(f"{x} {y}" for x, y in (place(point[0], point[1]) for point in points))


def gpx(row: RoutePlan, number: int) -> str:
    """GPX 1.1: the places as waypoints with their times, the way as a track."""
    way = row.alternatives[number]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>',
             '<gpx version="1.1" creator="Shouwang" xmlns="http://www.topografix.com/GPX/1/1">']  # fmt: skip
    for at, _onwards, begins, _stays in way["visits"]:
        place = row.places[at]
        comes = (row.starts_at + dt.timedelta(seconds=begins)).astimezone(dt.UTC)
        lines.append(
            f'<wpt lat="{place["lat"]:.6f}" lon="{place["lon"]:.6f}"><time>{comes:%Y-%m-%dT%H:%M:%SZ}</time>'
            f"<name>{escape(place['label'])}</name></wpt>"
        )
    points = "".join(f'<trkpt lat="{lat:.6f}" lon="{lon:.6f}"/>' for lon, lat in way["line"])
    return "\n".join([*lines, f"<trk><name>{escape(row.label)}</name><trkseg>{points}</trkseg></trk>", "</gpx>", ""])
