"""What a phone takes along for the day: the field lists, the addresses of one grid, and the visits that are due.

Public ground and one's own tasks. What a dwelling is like is asked for building by building, and each asking is a look.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.matters.kinds import kind_of
from shouwang.matters.models import Matter
from shouwang.matters.models.matter import Phase
from shouwang.people.access import NotVisible, Verb, posts_of, spans, within
from shouwang.places.models import Address, Area
from shouwang.places.models.address import Element
from shouwang.places.models.area import Tier
from shouwang.registry.forms import DwellingFields, field_lists
from shouwang.registry.lists import Register
from shouwang.registry.opening import Seen, open_here
from shouwang.registry.purposes import Purpose

VISITS = ("visit", "hazard", "address_check")
SOON = dt.timedelta(hours=36)
MOST_VISITS, MOST_PLACES, MOST_RECORDS = 60, 6000, 20
STREETS = (Element.STREET, Element.ESTATE, Element.COMPOUND, Element.NATURAL_VILLAGE)
BELOW = (*STREETS, Element.BUILDING, Element.ENTRANCE_UNIT, Element.ROOM)


class TooManyRecords(Problem):
    code, status = "field.too_many_records", 413
    says = _("At most 20 dwellings are taken along at once. Take along one building after the other.")


def ground_for(by: Actor, at: dt.datetime, chosen: UUID | None = None) -> dict[str, Any]:
    """The whole answer of /field/ground.json. Raises NotVisible for a grid that is not one's own."""
    grids = _grids(by, at)
    grid = next((one for one in grids if one.pk == chosen), None) if chosen else (grids[0] if grids else None)
    if chosen and grid is None:
        raise NotVisible
    places = _places(grid) if grid else []
    return {
        "at": at.isoformat(), "lists": field_lists(), "holds": holds(by, at),
        "grids": [{"id": str(one.pk), "name": one.name} for one in grids],
        "grid": str(grid.pk) if grid else None, "places": [_place(one) for one in places], "box": _box(places),
        "visits": _visits(by, at),
    }  # fmt: skip


def holds(by: Actor, at: dt.datetime) -> list[str]:
    """The posts one holds: when they change, what the phone took along for the old ones goes."""
    return sorted(str(post.pk) for post in posts_of(by, at))


def dwellings_at(addresses: list[UUID], by: Actor, at: dt.datetime) -> list[dict[str, Any]]:
    """What the dwellings there are like, and the version of each: one look. Raises TooManyRecords, LookRefused."""
    if len(addresses) > MOST_RECORDS:
        raise TooManyRecords
    here = {place: row for place in addresses if (row := _dwelling(place, by))}
    if not here:
        return []
    seen = open_here(list(here.values()), register=Register.DWELLING, purpose=Purpose.VISIT, by=by, at=at)
    return [_record(one) for one in seen]


def _dwelling(address: UUID, by: Actor) -> UUID | None:
    with acting(by), connection.cursor() as cursor:
        cursor.execute("SELECT dwelling_at(%s)", [address])
        row: UUID | None = cursor.fetchone()[0]
        return row


def _record(seen: Seen) -> dict[str, Any]:
    told = {name: seen[name] for name in DwellingFields.base_fields}
    return {"address": seen["address_id"], "record": str(seen.id), "version": seen["version"], "told": told}


def _grids(by: Actor, at: dt.datetime) -> list[Area]:
    """The grids one keeps registers for: first those one is responsible for."""
    own = [post.area_id for post in posts_of(by, at)]
    reach = within(spans(by, Verb.REGISTER_KEEP, at))
    found = list(Area.objects.filter(reach, tier=Tier.GRID).order_by("name")[:200])
    return sorted(found, key=lambda area: area.pk not in own)


def _places(grid: Area) -> list[Address]:
    """What is in use there, with the streets above, the highest first."""
    inside = list(Address.objects.in_use().filter(area=grid, element__in=BELOW).order_by("path")[:MOST_PLACES])
    numbers = {number for one in inside for number in one.numbers}
    above = Address.objects.filter(number__in=numbers - {one.number for one in inside}, element__in=BELOW)
    return sorted([*above, *inside], key=lambda one: one.path)


def _place(one: Address) -> dict[str, Any]:
    up = one.numbers[-2] if len(one.numbers) > 1 else None
    return {
        "id": str(one.pk), "number": one.number, "up": up, "element": one.element, "name": one.name,
        "text": one.full_text, "lon": one.lon, "lat": one.lat,
    }  # fmt: skip


def _box(places: Iterable[Address]) -> list[float] | None:
    points = [one.point for one in places if one.point]
    if not points:
        return None
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    return [min(lons), min(lats), max(lons), max(lats)]


def _visits(by: Actor, at: dt.datetime) -> list[dict[str, Any]]:
    """Open visits, hazards and addresses to look at: one's own, due soon or overdue, the most urgent first."""
    posts = [post.pk for post in posts_of(by, at)]
    rows = Matter.objects.visible_to(by, at).filter(
        kind__in=VISITS, responsible__in=posts, phase__in=(Phase.NEW, Phase.ACTIVE, Phase.WAITING)
    )
    due = rows.filter(due_at__lt=at + SOON)
    return [_visit(one) for one in due.order_by("due_at")[:MOST_VISITS]]


def _visit(matter: Matter) -> dict[str, Any]:
    kind = kind_of(matter.kind)
    sort = kind.subkinds.get(matter.subkind)
    return {
        "id": str(matter.pk), "number": matter.number, "kind": str(sort.label if sort else kind.label),
        "place": matter.place_text, "due": matter.due_at.isoformat() if matter.due_at else None,
        "lon": matter.lon, "lat": matter.lat,
    }  # fmt: skip
