"""Who is on a matter: for the crew check of a step (CFS-08), and for the access of crews sent from another ground."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from shouwang.dispatch.models import Assignment
from shouwang.duty.equipment import recordings
from shouwang.duty.models import Crew
from shouwang.matters.models import Matter
from shouwang.matters.presence import Present, doubts_recorders, presence
from shouwang.people.access import answers_sent_to

AT_SCENE = ("arrived", "reported")


@presence
def crews_at_scene(matter: Matter, at: dt.datetime) -> list[Present]:
    """Every person of those crews, with the recorder he carries."""
    shifts = Assignment.objects.filter(matter=matter, state__in=AT_SCENE).values("shift")
    rows = Crew.objects.filter(shift__in=shifts, during__contains=at)
    return [Present(row.person_id, None, row.sworn, row.recorder) for row in rows]


@doubts_recorders
def by_the_ledger(number: str, there: list[Present]) -> str:
    """Faulty, in repair, lost, or issued to somebody who is not there."""
    return recordings.recorder_doubt(recordings.recorder_item(number), {one.person for one in there})


@answers_sent_to
def matters_of_ones_crew(person: UUID, at: dt.datetime) -> Iterable[UUID]:
    """From the sending until the assignment ends, for as long as he is aboard. One query."""
    aboard = Crew.objects.filter(person=person, during__contains=at).values("shift")
    then = Q(sent_at__lte=at) & (Q(ended_at__isnull=True) | Q(ended_at__gt=at))
    return Assignment.objects.filter(then, shift__in=aboard).values_list("matter", flat=True)
