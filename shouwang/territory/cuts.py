"""A cut: the area versions that were drawn together and come into force together. What every act on it needs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.people.access import require
from shouwang.people.verbs import Verb
from shouwang.places.models import Area, AreaVersion
from shouwang.places.models.area import Layer, Status, Tier
from shouwang.territory.tiling import Fault, Kind, faults_of

ANSWERING = (Layer.DUTY, Layer.GOVERNMENT)  # the layers that carry responsibility
DRAWN_BY = ("area.draw", "area.rename")  # how a cut begins
Boundaries = dict[str, dict[str, Any]]


class CutNotFound(Problem):
    code, status = "territory.cut_not_found", 404
    says = _("There is no such draft of areas.")


class CutMovedOn(Problem):
    code, status = "territory.cut_moved_on", 409
    says = _("This draft is “{state}” now; this no longer applies.")


@dataclass(frozen=True)
class Cut:
    """The versions of one cut. An ending is a version that lasts no time: its area is no longer drawn."""

    key: UUID
    versions: tuple[AreaVersion, ...]

    @property
    def status(self) -> Status:
        """In force as long as one of its versions is; later cuts may have replaced the others."""
        found = {Status(one.status) for one in self.drawn or self.versions}
        return Status.IN_FORCE if Status.IN_FORCE in found else found.pop()

    @property
    def drawn(self) -> list[AreaVersion]:
        return [one for one in self.versions if not one.during.isempty]

    @property
    def ended(self) -> set[UUID]:
        return {one.area_id for one in self.versions if one.during.isempty}

    @property
    def names(self) -> list[str]:
        """What its areas are called, each once."""
        return list({one.area_id: one.name for one in self.drawn}.values())

    @property
    def grounds(self) -> set[Area]:
        """What one must hold a verb on to use it on the cut: its areas, and the parents of new ones."""
        rows = {one.area if one.area.duty_path or one.area.government_path else one.parent for one in self.versions}
        return {area for area in rows if area is not None}

    @property
    def parents(self) -> list[Area]:
        """The areas that are cut anew."""
        found = {one.parent_id: one.parent for one in self.versions if one.parent is not None}
        return list(found.values())


def load_cut(key: UUID, *, by: Actor, at: dt.datetime, verb: Verb, status: Status | None = None) -> Cut:
    """The cut, its rows locked, if `by` may do `verb` on every area in it and it stands where it should.

    Raises  CutNotFound, NotAllowed, NotVisible, CutMovedOn
    """
    rows = AreaVersion.objects.select_for_update(of=("self",)).filter(cut=key).select_related("area", "parent")
    rows = rows.filter(Q(status__in=[Status.DRAFT, Status.CHECKED, Status.APPROVED]) | Q(during__upper_inf=True))
    cut = Cut(key, tuple(rows.order_by("parent__number", "layer", "ordinal", "area__number")))
    if not cut.versions:
        raise CutNotFound
    for area in cut.grounds:
        require(by, verb, area, at)
    if status is not None and cut.status != status:
        raise CutMovedOn(state=cut.status.label)
    return cut


def faults_of_cut(cut: Cut, at: dt.datetime) -> list[Fault]:
    """What keeps the children of every area the cut touches from tiling it; each fault once, not once a layer.

    A cut that moves no border, such as another name, answers for none.
    """
    if not _moves_borders(cut, at):
        return []
    drawn = {(one.area_id, one.layer): one for one in cut.drawn}
    found: list[Fault] = []
    touched = {(one.parent_id, one.layer) for one in cut.drawn} | set(drawn)
    for parent, layer in sorted(touched, key=str):
        if parent is None or layer not in ANSWERING:
            continue
        boundary = drawn[parent, layer].boundary if (parent, layer) in drawn else _boundary(parent, layer, at)
        if boundary is None:
            continue
        tiles, points = _children(cut, parent, layer, at)
        faults = faults_of(boundary, tiles) if tiles else []
        faults += [fault for fault in faults_of(boundary, points) if fault.kind != Kind.GAP]
        found += [fault for fault in faults if fault not in found]
    return found


def _moves_borders(cut: Cut, at: dt.datetime) -> bool:
    rows = AreaVersion.objects.in_force_at(at).filter(area__in=[one.area_id for one in cut.versions])
    today = {(one.area_id, one.layer): (one.parent_id, one.boundary) for one in rows}
    return bool(cut.ended) or any(today.get((o.area_id, o.layer)) != (o.parent_id, o.boundary) for o in cut.drawn)


def _children(cut: Cut, parent: UUID, layer: str, at: dt.datetime) -> tuple[Boundaries, Boundaries]:
    """Boundaries by name of what lies under an area once the cut is in force: what tiles it, and what stands loose."""
    drawn = [one for one in cut.drawn if one.layer == layer]
    new = {one.area_id for one in drawn} | cut.ended
    stay = AreaVersion.objects.in_force_at(at).filter(parent=parent, layer=layer).exclude(area__in=new)
    under = [one for one in drawn if one.parent_id == parent] + list(stay.select_related("area"))
    tiles: Boundaries = {}
    points: Boundaries = {}
    for one in under:
        (points if one.area.tier == Tier.GRID_POINT else tiles)[one.name] = one.boundary
    return tiles, points


def _boundary(area: UUID, layer: str, at: dt.datetime) -> dict[str, Any] | None:
    rows = AreaVersion.objects.in_force_at(at).filter(area=area, layer=layer)
    found: dict[str, Any] | None = rows.values_list("boundary", flat=True).first()
    return found
