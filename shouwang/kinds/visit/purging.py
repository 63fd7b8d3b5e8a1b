"""How long a wish is kept, and that what its person told stays as long as it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from shouwang.core.retention import purge
from shouwang.kinds.visit.models import Wish
from shouwang.registry.grounds import keeper


def over(before: dt.datetime) -> QuerySet[Wish]:
    return Wish.objects.filter(Q(revoked_at__lt=before) | Q(ends_on__lt=before.date()))


@keeper
def people_who_asked(before: dt.datetime) -> QuerySet[Any]:
    """Their identities are needed as long as the wish is kept."""
    return Wish.objects.exclude(pk__in=over(before)).values("identity")


purge("ticket", "visit.Wish", overdue=over)
