"""Tracks end after 30 days, or after 90 where a review holds them (PAT-03). The general purge asks and erases here.

A busy town stores millions of fixes a month, so the daily job first takes away the bulk by one statement a day of
track; the general purge then finds what is left and proves that nothing is overdue.
"""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from shouwang.core.datamap import RETENTIONS
from shouwang.core.retention import purge
from shouwang.tracking.models import Fix, LastFix, TrackHold

KEPT = dt.timedelta(days=RETENTIONS["track"] or 0)
KEPT_FOR_REVIEW = dt.timedelta(days=RETENTIONS["track_review"] or 0)

_ERASE = """
DELETE FROM tracking_fix fix WHERE at >= %(start)s AND at < %(end)s AND (
    at < %(review)s OR NOT EXISTS (
        SELECT 1 FROM tracking_trackhold hold WHERE hold.unit = fix.unit AND hold.during @> fix.at))
"""


def purge_fixes(at: dt.datetime) -> int:
    """Erase every fix whose time is over, a day of track at a time; how many."""
    oldest = Fix.objects.order_by("at").values_list("at", flat=True).first()
    n_erased = 0
    while oldest is not None and oldest < at - KEPT:
        end = min(oldest + dt.timedelta(days=1), at - KEPT)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_ERASE, {"start": oldest, "end": end, "review": at - KEPT_FOR_REVIEW})
            n_erased += cursor.rowcount
        oldest = end
    return n_erased


def _not_held(before: dt.datetime) -> QuerySet[Fix]:
    holds = TrackHold.objects.filter(unit=OuterRef("unit"), during__contains=OuterRef("at"))
    return Fix.objects.filter(~Exists(holds), at__lt=before)


purge("track", "tracking.Fix", overdue=_not_held)
purge("track_review", "tracking.Fix", overdue=lambda before: Fix.objects.filter(at__lt=before))
purge("track", "tracking.LastFix", overdue=lambda before: LastFix.objects.filter(at__lt=before))
