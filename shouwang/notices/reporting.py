"""How far a notice has come, as gateways and readers report it. States only go forward."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.notices.models import Channel, Notice, NoticeState, RecipientKind
from shouwang.notices.sending import fail
from shouwang.notices.wordings import text_of

ON_THE_WAY = (NoticeState.QUEUED, NoticeState.SENDING, NoticeState.SENT)


class UnknownNotice(Problem):
    code, status = "notice.unknown", 404
    says = _("This message is not known here.")


def report_delivered(notice: UUID, *, at: dt.datetime) -> Notice:
    """The gateway says that it arrived. Again, or late, changes nothing."""
    with acting(Actor.system()):
        row = _locked(notice)
        if row.state in ON_THE_WAY:
            row.state, row.delivered_at, row.next_try_at = NoticeState.DELIVERED, at, None
            row.sent_at = row.sent_at or at
            row.save(update_fields=["state", "delivered_at", "sent_at", "next_try_at"])
    return row


def report_failed(notice: UUID, why: str, *, at: dt.datetime) -> Notice:
    """The gateway says that it will not arrive. What arrived already stays arrived."""
    by = Actor.system()
    with acting(by):
        row = _locked(notice)
        if row.state in ON_THE_WAY:
            fail(row, why, by=by, at=at)
            row.save(update_fields=["state", "why", "next_try_at"])
    return row


def mark_notice_read(notice: UUID, *, by: Actor, at: dt.datetime) -> Notice:
    """The person it was for has opened it; the first time counts. Raises UnknownNotice for anybody else."""
    with acting(by):
        row = _locked(notice)
        if row.recipient_kind != RecipientKind.PERSON or row.recipient != by.person_id:
            raise UnknownNotice()
        if row.read_at is None:
            row.state, row.read_at = NoticeState.READ, at
            row.save(update_fields=["state", "read_at"])
            record("notice.read", topic="notice.read", subject=row, by=by, at=at)
    return row


def inbox_of(by: Actor, *, unread: bool = False, limit: int = 100) -> list[Notice]:
    """What was told to this person inside the application, newest first."""
    if by.person_id is None:
        return []
    rows = Notice.objects.filter(recipient=by.person_id, recipient_kind=RecipientKind.PERSON, channel=Channel.IN_APP)
    rows = rows.exclude(state=NoticeState.WITHHELD)
    return list((rows.filter(read_at__isnull=True) if unread else rows).order_by("-queued_at")[:limit])


def said(notice: Notice, language: str) -> str:
    """The text of an inside notice, in the language of whoever reads it now."""
    return text_of(notice.wording, notice.values, language=language)


def _locked(notice: UUID) -> Notice:
    row = Notice.objects.select_for_update().filter(id=notice).first()
    if row is None:
        raise UnknownNotice()
    return row
