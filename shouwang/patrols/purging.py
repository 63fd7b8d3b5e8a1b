"""How long partners are known by name: two years after they ended. Their hours stay, without it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from shouwang.core.retention import purge
from shouwang.patrols.models import Partner


def over(before: dt.datetime) -> QuerySet[Partner]:
    return Partner.objects.filter(ended_on__lt=before.date()).exclude(name="")


def forget(rows: list[Any]) -> None:
    keys = [row.pk for row in rows]
    Partner.objects.filter(pk__in=keys).update(name="", insured_until=None, trained_on=None, latest_end=None)


purge("ticket", "patrols.Partner", overdue=over, erase=forget)
