"""Sessions, failed sign-ins and proofs of contacts are forgotten 30 days after they ended."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from shouwang.core.retention import purge
from shouwang.people.models import ContactProof, FailedSignIn, Session


def _over(before: dt.datetime) -> QuerySet[Session]:
    return Session.objects.filter(Q(ended_at__lt=before) | Q(ends_at__lt=before))


def _failed(before: dt.datetime) -> QuerySet[FailedSignIn]:
    return FailedSignIn.objects.filter(at__lt=before)


def _asked(before: dt.datetime) -> QuerySet[ContactProof]:
    return ContactProof.objects.filter(asked_at__lt=before)


def _delete(rows: list[Any]) -> None:
    type(rows[0]).objects.filter(pk__in=[row.pk for row in rows]).delete()


def register() -> None:
    purge("session", "people.Session", overdue=_over, erase=_delete)
    purge("session", "people.FailedSignIn", overdue=_failed, erase=_delete)
    purge("session", "people.ContactProof", overdue=_asked, erase=_delete)
