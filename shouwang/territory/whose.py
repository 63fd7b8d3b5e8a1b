"""Whose ground this is, as the public may know it: the areas from the smallest up, and who holds each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.functional import Promise

from shouwang.people.chain import areas_upwards
from shouwang.people.roles import ROLE_TABLE
from shouwang.places.models import Area


@dataclass(frozen=True)
class Held:
    """One area and its holder; `holder` "" where nobody holds it, `covers` where somebody stands in."""

    area: Area
    holder: str
    role: Promise | str
    covers: bool


def whose_ground(area: Area, at: dt.datetime) -> list[Held]:
    """The area and those it lies in, nearest first."""
    ids = areas_upwards(area, at)
    areas = Area.objects.in_bulk(ids)
    with connection.cursor() as cursor:
        cursor.execute("SELECT area, holder, role, covers FROM territory_responsible(%s, %s)", [ids, at])
        held: dict[UUID, tuple[str, str, bool]] = {key: (*row,) for key, *row in cursor.fetchall()}
    return [_held(areas[key], *held.get(key, ("", "", False))) for key in ids]


def _held(area: Area, holder: str, role: str, covers: bool) -> Held:
    known = ROLE_TABLE.get(role)
    return Held(area, holder, known.label if known else "", covers)
