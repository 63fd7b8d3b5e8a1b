"""Photos, signatures and spoken notes of a form, by whoever sent it, for whoever keeps the registers of its ground; and
those that their matter took no more, for whoever triages there."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from shouwang.core.actor import Actor
from shouwang.evidence.doors import answers
from shouwang.evidence.purging import keeper
from shouwang.field.late import LATE_FILE
from shouwang.field.registers import REGISTERS
from shouwang.matters.models import SentStep
from shouwang.people.access import Verb, posts_of, spans

CARRIERS = (*REGISTERS, LATE_FILE)  # steps that files are sent with


@answers
def may_with_the_form(by: Actor, verb: Verb, subject: UUID, at: dt.datetime) -> bool:
    """A form is known by its step: its author adds and sees, the officers of its ground see. Residents have none.

    Why the author adds without a post too: his may have ended while the photo waited on the phone.
    """
    if verb not in (Verb.EVIDENCE_ADD, Verb.MATTER_READ) or not (by.device_id or posts_of(by, at)):
        return False
    form = SentStep.objects.filter(pk=subject, act__in=CARRIERS).first()
    if form is None:
        return False
    if form.person == by.person_id:
        return verb == Verb.EVIDENCE_ADD or bool(posts_of(by, at))
    lies, needed = form.duty_path, Verb.MATTER_TRIAGE if form.act == LATE_FILE else Verb.REGISTER_KEEP
    return verb == Verb.MATTER_READ and any(lies.startswith(path) for path in spans(by, needed, at) if lies)


@keeper
def forms_not_long_sent(before: dt.datetime) -> QuerySet[Any]:
    return SentStep.objects.filter(act__in=CARRIERS, received_at__gte=before).values("id")
