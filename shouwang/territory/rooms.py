"""Acts on police rooms: open one, change what hangs at its door, close it, move it; how many there were by month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from shapely.geometry import Point, shape

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.clock import local_date
from shouwang.core.geo import check_lonlat
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import NotVisible, reaches, require, spans
from shouwang.people.verbs import Verb
from shouwang.places.matching import match_address
from shouwang.places.models import Address, Area, AreaVersion
from shouwang.places.models.area import Layer, Tier
from shouwang.territory.models import PoliceRoom

MOST_STAFF = 200
MONTHS = 12


class RoomElsewhere(Problem):
    code, status = "territory.room_elsewhere", 422
    says = _("This place does not lie in {area}. Choose its community, or another place.")


class RoomIncomplete(Problem):
    code, status = "territory.room_incomplete", 422
    says = _("A police room needs a name, hours and the number of its staff.")


class RoomClosed(Problem):
    code, status = "territory.room_closed", 409
    says = _("{name} is no longer open; this no longer applies.")


@dataclass(frozen=True)
class Door:
    """What hangs at the door."""

    name: str
    hours: str
    staff: int
    equipment: str = ""


@dataclass(frozen=True)
class Count:
    """Open rooms of one station at the end of each month."""

    station: Area
    by_month: list[int]


def visible_rooms(by: Actor, at: dt.datetime) -> QuerySet[PoliceRoom]:
    rows = PoliceRoom.objects.filter(reaches(spans(by, Verb.AREA_READ, at), "community__"))
    return rows.select_related("station", "community", "address", "moved_to").order_by("closed_on", "code")


def open_room(
    community: Area, door: Door, *, lon: object, lat: object, address: str = "", by: Actor, at: dt.datetime
) -> PoliceRoom:  # fmt: skip
    """Raises  NotAllowed, NotVisible, RoomElsewhere, RoomIncomplete, and what `check_lonlat` raises"""
    with acting(by):
        require(by, Verb.UNIT_MANAGE, community, at)
        room = _new(community, door, (lon, lat), address, at)
        record("room.open", topic="room.changed", subject=room, area=community, by=by, at=at, called=room.name)
    return room


def change_room(room: PoliceRoom, door: Door, *, by: Actor, at: dt.datetime) -> PoliceRoom:
    """Other hours, staff, equipment or name. Raises NotAllowed, NotVisible, RoomClosed, RoomIncomplete"""
    with acting(by):
        row = _locked(room.pk, by, at)
        _checked(door)
        row.name, row.hours, row.staff, row.equipment = door.name, door.hours, door.staff, door.equipment
        row.save(update_fields=["name", "hours", "staff", "equipment"])
        record("room.change", topic="room.changed", subject=row, area=row.community, by=by, at=at, called=row.name)
    return row


def close_room(room: PoliceRoom, *, by: Actor, at: dt.datetime) -> PoliceRoom:
    """Raises NotAllowed, NotVisible, RoomClosed"""
    with acting(by):
        row = _locked(room.pk, by, at)
        row.closed_on = local_date(at)
        row.save(update_fields=["closed_on"])
        record("room.close", topic="room.changed", subject=row, area=row.community, by=by, at=at, called=row.name)
    return row


def move_room(
    room: PoliceRoom, *, lon: object, lat: object, address: str = "", by: Actor, at: dt.datetime
) -> PoliceRoom:  # fmt: skip
    """The room that stands in its place from today on. Raises as `open_room`, RoomClosed"""
    with acting(by):
        row = _locked(room.pk, by, at)
        door = Door(row.name, row.hours, row.staff, row.equipment)
        new = _new(row.community, door, (lon, lat), address, at)
        row.closed_on, row.moved_to = local_date(at), new
        row.save(update_fields=["closed_on", "moved_to"])
        record("room.move", topic="room.changed", subject=row, area=row.community, by=by, at=at, called=row.name)
    return new


def counts(rooms: Sequence[PoliceRoom], today: dt.date) -> tuple[list[dt.date], list[Count]]:
    """The last twelve months, and for each station how many rooms were open at the end of each."""
    months = _months(today)
    ends = [min(_next(month) - dt.timedelta(days=1), today) for month in months]
    stations = {room.station_id: room.station for room in rooms}
    return months, [
        Count(station, [sum(room.is_open_on(end) for room in rooms if room.station_id == key) for end in ends])
        for key, station in sorted(stations.items(), key=lambda one: one[1].code)
    ]


def _new(community: Area, door: Door, point: tuple[object, object], address: str, at: dt.datetime) -> PoliceRoom:
    _checked(door)
    lon, lat = check_lonlat(*point)
    versions = AreaVersion.objects.in_force_at(at).filter(layer=Layer.DUTY)
    version = versions.filter(area=community).select_related("parent").first()
    if version is None or version.parent is None or community.tier != Tier.COMMUNITY:
        raise RoomElsewhere(field="community", area=community.name)
    if not shape(version.boundary).covers(Point(lon, lat)):
        raise RoomElsewhere(field="point", area=community.name)
    serial = PoliceRoom.objects.filter(code__startswith=f"{community.code}-J").count() + 1
    return PoliceRoom.objects.create(
        code=f"{community.code}-J{serial:02d}", name=door.name, station=version.parent, community=community,
        address=_address(address), lon=lon, lat=lat, hours=door.hours, staff=door.staff, equipment=door.equipment,
        opened_on=local_date(at),
    )  # fmt: skip


def _address(words: str) -> Address | None:
    """The standard address these words surely mean."""
    found = match_address(words, limit=1) if words.strip() else []
    return found[0].address if found and not found[0].unmatched else None


def _checked(door: Door) -> None:
    if not door.name.strip() or not door.hours.strip() or not 0 < door.staff <= MOST_STAFF:
        raise RoomIncomplete(field="name")


def _locked(key: UUID, by: Actor, at: dt.datetime) -> PoliceRoom:
    row = PoliceRoom.objects.select_for_update(of=("self",)).select_related("community").filter(pk=key).first()
    if row is None:
        raise NotVisible
    require(by, Verb.UNIT_MANAGE, row.community, at)
    if row.closed_on is not None:
        raise RoomClosed(name=row.name)
    return row


def _months(today: dt.date) -> list[dt.date]:
    first, found = today.replace(day=1), []
    for _n in range(MONTHS):
        found.append(first)
        first = (first - dt.timedelta(days=1)).replace(day=1)
    return found[::-1]


def _next(month: dt.date) -> dt.date:
    return (month + dt.timedelta(days=32)).replace(day=1)
