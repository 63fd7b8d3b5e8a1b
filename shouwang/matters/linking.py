"""Parent and child: work that runs beside a matter is a matter of its own, linked to it."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.matters.models import Matter
from shouwang.people.access import require
from shouwang.people.verbs import Verb

DEEPEST = 5


class LinkedInCircle(Problem):
    code, status = "link.circle", 409
    says = _("{reference} already stands under this matter, or the chain would become too long.")


def link(child: Matter, parent: Matter, *, by: Actor, at: dt.datetime) -> Matter:
    """Put `child` under `parent`. Raises LinkedInCircle, NotAllowed, NotVisible"""
    with acting(by):
        row = Matter.objects.select_for_update().get(pk=child.pk)
        require(by, Verb.MATTER_WORK, row, at)
        require(by, Verb.MATTER_WORK, parent, at)
        above: Matter | None = Matter.objects.get(pk=parent.pk)
        for _step in range(DEEPEST):
            if above is None:
                break
            if above.pk == row.pk:
                raise LinkedInCircle(reference=parent.reference)
            above = above.parent
        if above is not None:
            raise LinkedInCircle(reference=parent.reference)
        _set_parent(row, parent, by=by, at=at)
    return row


def unlink(child: Matter, *, by: Actor, at: dt.datetime) -> Matter:
    """Take it out again; nothing happens to either."""
    with acting(by):
        row = Matter.objects.select_for_update().get(pk=child.pk)
        require(by, Verb.MATTER_WORK, row, at)
        _set_parent(row, None, by=by, at=at)
    return row


def _set_parent(row: Matter, parent: Matter | None, *, by: Actor, at: dt.datetime) -> None:
    was, row.parent = row.parent_id, parent
    row.version += 1
    row.save(update_fields=["parent", "version"])
    record("matter.link" if parent else "matter.unlink", topic="matter.changed", subject=row, by=by, at=at,
           area=row.area_id, parent=parent.pk if parent else was, version=row.version, changed=["parent"])  # fmt: skip


def children_of(matter: Matter, by: Actor, at: dt.datetime) -> list[Matter]:
    """Children that `by` may see, oldest first: a sealed child of an open parent stays sealed."""
    return list(Matter.objects.visible_to(by, at).filter(parent=matter).order_by("opened_at"))
