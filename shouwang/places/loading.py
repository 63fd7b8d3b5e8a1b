"""Storing a ground: all of it in one transaction, or nothing. The same ground twice changes nothing."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection
from django.db.models import Max
from psycopg.types.range import TimestamptzRange

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.ids import new_id
from shouwang.journal.record import record
from shouwang.places.ground import Ground, GroundArea, points_of
from shouwang.places.keeping import PLACE, copy_rows, keep_addresses
from shouwang.places.models import Area, AreaVersion, FoundPlace, GroundLoad, MapFeature
from shouwang.places.models.area import Layer, Status
from shouwang.places.tree import grams_of
from shouwang.places.words import comparable
from shouwang.solvers.roads import Road, RoadGraph, make_graph

_FEATURE = "load_id, layer, kind, name, geometry, west, south, east, north"


def load_ground(ground: Ground, *, by: Actor, at: dt.datetime, since: dt.datetime | None = None) -> GroundLoad:
    """Replace the ground in use; areas and addresses that are known already stay as they are. The load in use then.

    since  from when new areas are in force; `at` where it is not said
    """
    digest = ground.digest()
    known = GroundLoad.objects.filter(digest=digest).first()
    if known is not None:
        return known
    west, south, east, north = ground.bounds()
    with acting(by):
        old = list(GroundLoad.objects.values_list("pk", flat=True))
        load = GroundLoad.objects.create(
            source=ground.source[:200], digest=digest, loaded_at=at, west=west, south=south, east=east, north=north,
            roads=pack_roads(ground), n_features=len(ground.features), n_addresses=len(ground.addresses),
        )  # fmt: skip
        copy_rows(MapFeature._meta.db_table, _FEATURE, list(_features(ground, load)))
        copy_rows(FoundPlace._meta.db_table, PLACE, list(_sites(ground, load)))
        for area in ground.areas:
            _keep_area(area, since or at)
        for table, columns, rows in keep_addresses(ground, load, since or at):
            copy_rows(table, columns, rows)
        _forget(old)
        record("ground.load", topic="ground.loaded", subject=load.pk, by=by, at=at, features=len(ground.features),
               places=len(ground.addresses) + len(ground.sites), stretches=len(ground.stretches))  # fmt: skip
    return load


def _features(ground: Ground, load: GroundLoad) -> Iterator[Sequence[Any]]:
    for feature in ground.features:
        lons, lats = zip(*points_of(feature.geometry), strict=True)
        geometry = json.dumps(feature.geometry, separators=(",", ":"))
        yield (load.pk, feature.layer, feature.kind[:24], feature.name[:120], geometry,
               min(lons), min(lats), max(lons), max(lats))  # fmt: skip


def _sites(ground: Ground, load: GroundLoad) -> Iterator[Sequence[Any]]:
    for site in ground.sites:
        names = [site.name, *site.aliases]
        yield (new_id(), load.pk, site.kind, site.name[:120], site.name[:200], [one[:120] for one in site.aliases],
               " ".join(comparable(one) for one in names), grams_of(names), False, site.lon, site.lat, None, 0,
               False)  # fmt: skip


def _forget(loads: list[UUID]) -> None:
    """Earlier grounds with everything of theirs but the addresses."""
    with connection.cursor() as cursor:
        for model, column in ((MapFeature, "load_id"), (FoundPlace, "load_id"), (GroundLoad, "id")):
            cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE {column} = ANY(%s)", [loads])


def _keep_area(told: GroundArea, at: dt.datetime) -> None:
    if Area.objects.filter(scheme=told.scheme, code=told.code).exists():
        return
    number = (Area.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    parents = {
        layer: Area.objects.get(scheme=scheme, code=code) if code else None for layer, scheme, code in told.parents
    }
    paths = {layer: f"{getattr(parent, f'{layer}_path', '/')}{number}/" for layer, parent in parents.items()}
    area = Area.objects.create(
        number=number, code=told.code, scheme=told.scheme, tier=told.tier, name=told.name,
        layer=Layer.DUTY if "duty" in parents else Layer.GOVERNMENT,
        duty_path=paths.get("duty", ""), government_path=paths.get("government", ""),
        urban_rural=told.urban_rural,
    )  # fmt: skip
    for layer, parent in parents.items():
        AreaVersion.objects.create(
            area=area, layer=layer, parent=parent, name=told.name, ordinal=told.ordinal, boundary=told.boundary,
            households=told.households, status=Status.IN_FORCE, during=TimestamptzRange(at, None),
        )  # fmt: skip


def pack_roads(ground: Ground) -> bytes:
    """The road graph's arrays as npz."""
    nodes = np.array(ground.nodes, float).reshape(-1, 2)
    roads = [Road(s.a, s.b, s.klass, s.one_way, s.speed_kmh, s.way) for s in ground.stretches]
    graph = make_graph(nodes[:, 0].tolist(), nodes[:, 1].tolist(), roads, ground.bans)
    packed = io.BytesIO()
    np.savez_compressed(
        packed, lon=graph.lon, lat=graph.lat, a=graph.a, b=graph.b, metres=graph.metres, seconds=graph.seconds,
        both_ways=graph.both_ways, way=graph.way, bans=graph.bans, group=graph.group,
    )  # fmt: skip
    return packed.getvalue()


def ground_in_use() -> UUID | None:
    """The newest load; None before the first."""
    return GroundLoad.objects.order_by("-loaded_at").values_list("pk", flat=True).first()


def road_graph() -> RoadGraph | None:
    """The graph in use, kept in this process; None before a ground with roads was loaded."""
    newest = ground_in_use()
    return graph_of(newest) if newest else None


@lru_cache(maxsize=2)
def graph_of(load: UUID) -> RoadGraph | None:
    """The roads of one load; None where it has none."""
    with np.load(io.BytesIO(GroundLoad.objects.values_list("roads", flat=True).get(pk=load))) as packed:
        arrays = {name: packed[name] for name in packed.files}
    arrays.setdefault("group", np.ones(len(arrays["a"]), np.int64))  # loaded before groups were kept: all streets
    graph = RoadGraph(**arrays)
    return graph if len(graph.a) else None
