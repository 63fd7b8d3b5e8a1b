"""New calls nobody has looked at: they ring at every desk that may send there until somebody takes notice of them.

A call is looked at once a person who sends crews has done anything with it: taken it, opened it, noted, sent. That is
asked of the journal, so that a desk that was closed hears on opening what came meanwhile.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.journal.models import Entry
from shouwang.journal.record import record
from shouwang.matters.kinds import kinds
from shouwang.matters.models import Matter
from shouwang.people.access import ROLES, Verb, require, spans, within
from shouwang.people.models import Post

SENDERS = sorted(role for role, verbs in ROLES.items() if Verb.UNIT_SEND in verbs)
BATCH = 500


def unlooked(by: Actor, at: dt.datetime) -> QuerySet[Matter]:
    """New calls on the ground on which `by` sends crews that nobody has looked at, the most urgent first."""
    senders = Post.objects.held_at(at).filter(role__in=SENDERS).values("person")
    looked = Entry.objects.filter(subject=OuterRef("pk"), person__in=senders)
    crewed = [kind.name for kind in kinds() if kind.crewed]
    rows = Matter.objects.visible_to(by, at).filter(within(spans(by, Verb.UNIT_SEND, at)), phase="new", kind__in=crewed)
    return rows.filter(~Exists(looked)).order_by("urgency", "opened_at")


def notice_calls(*, keys: Iterable[UUID], by: Actor, at: dt.datetime) -> int:
    """Take notice of these calls; how many still waited for it. They ring nowhere from then on.

    Raises  NotAllowed, NotVisible: then none is noticed
    """
    with acting(by):
        found = list(Matter.objects.select_for_update(of=("self",)).filter(pk__in=list(keys)[:BATCH]).order_by("pk"))
        for row in found:
            require(by, Verb.UNIT_SEND, row, at)
        waiting = set(unlooked(by, at).filter(pk__in=[row.pk for row in found]).values_list("pk", flat=True))
        for row in found:
            if row.pk in waiting:
                record("matter.notice", topic="matter.noticed", subject=row, by=by, at=at, area=row.area_id)
    return len(waiting)
