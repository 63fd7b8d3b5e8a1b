"""How long rounds are kept: their stops say where somebody asked for help, so no longer than the matters themselves."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from shouwang.core.retention import purge
from shouwang.rounds.models import Round, Stop


def over(before: dt.datetime) -> QuerySet[Round]:
    return Round.objects.filter(on__lt=before.date())


def stops_over(before: dt.datetime) -> QuerySet[Stop]:
    return Stop.objects.filter(round__in=over(before))


purge("ticket", "rounds.Stop", overdue=stops_over)
purge("ticket", "rounds.Round", overdue=over)
