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
from shouwang.places.models.area import Layer, Status, Tier
from shouwang.territory.cuts import ANSWERING

SLIVER = 0.01  # of an ended area's ground: what is less only had its border moved


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


@dataclass(frozen=True)
class Ended:
    """An area that is no longer there: its last border, when it ended, and what lay on its ground from then on."""

    version: AreaVersion
    at: dt.datetime
    after: list[AreaVersion]  # who took most of it first

    @property
    def last(self) -> dt.datetime:
        """Its last moment, for who was responsible."""
        return self.at - dt.timedelta(microseconds=1)


def grids_at(community: Area, at: dt.datetime) -> list[AreaVersion]:
    rows = AreaVersion.objects.in_force_at(at).filter(parent=community, layer=Layer.DUTY, area__tier=Tier.GRID)
    return [one for one in rows.select_related("area").order_by("ordinal") if one.boundary.get("coordinates")]


def held_then(versions: list[AreaVersion], at: dt.datetime) -> dict[Any, str]:
    """Area → who held it at that instant; "" for nobody."""
    found = holders_of([one.area for one in versions], at)
    return {key: post.person.name if post else "" for key, post in found.items()}


def ended(area: Area, at: dt.datetime) -> Ended | None:
    """None for an area that is in force, and for one that never was."""
    rows = AreaVersion.objects.filter(area=area, layer__in=ANSWERING)
    if any(one.boundary.get("coordinates") for one in rows.in_force_at(at)):
        return None
    past = rows.filter(status=Status.SUPERSEDED, during__isempty=False, during__endswith__lte=at)
    last = next((one for one in past.order_by("-during__endswith", "layer") if one.boundary.get("coordinates")), None)
    return Ended(last, last.during.upper, _came_after(last, area.tier)) if last else None


def _came_after(last: AreaVersion, tier: str) -> list[AreaVersion]:
    """Areas of the same tier that took over ground in the moment it ended; beside it first, else anywhere."""
    rows = AreaVersion.objects.in_force_at(last.during.upper).filter(layer=last.layer, area__tier=tier)
    ground = shape(last.boundary)
    for near in (rows.filter(parent=last.parent_id), rows):
        found = [
            (shapely.intersection(ground, shape(one.boundary)).area, one)
            for one in near.select_related("area")
            if one.boundary.get("coordinates")
        ]
        taken = [(much, one) for much, one in found if much > SLIVER * ground.area]
        if taken:
            return [one for _much, one in sorted(taken, key=lambda pair: -pair[0])]
    return []


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
