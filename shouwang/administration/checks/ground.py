"""Areas, grids and the map."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shouwang.administration.lines import Line, State, sentences
from shouwang.core.clock import local_date
from shouwang.places.models import AreaVersion, GroundLoad
from shouwang.places.models.area import Layer, Tier

MINE = "system_admin"


def lines(at: dt.datetime) -> list[Line]:
    versions = AreaVersion.objects.in_force_at(at).filter(layer__in=[Layer.DUTY, Layer.GOVERNMENT])
    rows = list(versions.values_list("area", "area__tier", "parent", "boundary"))
    tiers = Counter(tier for _area, tier in {(row[0], row[1]) for row in rows})
    bare = {area for area, tier, _parent, boundary in rows if tier != Tier.GRID_POINT and not boundary["coordinates"]}
    gridded = {parent for _area, tier, parent, _boundary in rows if tier == Tier.GRID}
    communities = {area for area, tier, _parent, _boundary in rows if tier == Tier.COMMUNITY}
    return [_areas(tiers, len(bare)), _grids(tiers, len(communities - gridded)), _map()]


def _areas(tiers: Counter[str], n_bare: int) -> Line:
    def line(state: State, says: str) -> Line:
        return Line(MINE, _("Division codes and stations"), state, says, "administration:areas", _("By sheet"))

    missing = [str(tier.label) for tier in (Tier.STATION, Tier.COMMUNITY) if not tiers[tier]]
    if missing:
        return line(State.OPEN, _("Still missing: {tiers}.").format(tiers="、".join(missing)))
    there = _("{stations} stations, {communities} communities.").format(
        stations=tiers[Tier.STATION], communities=tiers[Tier.COMMUNITY]
    )
    if n_bare:
        says = ngettext("{n} area has no border yet, so no call finds it by its place.",
                        "{n} areas have no border yet, so no call finds them by its place.", n_bare)  # fmt: skip
        return line(State.LATER, sentences(there, says.format(n=n_bare)))
    return line(State.DONE, there)


def _grids(tiers: Counter[str], n_without: int) -> Line:
    def line(state: State, says: str) -> Line:
        return Line(MINE, _("Grids"), state, says, "administration:areas", _("By sheet"))

    if not tiers[Tier.COMMUNITY]:
        return line(State.LATER, _("Communities come first."))
    if n_without:
        says = ngettext("{n} community has no grid yet.", "{n} communities have no grid yet.", n_without)
        later = _("Its officer may draw them, too: Responsibility, Borders of areas.")
        return line(State.LATER, sentences(says.format(n=n_without), later))
    return line(State.DONE, _("{n} grids; every community has its own.").format(n=tiers[Tier.GRID]))


def _map() -> Line:
    load = GroundLoad.objects.defer("roads").order_by("-loaded_at").first()
    command = "bin/shouwang import-osm FILE.osm.pbf"
    if load is None:
        says = _("None is loaded: no streets to drive on, no names to find. Take an extract and say on the machine:")
        return Line(MINE, _("The map"), State.OPEN, says, command=command)
    says = _("{source}, loaded {day}: {features} things drawn, {addresses} addresses.").format(
        source=load.source, day=local_date(load.loaded_at), features=load.n_features, addresses=load.n_addresses
    )
    return Line(MINE, _("The map"), State.DONE, says, command=command)
