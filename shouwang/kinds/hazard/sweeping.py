"""Sweeps: plan one over premises of some kinds, look at each by the list, and make a hazard of every lack."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.clock import local_date
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.kinds.hazard.checklists import CHECKLISTS, Checklist
from shouwang.kinds.hazard.models import Premises, Sweep
from shouwang.matters.intake import open_matter
from shouwang.people.access import Verb, reaches, require, spans, within
from shouwang.people.models import Person
from shouwang.places.models import Area
from shouwang.registry.lists import Trade, UnitKind
from shouwang.registry.models import Organisation

MOST = 2000  # premises of one sweep
AHEAD = dt.timedelta(days=366)


class SweepWrong(Problem):
    code, status = "hazard.sweep", 400
    says = _("A sweep has a name, a list, at least one kind of premises, and ends within a year.")


class SeenAlready(Problem):
    code, status = "hazard.seen_already", 409
    says = _("These premises were looked at already. What is still wrong stands with their hazards.")


class TwoInspectors(Problem):
    code, status = "hazard.two_inspectors", 400
    says = _("A supervisory visit is by two, and one of them is a sworn officer.")


@dataclass(frozen=True)
class Place:
    """Premises as they are typed in: what, where."""

    name: str
    place_text: str
    point: tuple[float, float]


def plan_sweep(
    *, name: str, checklist: str, kinds: Sequence[str], until: dt.date, area: Area, places: Iterable[Place] = (),
    by: Actor, at: dt.datetime,
) -> Sweep:  # fmt: skip
    """A sweep with the premises that were typed in; those of the register follow by a job.

    Raises  SweepWrong, NotAllowed
    """
    from shouwang.kinds.hazard.tasks import fill_sweep

    name, today = clean_line(name, 80, field="name"), local_date(at)
    known = checklist in CHECKLISTS and bool(kinds) and set(kinds) <= {*UnitKind.values, *Trade.values}
    if not (known and name and today <= until <= today + AHEAD):
        raise SweepWrong(field="name")
    row = Sweep(
        name=name, checklist=checklist, kinds=list(kinds), until=until, area=area, duty_path=area.duty_path,
        government_path=area.government_path, planned_by=by.person_id, planned_at=at,
    )  # fmt: skip
    with acting(by):
        require(by, Verb.MATTER_OPEN, row, at)
        row.save(force_insert=True)
        _add(row, places)
        record("sweep.plan", topic="sweep.planned", subject=row, by=by, at=at, area=area, checklist=checklist,
               kinds=list(kinds))  # fmt: skip
        fill_sweep.defer(sweep=str(row.pk))
    return row


def fill(sweep: UUID) -> int:
    """Premises of the register on its ground: name and address of units are public. Runs as a job; twice adds none."""
    row = Sweep.objects.get(pk=sweep)
    with acting(Actor.system()):
        on = reaches([path for path in (row.duty_path, row.government_path) if path], "area__")
        kinds = Q(unit_kind__in=row.kinds) | Q(special_trade__in=[one for one in row.kinds if one in Trade.values])
        units = Organisation.objects.filter(on, kinds).select_related("address")[:MOST]
        found = [Place(one.unit_name, one.address_text, (one.address.lon or 0.0, one.address.lat or 0.0))
                 for one in units if one.address.lon is not None]  # fmt: skip
        _add(row, found)
    return len(found)


def _add(row: Sweep, places: Iterable[Place]) -> None:
    made = [
        Premises(sweep=row, name=clean_line(one.name, 120), place_text=one.place_text[:300], lon=one.point[0],
                 lat=one.point[1])
        for one in places
    ]  # fmt: skip
    Premises.objects.bulk_create(made, ignore_conflicts=True)


def look_at(
    *, premises: Premises, lacking: Sequence[str], by: Actor, at: dt.datetime, seen_with: UUID | None = None
) -> Premises:
    """Looked at by the list: every lack becomes a hazard of its own. Raises SeenAlready, TwoInspectors, SweepWrong"""
    with acting(by):
        row = Premises.objects.select_for_update(of=("self",)).select_related("sweep__area").get(pk=premises.pk)
        declared = CHECKLISTS[row.sweep.checklist]
        require(by, Verb.MATTER_OPEN, row.sweep, at)
        if row.seen_at is not None:
            raise SeenAlready
        if not set(lacking) <= set(declared.items):
            raise SweepWrong(field="lacking")
        if declared.by_two and not _two(by, seen_with):
            raise TwoInspectors(field="seen_with")
        row.hazards = [_hazard(row, declared, name, by, at) for name in lacking]
        row.seen_at, row.seen_by, row.seen_with, row.lacking = at, by.person_id, seen_with, list(lacking)
        row.save()
        record("sweep.look", topic="sweep.looked", subject=row, by=by, at=at, area=row.sweep.area_id,
               n_lacking=len(lacking))  # fmt: skip
    return row


def _two(by: Actor, other: UUID | None) -> bool:
    people = Person.objects.filter(pk__in=[by.person_id, other], active=True)
    return len(people) == 2 and any(person.sworn for person in people)


def _hazard(row: Premises, declared: Checklist, name: str, by: Actor, at: dt.datetime) -> UUID:
    item = declared.items[name]
    matter = open_matter(
        kind="hazard", by=by, at=at, subkind=item.leads_to, channel="inspection", point=(row.lon, row.lat),
        place_text=row.place_text, gist=f"{row.name}: {item.label}"[:200],
        facts={"sweep": str(row.sweep_id), "told": row.name},
    )  # fmt: skip
    return matter.pk


def sweeps_of(by: Actor, at: dt.datetime) -> QuerySet[Sweep]:
    """Those on the ground of `by`, with how much was seen and how much was lacking; the next to end first."""
    counted = Sweep.objects.filter(within(spans(by, Verb.MATTER_READ, at))).select_related("area").annotate(
        n=Count("premises"), n_seen=Count("premises", filter=Q(premises__seen_at__isnull=False)),
        n_lacking=Count("premises", filter=~Q(premises__lacking=[])),
    )  # fmt: skip
    return counted.order_by("-until")
