"""The tree of standard addresses: numbers, texts, the areas they lie in, and what is found by words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from uuid import UUID

import shapely
from django.db import connection

from shouwang.core.geo import polygons_of
from shouwang.places.models import Address, AreaVersion, FoundPlace
from shouwang.places.words import comparable, pairs

ABOVE_STREETS = ("province", "city", "county", "township", "town", "street_office")
FOUND_BY_PARENT = "room"  # too many for the index of words: they are looked up below what was found
Point = tuple[float, float]


def next_numbers(count: int) -> list[int]:
    """Fresh numbers for so many addresses, in order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('places_address_number') FROM generate_series(1, %s)", [count])
        return [number for (number,) in cursor.fetchall()]


def said(address: Address) -> str:
    """As one says it here: from the street, estate or committee down; a division by its name."""
    parent = address.parent
    if parent is None or address.element in ABOVE_STREETS or parent.element in ABOVE_STREETS:
        return address.name
    return said(parent) + address.name


def official_text(parent: Address | None, name: str) -> str:
    """The one official text of an element of this name under `parent`."""
    return (parent.full_text if parent else "") + name


def areas_at(points: Sequence[Point | None], at: dt.datetime) -> list[UUID | None]:
    """The smallest duty area that holds each point; None outside the town, and for no point."""
    versions = list(AreaVersion.objects.in_force_at(at).filter(layer="duty").select_related("area"))
    depth = [one.area.duty_path.count("/") for one in versions]
    tree = shapely.STRtree([_shape(one) for one in versions])
    here = [(n, point) for n, point in enumerate(points) if point is not None]
    found: list[UUID | None] = [None] * len(points)
    if not here:
        return found
    deepest = [0] * len(points)
    hits = tree.query(shapely.points([point for _, point in here]), predicate="intersects")
    for place, version in zip(*hits.tolist(), strict=True):
        n = here[place][0]
        if depth[version] > deepest[n]:
            deepest[n], found[n] = depth[version], versions[version].area_id
    return found


def index(address: Address) -> None:
    """Write what finds this address by words; nothing finds one that has ended, but by what it became."""
    names = names_of(address)
    if not address.is_open or address.element == FOUND_BY_PARENT or address.point is None:
        FoundPlace.objects.filter(pk=address.pk).delete()
        return
    lon, lat = address.point
    parent = FoundPlace.objects.filter(pk=address.parent_id).first() if address.parent_id else None
    FoundPlace.objects.update_or_create(
        pk=address.pk,
        defaults={
            "kind": address.element, "is_address": True, "name": names[0][:120], "full_text": address.full_text[:200],
            "aliases": [name[:120] for name in names[1:]], "parent": parent, "lon": lon, "lat": lat,
            "searched": " ".join(comparable(name) for name in names), "grams": grams_of(names),
        },
    )  # fmt: skip


def names_of(address: Address) -> list[str]:
    """What it is called here, its aliases after it."""
    return [said(address), *address.aliases.order_by("name").values_list("name", flat=True)]


def grams_of(names: Iterable[str]) -> list[str]:
    return sorted({gram for name in names for gram in pairs(name)})


def _shape(version: AreaVersion) -> shapely.Geometry:
    parts = [shapely.Polygon(rings[0], rings[1:]) for rings in polygons_of(version.boundary)]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
