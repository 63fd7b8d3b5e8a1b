"""What the work map of an area shows: who holds it, its neighbours, and layers that depend on what one may know."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from shapely.geometry import shape

from shouwang.core.actor import Actor
from shouwang.people.access import NotVisible, may, reaches, spans
from shouwang.people.verbs import Verb
from shouwang.places.models import Area, AreaVersion
from shouwang.places.models.area import Tier
from shouwang.territory.classes import community_of
from shouwang.territory.divisions import kind_words
from shouwang.territory.history import Ended, ended
from shouwang.territory.renaming import Called, names_of, proposed_names
from shouwang.territory.sheets import PLACES, NoBorder, Place, border_of, places_in
from shouwang.territory.whose import Held, whose_ground

LAYERS: dict[str, tuple[Promise, tuple[str, ...]]] = {
    "police": (_("Police rooms and booths"), ("police_room", "booth")),
    "safety": (_("Hydrants"), ("hydrant",)),
    "schools": (_("Schools"), ("school", "kindergarten")),
    "services": (_("Clinics, offices, markets"), ("clinic", "hospital", "committee", "market")),
}
CONTACTS = _("Contact points")


@dataclass(frozen=True)
class Layer:
    key: str
    label: Promise
    features: list[dict[str, Any]]


@dataclass(frozen=True)
class Shown:
    area: Area
    version: AreaVersion
    held: list[Held]
    beside: list[AreaVersion]
    names: list[Called]  # the newest first
    proposed: list[AreaVersion]  # other names on their way
    community: Area  # itself or the one above it: what has an urban–rural class
    layers: list[Layer]
    draws: bool
    ended: Ended | None = None

    @property
    def kind(self) -> Promise | str:
        """What the community's statistical code says it is."""
        return kind_words(self.community.code, self.community.scheme, self.community.tier)

    @property
    def data(self) -> dict[str, Any]:
        """GeoJSON for the map: borders, and each layer."""
        grids = [_border(self.version, True)] + [_border(one, False) for one in self.beside]
        layers = {one.key: {"type": "FeatureCollection", "features": one.features} for one in self.layers}
        return {"grids": {"type": "FeatureCollection", "features": grids}, "layers": layers}


def load(code: str, by: Actor, at: dt.datetime) -> Area:
    """Raises NotVisible."""
    tiers = [Tier.GRID, Tier.COMMUNITY]
    found = Area.objects.filter(reaches(spans(by, Verb.AREA_READ, at)), code=code[:24], tier__in=tiers).first()
    if found is None:
        raise NotVisible
    return found


def show(area: Area, by: Actor, at: dt.datetime) -> Shown:
    """As it is today; of an area that ended, as it was in its last moment, with what came after it."""
    gone = ended(area, at)
    if gone is not None:
        return _show_ended(area, gone)
    try:
        version = border_of(area, at)
    except NoBorder:
        raise Http404 from None
    found = places_in(version, PLACES)
    layers = [
        Layer(key, label, [_point(one) for one in found if one.kind in kinds]) for key, (label, kinds) in LAYERS.items()
    ]
    if may(by, Verb.PERSON_READ, area, at):
        layers.append(Layer("contacts", CONTACTS, _contacts(version, at)))
    beside = AreaVersion.objects.in_force_at(at).filter(layer=version.layer, parent=version.parent_id)
    return Shown(
        area, version, whose_ground(area, at), list(beside.exclude(area=area).order_by("ordinal")), names_of(area),
        proposed_names(area), community_of(area) or area, layers, may(by, Verb.AREA_DRAW, area, at),
    )  # fmt: skip


def _show_ended(area: Area, gone: Ended) -> Shown:
    return Shown(
        area, gone.version, whose_ground(area, gone.last), gone.after, names_of(area), [], community_of(area) or area,
        [], draws=False, ended=gone,
    )  # fmt: skip


def _contacts(version: AreaVersion, at: dt.datetime) -> list[dict[str, Any]]:
    """Grid points with the contact of each: a post of the team, not a resident of the registers."""
    points = AreaVersion.objects.in_force_at(at).filter(
        layer=version.layer, parent=version.area_id, area__tier=Tier.GRID_POINT
    )
    found = []
    for one in points.select_related("area"):
        if one.boundary.get("coordinates"):
            inside = shape(one.boundary).representative_point()
            holder = next((held.holder for held in whose_ground(one.area, at) if held.area == one.area), "")
            found.append(_feature("点", f"{one.name} {holder}".strip(), inside.x, inside.y))
    return found


def _point(one: Place) -> dict[str, Any]:
    return _feature(PLACES[one.kind][0], one.name, one.lon, one.lat)


def _feature(letter: str, name: str, lon: float, lat: float) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat]},
            "properties": {"letter": letter, "name": name}}  # fmt: skip


def _border(one: AreaVersion, mine: bool) -> dict[str, Any]:
    return {"type": "Feature", "geometry": one.boundary, "properties": {"mine": mine, "name": one.name}}
