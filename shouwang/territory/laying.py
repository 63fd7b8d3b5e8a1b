"""Laying the ground by a sheet: the first areas of a town, and those that are added later. All of it, or nothing.

What is in force and in use is not changed by a sheet: borders move by a cut, names by a renaming, each with its own
check. So a sheet adds areas, and corrects those on which nobody holds a post yet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import TimestamptzRange

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.ids import new_id
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import paths_of, reaches, require
from shouwang.people.models import Post
from shouwang.people.roles import ADMIN_ROLES
from shouwang.people.verbs import Verb
from shouwang.places.models import Area, AreaVersion
from shouwang.places.models.area import Layer, Scheme, Status, Tier
from shouwang.territory.cuts import ANSWERING
from shouwang.territory.divisions import parent_code
from shouwang.territory.in_force import handlers, refresh_paths
from shouwang.territory.naming import check_name
from shouwang.territory.outlines import Key, Outline, check, follow_from_inside
from shouwang.territory.plots import ABOVE, ORDER, Line, LineFault, Plot, read_plots

NO_GROUND = {"type": "MultiPolygon", "coordinates": []}


class SheetFaulty(Problem):
    code, status = "territory.sheet_faulty", 422
    says = _("This sheet has {count} faults. Nothing was laid.")


@dataclass
class Laying:
    """What a sheet would do: areas that are new, changed or as they were; what stops it; what is left to do.

    classed   known communities that get another urban–rural class; that may be while they are in use
    """

    new: list[Outline] = field(default_factory=list)
    changed: list[Outline] = field(default_factory=list)
    classed: list[Outline] = field(default_factory=list)
    same: int = 0
    faults: list[LineFault] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    @property
    def corrected(self) -> list[Outline]:
        return [*self.changed, *(one for one in self.classed if one not in self.changed)]


@dataclass
class _Known:
    """The ground in force, by scheme and code."""

    areas: dict[Key, Area]
    versions: dict[tuple[UUID, str], AreaVersion]
    outlines: dict[Key, Outline]


def look_over(lines: Iterable[Line], *, at: dt.datetime) -> Laying:
    """What laying this sheet would do at that instant. Changes nothing."""
    plots, faults = read_plots(lines)
    laying = Laying(faults=faults)
    known = _in_force(at)
    outlines = {key: replace(one) for key, one in known.outlines.items()}
    for plot in plots:
        outline = _outline(plot, plots, known, laying)
        if outline is not None:
            outlines[plot.key] = outline
    for plot in plots:
        _check_name(plot, plots, known, laying)
    if laying.faults:
        return laying
    follow_from_inside(outlines)
    numbers = {plot.name: plot.number for plot in plots}

    def stops(names: str, why: Promise) -> None:
        number = next((numbers[name] for name in names.split("、") if name in numbers), 0)
        laying.faults.append(LineFault(number, "border", f"{names}{_now(': ')}{why}"))

    check(outlines, stops, lambda names, why: laying.left.append(f"{names}{_now(': ')}{why}"))
    _sort_out(outlines, known, numbers, laying)
    return laying


def lay_by_sheet(lines: Iterable[Line], *, by: Actor, at: dt.datetime) -> Laying:
    """Lay it. The same sheet twice changes nothing the second time. Raises NotAllowed, SheetFaulty"""
    with acting(by):
        require(by, Verb.SETTINGS_CHANGE, None, at)
        list(Area.objects.select_for_update().order_by("number").values_list("pk", flat=True))
        laying = look_over(lines, at=at)
        if laying.faults:
            raise SheetFaulty(field="file", count=len(laying.faults))
        if laying.new or laying.corrected:
            _lay(laying, by, at)
    return laying


def _lay(laying: Laying, by: Actor, at: dt.datetime) -> None:
    key, known = new_id(), _in_force(at)
    wanted = sorted([*laying.new, *laying.changed], key=lambda one: ORDER.index(one.tier))
    number = Area.objects.aggregate(last=Max("number"))["last"] or 0
    for one in laying.new:
        number += 1
        known.areas[one.key] = Area.objects.create(
            number=number, code=one.key[1], scheme=one.key[0], tier=one.tier, name=one.name,
            layer=Layer.DUTY if Layer.DUTY in one.parents else Layer.GOVERNMENT, urban_rural=one.urban_rural,
        )  # fmt: skip
    for one in wanted:
        for layer, parent in one.parents.items():
            _write(one, layer, known, known.areas[parent] if parent else None, key, at)
    for tier in ORDER:
        refresh_paths({known.areas[one.key].pk for one in wanted if one.tier == tier}, at)
    for one in laying.classed:
        Area.objects.filter(pk=known.areas[one.key].pk).update(urban_rural=one.urban_rural)
    if wanted:
        for handler in handlers():
            handler(key, at, by=by)
    top = next(area for area in known.areas.values() if area.tier in (Tier.BUREAU, Tier.COUNTY))
    record("area.lay", topic="area.in_force", subject=("cut", key), area=top, by=by, at=at,
           areas=len(laying.new), changed=len(laying.corrected))  # fmt: skip


def _write(one: Outline, layer: Layer, known: _Known, parent: Area | None, cut: UUID, at: dt.datetime) -> None:
    area = known.areas[one.key]
    old = known.versions.get((area.pk, layer.value))
    if old is not None:
        AreaVersion.objects.filter(pk=old.pk).update(
            status=Status.SUPERSEDED, during=TimestamptzRange(old.during.lower, at)
        )
    AreaVersion.objects.create(
        area=area, layer=layer, parent=parent, name=one.name, boundary=one.border or NO_GROUND, cut=cut,
        ordinal=old.ordinal if old else 0, households=one.households or (old.households if old else 0),
        status=Status.IN_FORCE, during=TimestamptzRange(at, None),
    )  # fmt: skip


def _in_force(at: dt.datetime) -> _Known:
    versions = AreaVersion.objects.in_force_at(at).filter(layer__in=ANSWERING).select_related("area", "parent")
    known = _Known({(area.scheme, area.code): area for area in Area.objects.exclude(layer=Layer.FREE)}, {}, {})
    for one in versions:
        known.versions[one.area_id, one.layer] = one
        key = (one.area.scheme, one.area.code)
        border = one.boundary if one.boundary.get("coordinates") else None
        above = (one.parent.scheme, one.parent.code) if one.parent else None
        outline = known.outlines.setdefault(
            key,
            Outline(
                key,
                Tier(one.area.tier),
                one.name,
                {},
                border,
                given=False,
                households=one.households,
                urban_rural=one.area.urban_rural,
            ),
        )
        outline.parents[Layer(one.layer)] = above
    return known


def _outline(plot: Plot, plots: list[Plot], known: _Known, laying: Laying) -> Outline | None:
    """The area as it will be, with its parents found. None where they are not."""
    parents: dict[Layer, Key | None] = {}
    for layer, code in plot.parents.items():
        wanted = ABOVE[layer][plot.tier]
        if wanted is None:
            parents[layer] = None
            continue
        found = _parents_called(code, wanted, plots, known)
        if len(found) != 1:
            says = _("There is no such area above it, in the sheet or in force.") if not found else _(
                "Several areas have this code: write the one above it as scheme:code.")  # fmt: skip
            laying.faults.append(LineFault(plot.number, "parent", says))
            return None
        parents[layer] = found[0]
        told = parent_code(plot.code, plot.scheme, plot.tier)
        if told and found[0][0] == Scheme.NBS12 and found[0][1] != told and _counts(layer, plot):
            laying.faults.append(LineFault(plot.number, "code", _("The code does not begin like that of its parent.")))
    was = known.outlines.get(plot.key)
    if plot.tier in (Tier.BUREAU, Tier.COUNTY):
        _refuse_second_top(plot, known, laying)
    border = plot.border or (was.border if was else None)
    return Outline(plot.key, plot.tier, plot.name, (was.parents if was else {}) | parents, border,
                   given=plot.border is not None, households=plot.households,
                   urban_rural=plot.urban_rural or (was.urban_rural if was else ""))  # fmt: skip


def _counts(layer: Layer, plot: Plot) -> bool:
    """A community's code follows its township, not its station; a grid's its community, in both layers."""
    return layer == Layer.GOVERNMENT or plot.tier == Tier.GRID


def _parents_called(code: str, tier: Tier, plots: list[Plot], known: _Known) -> list[Key]:
    """Areas of that tier with this code, or `scheme:code`. A station that names no parent stands in the bureau."""
    scheme, _colon, bare = code.rpartition(":")
    there = {plot.key: plot.tier for plot in plots} | {key: Tier(area.tier) for key, area in known.areas.items()}
    of_tier = [key for key, one in there.items() if one == tier]
    if not code:
        return of_tier
    return [key for key in of_tier if key[1] == bare and scheme in ("", key[0])]


def _refuse_second_top(plot: Plot, known: _Known, laying: Laying) -> None:
    top = next((area for area in known.areas.values() if area.tier == plot.tier), None)
    if top is not None and (top.scheme, top.code) != plot.key:
        says = _("There is one already: {name}, code {code}.").format(name=top.name, code=top.code)
        laying.faults.append(LineFault(plot.number, "code", says))


def _check_name(plot: Plot, plots: list[Plot], known: _Known, laying: Laying) -> None:
    area = known.areas.get(plot.key)
    if area is not None and area.tier != plot.tier:
        laying.faults.append(LineFault(plot.number, "tier", _("In force it has another tier; an area keeps its own.")))
    try:
        check_name(plot.name, but=area)
    except Problem as problem:
        laying.faults.append(LineFault(plot.number, "name", problem.message))
    if any(other.name == plot.name for other in plots if other is not plot):
        laying.faults.append(LineFault(plot.number, "name", _("Another line has this name, too.")))


def _sort_out(outlines: dict[Key, Outline], known: _Known, numbers: dict[str, int], laying: Laying) -> None:
    """New, changed or as it was; a change of what is in use is a fault."""
    for key, one in outlines.items():
        was = known.outlines.get(key)
        if was is None or key not in known.areas:
            laying.new.append(one)
            continue
        if one.urban_rural != was.urban_rural:
            laying.classed.append(one)
        if _is_as(one, was):
            laying.same += one.name in numbers and one not in laying.classed
        elif one.grown or was.border is None or not _in_use(known.areas[key]):
            laying.changed.append(one)
        else:
            says = _("It is in use: its border is drawn anew by a cut, its name and place by whoever is responsible.")
            laying.faults.append(LineFault(numbers.get(one.name, 0), "code", says))


def _is_as(one: Outline, was: Outline) -> bool:
    def facts(outline: Outline) -> tuple[Any, ...]:
        return outline.name, outline.parents, outline.border

    return facts(one) == facts(was) and one.households in (0, was.households)


def _in_use(area: Area) -> bool:
    """Whether somebody but an administrator holds or held a post on it or inside it."""
    return Post.objects.filter(reaches(paths_of(area), "area__")).exclude(role__in=ADMIN_ROLES).exists()
