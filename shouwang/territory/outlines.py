"""Borders of a sheet: those that follow from what lies inside, and whether all of them fit together."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from shapely.geometry import shape

from shouwang.places.models.area import Layer, Tier
from shouwang.territory.plots import ORDER
from shouwang.territory.tiling import Kind, faults_of

Key = tuple[str, str]  # scheme and code
SAYS = {
    Kind.NOT_A_SHAPE: _("the border does not close, or crosses itself"),
    Kind.OUTSIDE: _("it reaches out of the area above it"),
    Kind.OVERLAP: _("they overlap"),
    Kind.GAP: _("some ground in it belongs to nobody yet"),
    Kind.IN_PIECES: _("it lies in several pieces"),
}
WHOLES = (Tier.BUREAU, Tier.COUNTY, Tier.STATION, Tier.TOWNSHIP)  # they grow with what is added to them
STOPS = (Kind.NOT_A_SHAPE, Kind.OUTSIDE, Kind.OVERLAP)  # what is only unfinished is told, and does not stop a sheet


@dataclass
class Outline:
    """One area with its border, as it will be."""

    key: Key
    tier: Tier
    name: str
    parents: dict[Layer, Key | None]
    border: dict[str, Any] | None
    given: bool  # by the sheet: then nothing is worked out for it
    households: int = 0
    grown: bool = False
    urban_rural: str = ""


def follow_from_inside(outlines: Mapping[Key, Outline]) -> None:
    """From the bottom up: an area without a border gets that of its children; what is a whole grows."""
    for tier in reversed(ORDER):
        for one in [one for one in outlines.values() if one.tier == tier and not one.given]:
            whole = one.tier in WHOLES
            if one.border and not whole:
                continue
            inside = [child.border for child in _children(outlines, one) if child.border]
            if not inside:
                continue
            parts = [shape(border) for border in ([one.border, *inside] if one.border else inside)]
            before = shape(one.border) if one.border else None
            after = shapely.set_precision(shapely.union_all(parts), 1e-9)
            if before is None or after.difference(before.buffer(1e-7)).area > 0:
                one.border, one.grown = json.loads(shapely.to_geojson(after)), True


def check(
    outlines: Mapping[Key, Outline], stops: Callable[[str, Promise], None], tells: Callable[[str, Promise], None]
) -> None:
    """`stops(name, why)` for what cannot be, `tells(name, why)` for what is unfinished; each once."""
    said: set[tuple[str, Kind]] = set()
    for one in outlines.values():
        if one.border is None:
            continue
        tiles = {child.name: child.border for child in _children(outlines, one) if child.border}
        if not tiles:
            continue
        for fault in faults_of(one.border, tiles):
            names = "、".join(fault.names) or one.name
            if (names, fault.kind) not in said:
                said.add((names, fault.kind))
                (stops if fault.kind in STOPS else tells)(names, SAYS[fault.kind])


def _children(outlines: Mapping[Key, Outline], parent: Outline) -> list[Outline]:
    """What tiles an area. Grid points stand loose in their grid and tile nothing."""
    found = [one for one in outlines.values() if parent.key in one.parents.values()]
    return [one for one in found if one.tier != Tier.GRID_POINT]
