"""Whoever declared a residence hears before it runs out, in his account: once, and once more a week later."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.clock import local_date
from shouwang.notices.models import Channel, Notice
from shouwang.notices.telling import To, tell
from shouwang.people.models import Person
from shouwang.people.models.person import Standing
from shouwang.registry.declared import SOON
from shouwang.registry.models import Declaration, Residence

WORDING = "declared_runs_out"
AGAIN = dt.timedelta(days=7)


def remind_before_the_end(*, at: dt.datetime) -> int:
    """Tell the authors of declarations whose residence ends or grows stale within a fortnight; how many were told."""
    last = local_date(at) + SOON
    ending = Residence.objects.filter(Q(verify_by__lte=last) | Q(to_on__lte=last), ended_on__isnull=True)
    told = 0
    with acting(Actor.system()):
        rows = Declaration.objects.filter(residence__in=ending.values("id"), filed_by__isnull=False)
        people = Person.objects.filter(standing=Standing.RESIDENT, active=True).in_bulk({row.filed_by for row in rows})
        for row in rows:
            person = people.get(row.filed_by)
            if person is not None and not _told_lately(row, at):
                tell(
                    to=To.person(person.pk, person.language), wording=WORDING, matter=row.pk, at=at,
                    channel=Channel.IN_APP,
                )  # fmt: skip
                told += 1
    return told


def _told_lately(row: Declaration, at: dt.datetime) -> bool:
    """Within the week, or twice already (MSG-04)."""
    earlier = Notice.objects.filter(matter=row.pk, wording=WORDING)
    return earlier.count() >= 2 or earlier.filter(queued_at__gt=at - AGAIN).exists()
