"""What is walked along and what is looked over: stretches and surfaces of a beat, drawn and ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from shouwang.beats.cover import square_m
from shouwang.beats.keeping import AlreadyThere, changed, locked
from shouwang.beats.models import Beat, Stretch, Surface
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.geo import check_lonlat, length_m
from shouwang.core.impersonal import refuse_persons
from shouwang.core.problem import Problem
from shouwang.territory.overlays import outline_of
from shouwang.territory.tiling import readable

MOST, MOST_CORNERS, LONGEST_M, LARGEST_M2 = 40, 200, 20_000, 4_000_000
Places = Sequence[Sequence[float]]


class LineUnusable(Problem):
    code, status = "beats.stretch", 422
    says = _("A stretch has a name, two corners at least and {km} km at most.")


class SurfaceUnusable(Problem):
    code, status = "beats.surface", 422
    says = _("A surface has a name, three corners at least, no line that crosses another, and {km} km² at most.")


class BeatFull(Problem):
    code, status = "beats.full", 409
    says = _("A beat holds at most {n} stretches and as many surfaces.")


def add_stretch(beat: Beat, name: str, places: Places, *, by: Actor, at: dt.datetime) -> Stretch:
    """Raises NotAllowed, NotVisible, BeatEnded, LineUnusable, AlreadyThere, BeatFull, what a wrong place is"""
    called = clean_line(name, 60, field="name")
    line = _places(places)
    metres = length_m(line)
    if not called or not 2 <= len(line) <= MOST_CORNERS or not 1 <= metres <= LONGEST_M:
        raise LineUnusable(field="corners" if called else "name", km=LONGEST_M // 1000)
    refuse_persons({"name": called})
    with acting(by):
        row = locked(beat, by, at)
        _room(row.stretches.filter(ended_at=None), called)
        drawn = {"type": "LineString", "coordinates": [list(one) for one in line]}
        stretch = Stretch.objects.create(beat=row, name=called, line=drawn, metres=round(metres))
        changed(row, "stretch", by, at)
    return stretch


def add_surface(beat: Beat, name: str, places: Places, *, by: Actor, at: dt.datetime) -> Surface:
    """Raises NotAllowed, NotVisible, BeatEnded, SurfaceUnusable, AlreadyThere, BeatFull, what a wrong place is"""
    called = clean_line(name, 60, field="name")
    boundary = outline_of(_places(places[:MOST_CORNERS]))
    if not called or readable(boundary) is None or square_m(boundary) > LARGEST_M2:
        raise SurfaceUnusable(field="corners" if called else "name", km=LARGEST_M2 // 1_000_000)
    refuse_persons({"name": called})
    with acting(by):
        row = locked(beat, by, at)
        _room(row.surfaces.filter(ended_at=None), called)
        surface = Surface.objects.create(beat=row, name=called, boundary=boundary)
        changed(row, "surface", by, at)
    return surface


def _places(places: Places) -> list[tuple[float, float]]:
    return [check_lonlat(lon, lat, field="corners") for lon, lat in places]


def _room(rows: object, name: str) -> None:
    names = list(rows.values_list("name", flat=True))  # type: ignore[attr-defined]  # of either kind
    if name in names:
        raise AlreadyThere(field="name", name=name)
    if len(names) >= MOST:
        raise BeatFull(n=MOST)
