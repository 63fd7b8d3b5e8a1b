"""Tracks end after 30 days, or after 90 where a review holds them (PAT-03). The general purge asks and erases here.

The daily job drops whole days first, which costs nothing however many fixes a day has, and then erases the hours of
the night that are over too; the general purge proves that nothing is overdue.
"""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.datamap import RETENTIONS
from shouwang.core.retention import purge
from shouwang.tracking.archiving import archive_kept, waits_for_archive
from shouwang.tracking.days import drop_days
from shouwang.tracking.models import Fix, LastFix, TrackHold

KEPT = dt.timedelta(days=RETENTIONS["track"] or 0)
KEPT_FOR_REVIEW = dt.timedelta(days=RETENTIONS["track_review"] or 0)

_ERASE = """
DELETE FROM tracking_fix fix WHERE at < %(kept)s AND (
    at < %(review)s OR NOT EXISTS (
        SELECT 1 FROM tracking_trackhold hold WHERE hold.unit = fix.unit AND hold.during @> fix.at))
"""


def purge_fixes(at: dt.datetime) -> tuple[int, int]:
    """Erase every fix whose time is over: how many whole days, and how many fixes besides.

    What a matter keeps goes into its archive first, in the transaction that drops the day.
    """
    kept, review = at - KEPT, at - KEPT_FOR_REVIEW
    with acting(Actor.system()):
        archive_kept(before=kept, at=at)
        n_days = drop_days(before=kept, review_before=review)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ERASE, {"kept": kept, "review": review})
        return n_days, cursor.rowcount


def _not_held(before: dt.datetime) -> QuerySet[Fix]:
    holds = TrackHold.objects.filter(unit=OuterRef("unit"), during__contains=OuterRef("at"))
    return Fix.objects.filter(~Exists(holds), ~waits_for_archive(), at__lt=before)


purge("track", "tracking.Fix", overdue=_not_held)
purge("track_review", "tracking.Fix", overdue=lambda before: Fix.objects.filter(at__lt=before))
purge("track", "tracking.LastFix", overdue=lambda before: LastFix.objects.filter(at__lt=before))
