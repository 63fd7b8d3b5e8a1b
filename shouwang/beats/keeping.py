"""Keeping beats: setting one up on a drawn area, its windows and its points, and ending what is over."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from shouwang.beats.models import Beat, Point, Stretch, Surface, Window
from shouwang.beats.models.beat import DEFAULT_CAP
from shouwang.beats.words import EVENINGS, PlaceKind
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.geo import check_lonlat
from shouwang.core.problem import Problem
from shouwang.duty.models import Unit
from shouwang.journal.record import record
from shouwang.people.access import Verb, require
from shouwang.places.models import Area, FreeArea
from shouwang.places.models.area import Tier

MOST_LINES = 500
FEWEST, MOST_PASSES, MOST_CAP = 1, 48, 10.0


class BeatTaken(Problem):
    code, status = "beats.taken", 409
    says = _("{name} is a beat already.")


class NotABeat(Problem):
    code, status = "beats.no_area", 422
    says = _("Choose an area that is drawn as a patrol beat in a free layer.")


class BelowFloor(Problem):
    code, status = "beats.floor", 422
    says = _("A beat is passed at least once in each window, and at most 48 times; the cap is 1 to 10 times its share.")


class AlreadyThere(Problem):
    code, status = "beats.already", 409
    says = _("{name} stands on this beat already.")


class BeatEnded(Problem):
    code, status = "beats.ended", 409
    says = _("This beat has ended; nothing is added to it.")


class LineUnclear(Problem):
    code, status = "beats.line", 422
    says = _("Line {line} cannot be read. Each has: name, kind of place, longitude, latitude. Nothing was taken over.")


@dataclass(frozen=True)
class NewPoint:
    """A place to be visited. Without hours it has the evening that is usual for its kind."""

    name: str
    kind: str
    lon: float
    lat: float
    begins: dt.time | None = None
    ends: dt.time | None = None

    def hours(self) -> tuple[dt.time, dt.time]:
        usual = EVENINGS.get(self.kind, EVENINGS[PlaceKind.OTHER])
        return self.begins or usual[0], self.ends or usual[1]


def make_beat(
    area: Area, *, by: Actor, at: dt.datetime, sector: Area | None = None, team: Unit | None = None,
    cap_times: float = DEFAULT_CAP,
) -> Beat:  # fmt: skip
    """Raises NotAllowed, NotVisible, NotABeat, BeatTaken, BelowFloor"""
    lies = FreeArea.objects.select_related("layer__ground").filter(area=area, layer__retired_at=None).first()
    if lies is None or area.tier != Tier.BEAT:
        raise NotABeat(field="area")
    if not 1 <= cap_times <= MOST_CAP:
        raise BelowFloor(field="cap_times")
    ground = lies.layer.ground
    with acting(by):
        require(by, Verb.ROSTER_WRITE, ground, at)
        try:
            with transaction.atomic():
                beat = Beat.objects.create(
                    area=area, sector=sector, ground=ground, duty_path=ground.duty_path,
                    government_path=ground.government_path, team=team, cap_times=cap_times, made_at=at,
                )  # fmt: skip
        except IntegrityError as fault:
            raise BeatTaken(field="area", name=area.name) from fault
        record("beat.make", topic="beat.changed", subject=beat, area=ground, by=by, at=at, called=area.name)
    return beat


def set_team(beat: Beat, team: Unit | None, cap_times: float, *, by: Actor, at: dt.datetime) -> Beat:
    """Who walks it unless a window says otherwise. Raises NotAllowed, NotVisible, BeatEnded, BelowFloor"""
    if not 1 <= cap_times <= MOST_CAP:
        raise BelowFloor(field="cap_times")
    with acting(by):
        row = locked(beat, by, at)
        row.team, row.cap_times = team, cap_times
        row.save(update_fields=["team", "cap_times"])
        changed(row, "team", by, at)
    return row


def end_beat(beat: Beat, *, by: Actor, at: dt.datetime) -> Beat:
    """What it was and what was covered stay. Raises NotAllowed, NotVisible, BeatEnded"""
    with acting(by):
        row = locked(beat, by, at)
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        record("beat.end", topic="beat.changed", subject=row, area=row.ground, by=by, at=at, called=row.area.name)
    return row


def add_window(
    beat: Beat, begins: dt.time, ends: dt.time, min_passes: int, *, by: Actor, at: dt.datetime, team: Unit | None = None
) -> Window:  # fmt: skip
    """Raises NotAllowed, NotVisible, BeatEnded, BelowFloor, AlreadyThere"""
    if not FEWEST <= min_passes <= MOST_PASSES:
        raise BelowFloor(field="min_passes")
    with acting(by):
        row = locked(beat, by, at)
        try:
            with transaction.atomic():
                window = Window.objects.create(beat=row, begins=begins, ends=ends, min_passes=min_passes, team=team)
        except IntegrityError as fault:
            raise AlreadyThere(field="begins", name=f"{begins:%H:%M}") from fault
        changed(row, "window", by, at)
    return window


def add_points(beat: Beat, told: list[NewPoint], *, by: Actor, at: dt.datetime) -> list[Point]:
    """All of them or none. Raises NotAllowed, NotVisible, BeatEnded, AlreadyThere, and what a place outside is"""
    with acting(by):
        row = locked(beat, by, at)
        found = []
        for one in told:
            lon, lat = check_lonlat(one.lon, one.lat)
            name = clean_line(one.name, 60, field="name")
            begins, ends = one.hours()
            try:
                with transaction.atomic():
                    found.append(
                        Point.objects.create(
                            beat=row, name=name, kind=one.kind, lon=lon, lat=lat, begins=begins, ends=ends
                        )
                    )
            except IntegrityError as fault:
                raise AlreadyThere(field="name", name=name) from fault
        changed(row, "points", by, at)
    return found


def end_part(part: Window | Point | Stretch | Surface, *, by: Actor, at: dt.datetime) -> None:
    """Raises NotAllowed, NotVisible, BeatEnded"""
    with acting(by):
        row = locked(part.beat, by, at)
        part.ended_at = at
        part.save(update_fields=["ended_at"])
        changed(row, "ended", by, at)


def read_points(sheet: str) -> list[NewPoint]:
    """Lines of a sheet: name, kind, longitude, latitude. A first line without numbers is its head.

    Raises  LineUnclear
    """
    kinds = {str(label): value for value, label in PlaceKind.choices} | {one.value: one.value for one in PlaceKind}
    found = []
    for line, cells in enumerate(csv.reader(io.StringIO(sheet.lstrip("\ufeff"))), start=1):
        if not any(cell.strip() for cell in cells):
            continue
        try:
            name, kind, lon, lat = (cell.strip() for cell in cells[:4])
            found.append(NewPoint(name, kinds.get(kind, PlaceKind.OTHER), float(lon), float(lat)))
        except ValueError:
            if line == 1:
                continue
            raise LineUnclear(field="file", line=line) from None
        if not name or len(found) > MOST_LINES:
            raise LineUnclear(field="file", line=line)
    if not found:
        raise LineUnclear(field="file", line=1)
    return found


def locked(beat: Beat, by: Actor, at: dt.datetime) -> Beat:
    row = Beat.objects.select_for_update(of=("self",)).select_related("area", "ground").get(pk=beat.pk)
    require(by, Verb.ROSTER_WRITE, row, at)
    if row.ended_at is not None:
        raise BeatEnded
    return row


def changed(row: Beat, what: str, by: Actor, at: dt.datetime) -> None:
    record("beat.change", topic="beat.changed", subject=row, area=row.ground, by=by, at=at, called=row.area.name,
           what=what)  # fmt: skip
