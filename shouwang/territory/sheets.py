"""Sheets of a grid for the wall, A3: the work map for staff, the board for residents. Neither shows a resident."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from shapely.geometry import Point, shape

from shouwang.core.clock import local_date
from shouwang.core.paper import pdf
from shouwang.places.models import Area, AreaVersion, FoundPlace
from shouwang.places.picture import Ground, Picture, Sign, picture_of
from shouwang.places.style import tokens
from shouwang.territory.history import Ended, ended
from shouwang.territory.models import PoliceRoom
from shouwang.territory.whose import Held, whose_ground

PAPER = Path(__file__).parent / "paper"
MAP_MM, BOARD_MM = (306.0, 245.0), (250.0, 185.0)  # room for the map on the sheet
MARGIN = 0.06  # of the grid's extent, shown around it
TEXT_MM = 5.0
SCALES = (
    500, 750, 1000, 1500, 2000, 2500, 3000, 3500, 4000, 4500, 5000, 6000, 7500, 10_000, 15_000, 20_000, 30_000, 50_000,
)  # fmt: skip
BARS_M = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
NAMES = 4
PLACES: dict[str, tuple[str, Promise]] = {  # kinds of places that a sheet shows, and their letters
    "police_room": ("警", _("Police room")), "booth": ("岗", _("Booth")), "hydrant": ("消", _("Hydrant")),
    "school": ("学", _("School")), "kindergarten": ("幼", _("Kindergarten")), "clinic": ("医", _("Clinic")),
    "hospital": ("医", _("Hospital")), "committee": ("居", _("Committee office")), "market": ("市", _("Market")),
}  # fmt: skip
ROOM = "police_room"
PUBLIC_PLACES = (ROOM, "booth", "committee", "clinic", "hospital")


@dataclass(frozen=True)
class Place:
    kind: str
    name: str
    lon: float
    lat: float


class NoBorder(LookupError):
    """The area has no border in force."""


def border_of(area: Area, at: dt.datetime) -> AreaVersion:
    """Its version in force, duty before government. Raises NoBorder"""
    rows = AreaVersion.objects.in_force_at(at).filter(area=area).order_by("layer")
    found = next((one for one in rows if one.boundary.get("coordinates")), None)
    if found is None:
        raise NoBorder
    return found


def places_in(version: AreaVersion, kinds: Iterable[str]) -> list[Place]:
    """What is to be found in the area, by kind and name."""
    ground = shape(version.boundary)
    west, south, east, north = ground.bounds
    rows = FoundPlace.objects.filter(
        kind__in=list(kinds), is_address=False, lon__range=(west, east), lat__range=(south, north)
    )
    found = [Place(one.kind, one.name, one.lon, one.lat) for one in rows.order_by("kind", "name")]
    if ROOM in kinds:  # the register knows better than the map
        rooms = PoliceRoom.objects.filter(closed_on=None).order_by("code")
        registered = [
            Place(ROOM, one.name, one.lon, one.lat)
            for one in rooms.filter(lon__range=(west, east), lat__range=(south, north))
        ]
        found = registered + [one for one in found if one.kind != ROOM or not registered]
    inside = ground.buffer(1e-9)
    return [one for one in found if inside.covers(Point(one.lon, one.lat))]


def work_map(area: Area, at: dt.datetime) -> bytes:
    """The printed work map of a grid (S-GRD-002): scale, legend, who is responsible, day of issue.

    Of an area that ended: its last border, and that it ended. Raises NoBorder
    """
    gone = ended(area, at)
    version = gone.version if gone else border_of(area, at)
    found = places_in(version, PLACES)
    picture, scale, size = _picture(version, found, MAP_MM, at)
    bar = max((one for one in BARS_M if one * 1000 / scale <= 60), default=BARS_M[0])
    told = _told(area, gone.last if gone else at, size) | {
        "title": _now("{name}: work map").format(name=version.name), "code": area.code,
        "version": _force_words(version, gone), "legend_head": _now("Legend"),
        "legend": _legend(found), "grid_colour": tokens("light")["m-grid"], "own_border": _now("Border of this grid"),
        "other_borders": _now("Borders of its neighbours"), "bar_mm": bar * 1000 / scale,
        "scale": _now("{bar} m · 1 : {scale}").format(bar=bar, scale=scale),
        "issued": _now("Issued {day}").format(day=local_date(at).isoformat()),
        "note": _now("Ground and services only: this sheet shows nothing about residents."),
    }  # fmt: skip
    return pdf(PAPER / "work_map.typ", told, {"map.svg": picture.svg})


def _force_words(version: AreaVersion, gone: Ended | None) -> str:
    since = local_date(version.during.lower).isoformat()
    if gone is None:
        return _now("Borders in force since {day}").format(day=since)
    after = "、".join(one.name for one in gone.after) or "—"
    return _now("Ended on {end}; borders in force from {day}. After it came: {after}").format(
        end=local_date(gone.at).isoformat(), day=since, after=after
    )


def board(area: Area, at: dt.datetime, *, address: str, code: str) -> bytes:
    """The board for residents (GRD-07): who is responsible and how to reach them. `code`: SVG that leads to `address`.

    Raises  NoBorder
    """
    version = border_of(area, at)
    picture, _scale, size = _picture(version, places_in(version, PUBLIC_PLACES), BOARD_MM, at)
    foot = _now("As of {day}. Whoever finds a name here that is no longer right may say so under the address above.")
    told = _told(area, at, size) | board_words(area, version, at) | {
        "code_says": _now("Scan, or type: {address}").format(address=address),
        "urgent": _now("In danger call 110. Fire 119, ambulance 120."),
        "foot": foot.format(day=local_date(at).isoformat()),
    }  # fmt: skip
    return pdf(PAPER / "board.typ", told, {"map.svg": picture.svg, "code.svg": code})


def board_words(area: Area, version: AreaVersion, at: dt.datetime) -> dict[str, Any]:
    """What on a board can become wrong: its name, where it lies, and who is responsible."""
    held = whose_ground(area, at)
    return {
        "title": version.name, "within": " · ".join(reversed([one.area.name for one in held[1:]])),
        "holders": [_holder(one) for one in held if one.holder][:3],
    }  # fmt: skip


def _picture(
    version: AreaVersion, found: Sequence[Place], room_mm: tuple[float, float], at: dt.datetime
) -> tuple[Picture, int, tuple[float, float]]:
    """The map, the scale it is printed at (1 : so many), and its size in millimetres."""
    west, south, east, north = shape(version.boundary).bounds
    whole = Ground((west, south, east, north))
    wanted = max(whole.wide / room_mm[0], whole.high / room_mm[1]) * 1000 * (1 + 2 * MARGIN)
    scale = next((one for one in SCALES if one >= wanted), SCALES[-1])
    wide_m, high_m = room_mm[0] * scale / 1000, room_mm[1] * scale / 1000
    lon, lat = (west + east) / 2, (south + north) / 2
    half_x, half_y = wide_m / 2 / whole.across, high_m / 2 / whole.up
    box = lon - half_x, lat - half_y, lon + half_x, lat + half_y
    beside = AreaVersion.objects.in_force_at(at).filter(layer=version.layer, parent=version.parent_id)
    others = [(one.name, one.boundary) for one in beside.exclude(area=version.area_id)]
    signs = [Sign(PLACES[one.kind][0], one.lon, one.lat) for one in found]
    return picture_of(box, version.boundary, others, signs, TEXT_MM * scale / 1000), scale, room_mm


def _told(area: Area, at: dt.datetime, size: tuple[float, float]) -> dict[str, Any]:
    holders = [_holder(one) for one in whose_ground(area, at) if one.holder][:3]
    return {
        "lang": "zh" if (get_language() or "zh").startswith("zh") else "en", "width_mm": size[0], "height_mm": size[1],
        "holders": holders,
    }  # fmt: skip


def _holder(one: Held) -> dict[str, str]:
    role = f"{one.role} · {_now('stands in at present')}" if one.covers else str(one.role)
    return {"tier": one.area.name, "holder": one.holder, "role": role}


def _legend(found: Sequence[Place]) -> list[dict[str, str]]:
    by_letter: dict[tuple[str, str], list[str]] = {}
    for one in found:
        letter, kind = PLACES[one.kind]
        by_letter.setdefault((letter, str(kind)), []).append(one.name)
    return [
        {"letter": letter, "kind": kind, "names": "、".join(names[:NAMES]) + _more(len(names) - NAMES)}
        for (letter, kind), names in by_letter.items()
    ]


def _more(left: int) -> str:
    return _now(" and {n} more").format(n=left) if left > 0 else ""
