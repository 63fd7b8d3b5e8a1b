"""What is left without anybody in time when a crew goes: homes and places by road, or how far the next one is."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from shouwang.core.actor import Actor
from shouwang.core.geo import metres_between
from shouwang.dispatch.coverage import free_crews
from shouwang.dispatch.driving import DETOUR, STRAIGHT_MPS
from shouwang.dispatch.homes import demand_of
from shouwang.dispatch.rapid import Rapid
from shouwang.dispatch.standing import OnDuty, Standing
from shouwang.people.access import Verb, spans
from shouwang.places.models.area import Tier
from shouwang.places.roads import Roads
from shouwang.solvers.covering import Stand, left_without
from shouwang.solvers.nearest import Box, wider

TOWN_MPS = 12.5  # 45 km/h as the crow flies, which nobody keeps up through a town


@dataclass(frozen=True)
class Left:
    """homes, places   nobody else reaches in the promised `minutes`      alone     there is no other free crew
    next_s             how far the next free crew is from here; where the ground has no roads or no homes
    """

    homes: int = 0
    places: int = 0
    minutes: int = 0
    alone: bool = False
    next_s: float | None = None


def left_behind(
    going: Sequence[Standing], everybody: Sequence[Standing], roads: Roads, rapid: Rapid, *, by: Actor,
    at: dt.datetime,
) -> dict[UUID, Left]:  # fmt: skip
    """By unit: what each of `going` leaves behind if it goes and all the others stay. Busy crews leave nothing.

    roads  as they are at that time
    """
    free = [one for one in everybody if one.free]
    leaving = [one for one in going if one.free]
    if not leaving:
        return {}
    load, graph = roads
    demand = demand_of(load, rapid, at) if load and graph is not None else None
    if graph is None or demand is None or not len(demand):
        return {one.unit.pk: Left(alone=len(free) < 2, next_s=_next_s(one, free)) for one in leaving}
    names = {one.unit.pk for one in leaving}
    others = free_crews(spans(by, Verb.UNIT_SEND, at), at, _around([one.at for one in leaving], rapid))
    staying = [one.stand(rapid) for one in others if one.unit not in names]
    lost = left_without(graph, demand, [stand_of(one.unit, one.at, rapid) for one in leaving], staying)
    named, minutes = demand.homes == 0, round(rapid.longest_s / 60)
    return {
        one.unit.pk: Left(
            round(float(demand.homes[row].sum())), int((row & named).sum()), minutes, not staying and len(leaving) < 2
        )
        for one, row in zip(leaving, lost, strict=True)
    }


def _around(places: Sequence[tuple[float, float]], rapid: Rapid) -> Box | None:
    """Who stands outside reaches nothing in time that one of these reaches."""
    lon, lat = zip(*places, strict=True)
    return wider((min(lon), min(lat), max(lon), max(lat)), 2 * rapid.longest_s * TOWN_MPS)


def stand_of(unit: OnDuty, at: tuple[float, float], rapid: Rapid) -> Stand:
    return Stand(at, rapid.unit_s(unit.form, unit.home_tier == Tier.STATION))


def _next_s(one: Standing, free: Sequence[Standing]) -> float | None:
    """How far the next free crew would be from where this one stands now; None when there is no other."""
    others = [other.at for other in free if other is not one]
    if not others:
        return None
    (lon, lat), narrow = one.at, math.cos(math.radians(one.at[1])) ** 2
    nearest = min(others, key=lambda at: (at[0] - lon) ** 2 * narrow + (at[1] - lat) ** 2)
    return metres_between(*nearest, lon, lat) * DETOUR / STRAIGHT_MPS
