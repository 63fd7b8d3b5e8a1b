"""Positions from the gateway into the pipeline: a radio reports for the unit on which its holder is on shift now."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence
from uuid import UUID

from django.db import DatabaseError

from shouwang.connections.radio.protocol import Report
from shouwang.core.problem import Problem
from shouwang.duty.models import Crew, EquipmentForm, Item, ItemState
from shouwang.tracking.limits import READINGS, TooMany
from shouwang.tracking.pipeline import Passing, checked_of, keep
from shouwang.tracking.pipeline.authenticate import all_known
from shouwang.tracking.reading import Reading

log = logging.getLogger("shouwang.radio")
SOURCE = "radio"


def take(reports: Sequence[Report], at: dt.datetime) -> list[bool]:
    """Whether each is settled, after the commit: kept, or dropped by design. False: it must be sent again."""
    try:
        carried = units_of({one.terminal for one in reports}, at)
        known = all_known(set(carried.values()), at)
        settled: list[bool] = []
        passings: list[Passing] = []
        for one in reports:
            unit = carried.get(one.terminal)
            try:
                READINGS.take(f"radio {one.terminal}", at)
                passing = checked_of(known[unit], _reading(one), source=SOURCE, at=at) if unit in known else None
            except TooMany:
                settled.append(False)
                continue
            except Problem:
                passing = None
            settled.append(True)
            if passing is not None:
                passings.append(passing)
        keep(passings)
    except DatabaseError:
        log.exception("%d positions of radios were not stored", len(reports))
        return [False] * len(reports)
    return settled


def units_of(terminals: set[str], at: dt.datetime) -> dict[str, UUID]:
    """By terminal number: the unit its holder rides with, or that the radio was issued to. Two queries."""
    rows = Item.objects.filter(terminal__in=terminals, kind__form=EquipmentForm.RADIO, state=ItemState.ISSUED)
    items = list(rows.values_list("terminal", "unit", "holder"))
    crews = Crew.objects.filter(person__in=[holder for _t, _u, holder in items if holder], during__contains=at)
    aboard = dict(crews.values_list("person", "shift__unit"))
    found = {terminal: aboard.get(holder, unit) for terminal, unit, holder in items}
    return {terminal: unit for terminal, unit in found.items() if unit is not None}


def _reading(one: Report) -> Reading:
    heading = one.heading_deg % 360 if one.heading_deg is not None else None
    return Reading(lon=one.lon, lat=one.lat, at=one.at, speed_mps=one.speed_mps, heading_deg=heading)
