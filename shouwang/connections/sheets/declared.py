"""Declarations of a sheet in the journal: one entry each, as for one that is filed by hand."""

from __future__ import annotations

import datetime as dt

from shouwang.connections.sheets.models import Batch, Line
from shouwang.core.actor import Actor
from shouwang.journal.record import record
from shouwang.registry.models import Declaration


def note_filed(batch: Batch, first: int, last: int) -> None:
    """What lines `first` … `last` filed, in the name of whoever brought the sheet."""
    by = Actor(batch.asked_by) if batch.asked_by else Actor.system()
    for one in left_of(batch, first, last):
        record(
            "declaration.file", topic="declaration.filed", subject=one, by=by, at=one.filed_at, area=one.area_id,
            kind=one.kind, declarer=one.declarer, happened_on=one.happened_on, late=one.filed_at > one.due_at,
            sheet_id=batch.pk,
        )  # fmt: skip


def left_of(batch: Batch, first: int, last: int) -> list[Declaration]:
    """The declarations that these lines made and that are still there, without what was told in them."""
    made = Line.objects.filter(batch=batch, made=True, number__range=(first, last)).values("id")
    return list(Declaration.objects.filter(pk__in=made).defer("told_enc").order_by("pk"))


def note_taken_back(batch: Batch, before: list[Declaration], *, at: dt.datetime) -> None:
    """Which of them went as the sheet was undone; what an officer worked on stays."""
    there = set(Declaration.objects.filter(pk__in=[one.pk for one in before]).values_list("pk", flat=True))
    for one in before:
        if one.pk not in there:
            record(
                "declaration.take_back", topic="declaration.taken_back", subject=one, by=Actor.system(), at=at,
                area=one.area_id, kind=one.kind, sheet_id=batch.pk,
            )  # fmt: skip
