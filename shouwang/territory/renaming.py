"""Another name for an area: a draft like any other, and what it was called before.

A name is checked, approved by somebody else and brought into force as borders are; code and ground stay.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from psycopg.types.range import TimestamptzRange

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.ids import new_id
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import require
from shouwang.people.verbs import Verb
from shouwang.places.models import Area, AreaVersion
from shouwang.places.models.area import Status
from shouwang.territory.cuts import ANSWERING, Cut
from shouwang.territory.naming import check_name


class CalledSo(Problem):
    code, status = "territory.called_so", 409
    says = _("It is called “{name}” already.")


class NotInForce(Problem):
    code, status = "territory.area_not_in_force", 409
    says = _("{area} is not in force; nothing in it can be changed.")


@dataclass(frozen=True)
class Called:
    """A name and from when to when it held; `until` None: it still does."""

    name: str
    since: dt.datetime
    until: dt.datetime | None


def draft_name(area: Area, name: str, *, by: Actor, at: dt.datetime) -> Cut:
    """A draft in which nothing but the name of `area` is another.

    Raises  NotAllowed, NotVisible, NameUnusable, NameTaken, NamedAfterPerson, CalledSo, NotInForce
    """
    with acting(by):
        require(by, Verb.AREA_DRAW, area, at)
        new = check_name(name, but=area)
        if new == area.name:
            raise CalledSo(field="name", name=new)
        standing = AreaVersion.objects.in_force_at(at).filter(area=area, layer__in=ANSWERING)
        key = new_id()
        rows = [
            AreaVersion(
                area=area, layer=one.layer, parent=one.parent, name=new, ordinal=one.ordinal, boundary=one.boundary,
                households=one.households, status=Status.DRAFT, cut=key, during=TimestamptzRange(at, None),
            )
            for one in standing.select_related("parent")
        ]  # fmt: skip
        if not rows:
            raise NotInForce(area=area.name)
        AreaVersion.objects.bulk_create(rows)
        record("area.rename", topic="area.drawn", subject=("cut", key), area=area, by=by, at=at,
               was_called=area.name, called=new)  # fmt: skip
    return Cut(key, tuple(rows))


def names_of(area: Area) -> list[Called]:
    """What it is and was called, the newest first; borders that moved under the same name count once."""
    found: list[Called] = []
    versions = AreaVersion.objects.filter(
        area=area, layer__in=ANSWERING, status__in=[Status.IN_FORCE, Status.SUPERSEDED], during__isempty=False
    )
    for one in versions.order_by("during"):
        since, until = one.during.lower, one.during.upper
        if found and found[-1].name == one.name:
            later = None if None in (until, found[-1].until) else max(until, found[-1].until or until)
            found[-1] = Called(one.name, found[-1].since, later)
        else:
            found.append(Called(one.name, since, until))
    return found[::-1]


def proposed_names(area: Area) -> list[AreaVersion]:
    """Other names on their way: drafts that are not in force yet, one row each."""
    rows = AreaVersion.objects.filter(area=area, status__in=[Status.DRAFT, Status.CHECKED, Status.APPROVED])
    once = {one.cut: one for one in rows.exclude(name=area.name).order_by("during")}
    return list(once.values())
