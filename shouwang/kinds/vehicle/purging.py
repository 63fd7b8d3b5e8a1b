"""A photo of a vehicle shows its plate, and goes when the plate goes."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from shouwang.core.actor import Actor
from shouwang.core.clock import now
from shouwang.core.retention import purge
from shouwang.evidence.models import Evidence
from shouwang.evidence.models.evidence import EvidenceState
from shouwang.evidence.opening import destroy
from shouwang.matters.models import Matter


def _of_vehicles(before: dt.datetime) -> QuerySet[Evidence]:
    matters = Matter.objects.filter(kind="vehicle").values("id")
    rows = Evidence.objects.filter(matter__in=matters, added_at__lt=before)
    return rows.exclude(state=EvidenceState.DESTROYED)


def _destroy(rows: list[Evidence]) -> None:
    destroy(rows, by=Actor.system(), at=now())


purge("plate", "evidence.Evidence", overdue=_of_vehicles, erase=_destroy)
