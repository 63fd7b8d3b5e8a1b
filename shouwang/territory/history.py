"""The ground as it was: whose grid a place was in, and figures of then told on the grids of now, as an estimate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import shape

from shouwang.people.chain import holders_of
from shouwang.places.models import Area, AreaVersion
from shouwang.places.models.area import Layer, Tier


@dataclass(frozen=True)
class Then:
    """One grid of a day: its version, who held it, and what was known of it."""

    version: AreaVersion
    holder: str
    figures: dict[str, int]


@dataclass(frozen=True)
class Now:
    """One grid of today with a figure of then, shared out by the ground it took over."""

    version: AreaVersion
    figures: dict[str, float]


def grids_at(community: Area, at: dt.datetime) -> list[AreaVersion]:
    rows = AreaVersion.objects.in_force_at(at).filter(parent=community, layer=Layer.DUTY, area__tier=Tier.GRID)
    return [one for one in rows.select_related("area").order_by("ordinal") if one.boundary.get("coordinates")]


def held_then(versions: list[AreaVersion], at: dt.datetime) -> dict[Any, str]:
    """Area → who held it at that instant; "" for nobody."""
    found = holders_of([one.area for one in versions], at)
    return {key: post.person.name if post else "" for key, post in found.items()}


def shared_out(
    figures: Mapping[str, float], old: Mapping[str, dict[str, Any]], new: Mapping[str, dict[str, Any]]
) -> dict[str, float]:
    """What `figures` of old areas come to on new ones, by the share of ground (areal weighting).

    Why an estimate  it takes people to be spread evenly over an old area.
    """
    found = dict.fromkeys(new, 0.0)
    new_shapes = {code: shape(boundary) for code, boundary in new.items()}
    for code, boundary in old.items():
        ground = shape(boundary)
        shares = {
            one: shapely.intersection(ground, here).area for one, here in new_shapes.items() if ground.intersects(here)
        }
        whole = sum(shares.values())
        for one, share in shares.items():
            found[one] += figures.get(code, 0) * share / whole if whole else 0.0
    return found


def place_then(lon: float, lat: float, at: dt.datetime) -> AreaVersion | None:
    """The smallest area that held this place on duty at that instant, as it was called then."""
    point = shapely.Point(lon, lat)
    rows = AreaVersion.objects.in_force_at(at).filter(layer=Layer.DUTY).exclude(area__tier=Tier.GRID_POINT)
    order = [Tier.GRID, Tier.COMMUNITY, Tier.STATION, Tier.BUREAU]
    for tier in order:
        for one in rows.filter(area__tier=tier).select_related("area"):
            if one.boundary.get("coordinates") and shape(one.boundary).covers(point):
                return one
    return None
