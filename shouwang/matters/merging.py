"""Duplicates: found near in place, time and kind; joined, taken apart again, or remembered as not the same."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.geo import box_around, metres_between
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.matters.clocks import set_next_mark
from shouwang.matters.common_forms import MergeForm, ReasonForm
from shouwang.matters.kinds import BACK, COMMON_STEPS, MERGED, OPEN, Step, Taking
from shouwang.matters.models import Matter, NotSame
from shouwang.people.access import NotVisible, require
from shouwang.people.verbs import Verb

NEAR_M, NEAR_S = 300.0, 2 * 3600
MOST = 5


class JoinedToItself(Problem):
    code, status = "merge.itself", 400
    says = _("A matter cannot be joined to itself.")


class NotJoinable(Problem):
    code, status = "merge.not_joinable", 409
    says = _("{reference} cannot take it: it is closed, joined to another, or of another kind.")


@dataclass(frozen=True)
class Likely:
    """A matter that may be the same: how far away and how long ago it was opened."""

    matter: Matter
    metres: float
    seconds: float


def likely_duplicates(
    *, kind: str, subkind: str, point: tuple[float, float], by: Actor, at: dt.datetime, than: Matter | None = None
) -> list[Likely]:
    """Open matters that `by` may see, of this kind and group, within 300 m and 2 h, nearest first.

    than  a matter already kept: itself, and what was found to be different from it, are left out
    """
    west, south, east, north = box_around(*point, NEAR_M)
    found = Matter.objects.visible_to(by, at).open().filter(
        kind=kind, opened_at__gte=at - dt.timedelta(seconds=NEAR_S), opened_at__lte=at,
        lon__range=(west, east), lat__range=(south, north),
    )  # fmt: skip
    group = subkind.partition(".")[0]
    if group:
        found = found.filter(Q(subkind__startswith=f"{group}.") | Q(subkind=""))
    if than is not None:
        found = found.exclude(pk=than.pk)
    near = [
        Likely(one, metres_between(*point, one.lon or 0, one.lat or 0), (at - one.opened_at).total_seconds())
        for one in found.select_related("area")[:50]
    ]
    near = [one for one in near if one.metres <= NEAR_M]
    different = _found_different(than) if than is not None and near else set()
    near = [one for one in near if one.matter.pk not in different]
    return sorted(near, key=lambda one: one.metres)[:MOST]


def not_the_same(one: Matter, other: Matter, *, by: Actor, at: dt.datetime) -> None:
    """Remember that they are different; they are not suggested for each other again."""
    first, second = sorted((one, other), key=lambda matter: matter.pk)
    with acting(by):
        require(by, Verb.MATTER_MERGE, one, at)
        require(by, Verb.MATTER_READ, other, at)
        _row, new = NotSame.objects.get_or_create(one=first, other=second, defaults={"person": by.person_id, "at": at})
        if new:
            record("matter.not_same", topic="matter.compared", subject=one, by=by, at=at, area=one.area_id,
                   other=other.pk)  # fmt: skip


def _found_different(matter: Matter) -> set[UUID]:
    pairs = NotSame.objects.filter(Q(one=matter) | Q(other=matter)).values_list("one", "other")
    return {key for pair in pairs for key in pair} - {matter.pk}


def _join(taking: Taking) -> None:
    matter = taking.matter
    if taking.given["into"] == matter.pk:
        raise JoinedToItself(field="into")
    into = Matter.objects.select_for_update().filter(pk=taking.given["into"]).first()
    if into is None:
        raise NotVisible
    require(taking.by, Verb.MATTER_MERGE, into, taking.at)
    if into.kind != matter.kind or not into.is_open:
        raise NotJoinable(field="into", reference=into.reference)
    Matter.objects.filter(merged_into=matter).update(merged_into=into)
    matter.merged_into = into
    matter.facts["state_before"], matter.facts["merged_at"] = matter.state, taking.at.isoformat()
    taking.noted["into"] = into.pk
    record(f"{into.kind}.receive", topic="matter.changed", subject=into, by=taking.by, at=taking.at,
           area=into.area_id, joined=matter.pk)  # fmt: skip


def _part(taking: Taking) -> None:
    """What the joining ended goes on: the clocks it had met run again, with the time that has passed."""
    matter = taking.matter
    taking.noted["from"] = matter.merged_into_id
    matter.merged_into = None
    merged_at = dt.datetime.fromisoformat(matter.facts.pop("merged_at"))
    for clock in matter.clocks.filter(met_at=merged_at):
        clock.met_at = None
        set_next_mark(clock, min(taking.at, clock.due_at - dt.timedelta(microseconds=1)))
        clock.save(update_fields=["met_at", "next_at", "next_mark"])


def _near(taking: Taking) -> dict[str, list[tuple[str, str]]]:
    """Likely duplicates first; without a place, the newest open ones of its kind."""
    matter, by, at = taking.matter, taking.by, taking.at
    if matter.lon is not None and matter.lat is not None:
        near = likely_duplicates(
            kind=matter.kind, subkind="", point=(matter.lon, matter.lat), by=by, at=matter.opened_at, than=matter
        ) + likely_duplicates(kind=matter.kind, subkind="", point=(matter.lon, matter.lat), by=by, at=at, than=matter)
        found = [one.matter for one in near]
    else:
        open_here = Matter.objects.visible_to(by, at).open().filter(kind=matter.kind).exclude(pk=matter.pk)
        found = list(open_here.order_by("-opened_at")[:MOST])
    return {"into": [(str(one.pk), f"{one.reference} {one.gist or one.place_text}") for one in dict.fromkeys(found)]}


def joined_to(matter: Matter) -> list[Matter]:
    """Matters that were joined to this one."""
    return list(Matter.objects.filter(merged_into=matter, state=MERGED).order_by("opened_at"))


COMMON_STEPS += [
    Step("merge", _("Join to another"), (OPEN,), MERGED, Verb.MATTER_MERGE, form=MergeForm, offers=_near,
         effects=(_join,)),
    Step("unmerge", _("Take apart"), (MERGED,), BACK, Verb.MATTER_MERGE, form=ReasonForm, effects=(_part,)),
]  # fmt: skip
