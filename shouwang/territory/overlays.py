"""Acts on free layers: make one, draw and name areas in it, bring them from a file, retire it.

They hold at once and need nobody's approval: a free layer gives no access, moves no responsibility, and is drawn by
whoever draws borders on its ground.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import TimestamptzRange

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import NotVisible, paths_of, require, spans
from shouwang.people.verbs import Verb
from shouwang.places.models import Area, AreaVersion, FreeArea, FreeLayer
from shouwang.places.models.area import Layer, Scheme, Status, Tier
from shouwang.territory.files import MOST_PIECES, DrawingUnreadable, PieceUnclear
from shouwang.territory.naming import LONGEST, NameTaken, NameUnusable, check_name
from shouwang.territory.tiling import readable

TIERS = (Tier.SECTOR, Tier.BEAT)
DIGITS = 7


class LayerRetired(Problem):
    code, status = "territory.layer_retired", 409
    says = _("{name} was retired; this no longer applies.")


class NoOutline(Problem):
    code, status = "territory.no_outline", 422
    says = _("{name} has no border: give at least three corners, without crossing its own line.")


class LayerFull(Problem):
    code, status = "territory.layer_full", 422
    says = _("A layer holds at most {most} areas.")


def visible_layers(by: Actor, at: dt.datetime) -> QuerySet[FreeLayer]:
    """Layers in use on ground that `by` may see, on any ground within it, and above it."""
    paths = spans(by, Verb.AREA_READ, at)
    near = [
        one.pk
        for one in FreeLayer.objects.filter(retired_at=None).select_related("ground")
        if any(mine.startswith(path) or path.startswith(mine) for mine in paths_of(one.ground) for path in paths)
    ]
    return FreeLayer.objects.filter(pk__in=near).select_related("ground").order_by("name")


def areas_of(layer: FreeLayer, at: dt.datetime) -> list[AreaVersion]:
    """Its areas as they lie at that instant, by name."""
    rows = AreaVersion.objects.in_force_at(at).filter(layer=Layer.FREE, area__free_area__layer=layer)
    return list(rows.select_related("area").order_by("name"))


def make_layer(ground: Area, name: str, tier: str, *, by: Actor, at: dt.datetime) -> FreeLayer:
    """Raises NotAllowed, NotVisible, NameUnusable, NameTaken"""
    with acting(by):
        require(by, Verb.AREA_DRAW, ground, at)
        clean = _clean(name)
        try:
            with transaction.atomic():
                layer = FreeLayer.objects.create(
                    name=clean, tier=tier if tier in TIERS else Tier.SECTOR, ground=ground, made_at=at
                )
        except IntegrityError as fault:
            raise NameTaken(field="name", name=clean) from fault
        record("layer.make", topic="layer.changed", subject=layer, area=ground, by=by, at=at, called=clean)
    return layer


def rename_layer(layer: FreeLayer, name: str, *, by: Actor, at: dt.datetime) -> FreeLayer:
    """Raises NotAllowed, NotVisible, LayerRetired, NameUnusable, NameTaken"""
    with acting(by):
        row = _locked(layer, by, at)
        was, row.name = row.name, _clean(name)
        try:
            with transaction.atomic():
                row.save(update_fields=["name"])
        except IntegrityError as fault:
            raise NameTaken(field="name", name=row.name) from fault
        record("layer.rename", topic="layer.changed", subject=row, area=row.ground, by=by, at=at,
               was_called=was, called=row.name)  # fmt: skip
    return row


def retire_layer(layer: FreeLayer, *, by: Actor, at: dt.datetime) -> FreeLayer:
    """Its areas end with it; what they were stays on record. Raises NotAllowed, NotVisible, LayerRetired"""
    with acting(by):
        row = _locked(layer, by, at)
        for one in areas_of(row, at):
            _end(one, at)
        row.retired_at = at
        row.save(update_fields=["retired_at"])
        record("layer.retire", topic="layer.changed", subject=row, area=row.ground, by=by, at=at, called=row.name)
    return row


def draw_areas(
    layer: FreeLayer, drawn: Sequence[tuple[str, dict[str, Any]]], *, by: Actor, at: dt.datetime
) -> list[Area]:  # fmt: skip
    """Lay these names and borders into the layer, all or none; a name that is in it already gets the new border.

    Raises  NotAllowed, NotVisible, LayerRetired, NoOutline, NameUnusable, NameTaken, NamedAfterPerson, LayerFull
    """
    with acting(by):
        row = _locked(layer, by, at)
        today = {one.name: one for one in areas_of(row, at)}
        for name, boundary in drawn:
            if readable(boundary) is None:
                raise NoOutline(field="corners", name=name)
        if len({*today, *(name for name, _border in drawn)}) > MOST_PIECES:
            raise LayerFull(field="file", most=MOST_PIECES)
        found = [_laid(row, name, boundary, today, at) for name, boundary in drawn]
        record("layer.draw", topic="layer.changed", subject=row, area=row.ground, by=by, at=at,
               called=row.name, areas=len(found))  # fmt: skip
    return found


def rename_area(layer: FreeLayer, area: Area, name: str, *, by: Actor, at: dt.datetime) -> Area:
    """Raises NotAllowed, NotVisible, LayerRetired, NameUnusable, NameTaken, NamedAfterPerson"""
    with acting(by):
        row = _locked(layer, by, at)
        version, was = _version(row, area, at), area.name
        area.name = check_name(name, but=area)
        _end(version, at)
        _begin(area, version.boundary, at)
        area.save(update_fields=["name"])
        record("layer.name_area", topic="layer.changed", subject=row, area=row.ground, by=by, at=at,
               was_called=was, called=area.name)  # fmt: skip
    return area


def drop_area(layer: FreeLayer, area: Area, *, by: Actor, at: dt.datetime) -> None:
    """Raises NotAllowed, NotVisible, LayerRetired"""
    with acting(by):
        row = _locked(layer, by, at)
        _end(_version(row, area, at), at)
        record("layer.drop_area", topic="layer.changed", subject=row, area=row.ground, by=by, at=at, called=area.name)


def read_overlay(raw: bytes) -> list[tuple[str, dict[str, Any]]]:
    """Names and borders of a GeoJSON file; each feature says its `title` or `name`.

    Raises  DrawingUnreadable, PieceUnclear
    """
    try:
        features = json.loads(raw.decode())["features"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise DrawingUnreadable(field="file", most=MOST_PIECES) from None
    if not isinstance(features, list) or not 0 < len(features) <= MOST_PIECES:
        raise DrawingUnreadable(field="file", most=MOST_PIECES)
    found: dict[str, dict[str, Any]] = {}
    for number, feature in enumerate(features, start=1):
        told = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(told, dict) or not isinstance(feature.get("geometry"), dict):
            raise PieceUnclear(field="file", number=number, what="geometry")
        name = " ".join(str(told.get("title") or told.get("name") or "").split())
        if not name or name in found:
            raise PieceUnclear(field="file", number=number, what="title")
        found[name] = feature["geometry"]
    return list(found.items())


def write_overlay(layer: FreeLayer, at: dt.datetime) -> dict[str, Any]:
    """The layer as GeoJSON: for the map, and to be changed and brought back."""
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "geometry": one.boundary, "properties": {"title": one.name, "code": one.area.code}}
            for one in areas_of(layer, at)
        ],
    }


def outline_of(corners: Sequence[Sequence[float]]) -> dict[str, Any]:
    """A polygon through these corners, closed; no valid area below three."""
    ring = [[round(lon, DIGITS), round(lat, DIGITS)] for lon, lat in corners]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]] if len(ring) > 2 else []}


def _laid(
    layer: FreeLayer, name: str, boundary: dict[str, Any], today: dict[str, AreaVersion], at: dt.datetime
) -> Area:
    known = today.get(" ".join(name.split()))
    if known is not None:
        if known.boundary != boundary:
            _end(known, at)
            _begin(known.area, boundary, at)
        return known.area
    number = (Area.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    area = Area.objects.create(
        number=number, code=f"F{number}", scheme=Scheme.OWN, tier=layer.tier, layer=Layer.FREE, name=check_name(name)
    )
    FreeArea.objects.create(area=area, layer=layer)
    _begin(area, boundary, at)
    return area


def _begin(area: Area, boundary: dict[str, Any], at: dt.datetime) -> None:
    AreaVersion.objects.create(
        area=area, layer=Layer.FREE, name=area.name, boundary=boundary, status=Status.IN_FORCE,
        during=TimestamptzRange(at, None),
    )  # fmt: skip


def _end(version: AreaVersion, at: dt.datetime) -> None:
    during = TimestamptzRange(version.during.lower, at)
    AreaVersion.objects.filter(pk=version.pk).update(status=Status.SUPERSEDED, during=during)


def _version(layer: FreeLayer, area: Area, at: dt.datetime) -> AreaVersion:
    found = next((one for one in areas_of(layer, at) if one.area_id == area.pk), None)
    if found is None:
        raise NotVisible
    return found


def _locked(layer: FreeLayer, by: Actor, at: dt.datetime) -> FreeLayer:
    row = FreeLayer.objects.select_for_update(of=("self",)).select_related("ground").get(pk=layer.pk)
    require(by, Verb.AREA_DRAW, row.ground, at)
    if row.retired_at is not None:
        raise LayerRetired(name=row.name)
    return row


def _clean(name: str) -> str:
    clean = " ".join(name.split())
    if not clean or len(clean) > LONGEST or not clean.isprintable():
        raise NameUnusable(field="name")
    return clean
