"""Two years after its end a matter becomes a figure: kind, times, area and outcome stay, everything told goes.

Clocks stay with it: they name nobody. Who was a party goes first, so that the registry may forget who he was.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from shouwang.core.retention import purge
from shouwang.matters.models import Draft, Matter, Note, Opening, Party, SentStep, Submission

BLANK: dict[str, Any] = {
    "words": "", "gist": "", "place_text": "", "lon": None, "lat": None, "address": None, "facts": {}, "grams": [],
    "named": [], "excluded_persons": [],
}  # fmt: skip


def _still_telling(before: dt.datetime) -> QuerySet[Matter]:
    told = ~Q(**BLANK) | Q(parties__isnull=False) | Q(notes__isnull=False) | Q(openings__isnull=False)
    rows = Matter.objects.filter(closed_at__lt=before).filter(told)
    return Matter.objects.filter(pk__in=rows.values("pk"))


def _make_anonymous(rows: list[Matter]) -> None:
    for told in (Party.objects, Note.objects, Opening.objects):
        told.filter(matter__in=rows).delete()
    Matter.objects.filter(pk__in=[row.pk for row in rows]).update(**BLANK)


purge("ticket", "matters.Matter", overdue=_still_telling, erase=_make_anonymous)
purge("ticket", "matters.Draft", overdue=lambda before: Draft.objects.filter(changed_at__lt=before))
purge("ticket", "matters.SentStep", overdue=lambda before: SentStep.objects.filter(received_at__lt=before))
purge("ticket", "matters.Submission", overdue=lambda before: Submission.objects.filter(received_at__lt=before))
