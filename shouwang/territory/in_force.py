"""Checking, approving and bringing a cut into force: the ground, its paths and all that lies on it in one act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from psycopg.types.range import TimestamptzRange

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.journal.models import Entry
from shouwang.journal.record import record
from shouwang.people.verbs import Verb
from shouwang.places.models import Area, AreaVersion
from shouwang.places.models.area import Layer, Status
from shouwang.territory.cuts import ANSWERING, DRAWN_BY, Cut, faults_of_cut, load_cut
from shouwang.territory.naming import check_name
from shouwang.territory.tiling import Fault


class OnCut(Protocol):
    def __call__(self, cut: UUID, at: dt.datetime, *, by: Actor) -> object: ...


_handlers: list[OnCut] = []


class CutFaulty(Problem):
    code, status = "territory.cut_faulty", 409
    says = _("This draft has {count} faults. Mend them and draw it again.")


class ApprovedByItsDrawer(Problem):
    code, status = "territory.approved_by_its_drawer", 403
    says = _("Whoever drew it does not approve it. Ask a colleague who may.")


def on_cut(handler: OnCut) -> OnCut:
    """`handler(cut, at, by=…)` runs in the act that brings a cut into force, once the areas have their new paths.

    Why a registry  what lies on the ground (matters) stands above this app and must move in the same transaction.
    """
    _handlers.append(handler)
    return handler


def handlers() -> tuple[OnCut, ...]:
    return tuple(_handlers)


def check_cut(key: UUID, *, by: Actor, at: dt.datetime) -> list[Fault]:
    """The faults of a draft; without any it is checked and can be approved.

    Raises  CutNotFound, NotAllowed, NotVisible, CutMovedOn
    """
    with acting(by):
        cut = load_cut(key, by=by, at=at, verb=Verb.AREA_CHECK, status=Status.DRAFT)
        faults = faults_of_cut(cut, at)
        if not faults:
            _set(cut, Status.CHECKED)
        record("area.check", topic="area.checked", subject=("cut", key), area=cut.parents[0], by=by, at=at,
               faults=[fault.kind.value for fault in faults])  # fmt: skip
    return faults


def approve_cut(key: UUID, *, by: Actor, at: dt.datetime) -> Cut:
    """Approve a checked draft. The ground may have changed since the check, so it is looked at once more.

    Raises  CutNotFound, NotAllowed, NotVisible, CutMovedOn, CutFaulty, ApprovedByItsDrawer, NameTaken
    """
    with acting(by):
        cut = load_cut(key, by=by, at=at, verb=Verb.AREA_APPROVE, status=Status.CHECKED)
        if Entry.objects.filter(verb__in=DRAWN_BY, subject=key, person=by.person_id).exists():
            raise ApprovedByItsDrawer
        _refuse_faults(cut, at)
        for area, name in {(one.area, one.name) for one in cut.drawn if one.name != one.area.name}:
            check_name(name, but=area)
        _set(cut, Status.APPROVED)
        record("area.approve", topic="area.approved", subject=("cut", key), area=cut.parents[0], by=by, at=at)
    return cut


def bring_into_force(key: UUID, *, by: Actor, at: dt.datetime) -> Cut:
    """From `at` on the ground is as the cut says; what lies on it follows in the same act.

    Raises  CutNotFound, NotAllowed, NotVisible, CutMovedOn, CutFaulty
    """
    with acting(by):
        cut = load_cut(key, by=by, at=at, verb=Verb.AREA_APPROVE, status=Status.APPROVED)
        _refuse_faults(cut, at)
        _close({one.area_id for one in cut.drawn}, at)
        _end(cut.ended, at)
        for one in cut.versions:
            status = Status.SUPERSEDED if one.during.isempty else Status.IN_FORCE
            during = one.during if one.during.isempty else TimestamptzRange(at, None)
            AreaVersion.objects.filter(pk=one.pk).update(status=status, during=during)
        refresh_paths({one.area_id for one in cut.drawn}, at)
        for handler in _handlers:
            handler(key, at, by=by)
        record("area.bring_into_force", topic="area.in_force", subject=("cut", key), area=cut.parents[0], by=by, at=at,
               areas=len({one.area_id for one in cut.drawn}), ended=len(cut.ended))  # fmt: skip
    return cut


def refresh_paths(areas: Iterable[UUID], at: dt.datetime) -> None:
    """Write today's name and paths on these areas and on everything that lies in them."""
    edge = set(areas)
    while edge:
        versions = AreaVersion.objects.in_force_at(at).filter(area__in=edge, layer__in=ANSWERING)
        changed: dict[UUID, Area] = {}
        for one in versions.select_related("area", "parent"):
            area = changed.setdefault(one.area_id, one.area)
            field = f"{Layer(one.layer).value}_path"
            above = getattr(one.parent, field) if one.parent else "/"
            area.name = one.name
            setattr(area, field, f"{above}{area.number}/")
        Area.objects.bulk_update(changed.values(), ["name", "duty_path", "government_path"])
        below = AreaVersion.objects.in_force_at(at).filter(parent__in=edge, layer__in=ANSWERING)
        edge = set(below.values_list("area", flat=True)) - edge


def _refuse_faults(cut: Cut, at: dt.datetime) -> None:
    faults = faults_of_cut(cut, at)
    if faults:
        raise CutFaulty(count=len(faults))


def _set(cut: Cut, status: Status) -> None:
    AreaVersion.objects.filter(pk__in=[one.pk for one in cut.versions]).update(status=status)


def _close(areas: Iterable[UUID], at: dt.datetime) -> None:
    """Whatever was in force of these areas ends at `at`."""
    rows = AreaVersion.objects.filter(area__in=areas, layer__in=ANSWERING, status=Status.IN_FORCE)
    for one in rows.select_for_update(of=("self",)):
        AreaVersion.objects.filter(pk=one.pk).update(
            status=Status.SUPERSEDED, during=TimestamptzRange(one.during.lower, at)
        )


def _end(areas: set[UUID], at: dt.datetime) -> None:
    """Areas that are no longer drawn end, with everything that lay in them."""
    edge = set(areas)
    while edge:
        below = AreaVersion.objects.filter(parent__in=edge, layer__in=ANSWERING, status=Status.IN_FORCE)
        inside = set(below.values_list("area", flat=True)) - edge
        _close(edge, at)
        edge = inside
