"""Photos, signatures and spoken notes of a form: by whoever sent it, for whoever keeps the registers of its ground."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from shouwang.core.actor import Actor
from shouwang.evidence.doors import answers
from shouwang.evidence.purging import keeper
from shouwang.field.registers import REGISTERS
from shouwang.matters.models import SentStep
from shouwang.people.access import Verb, posts_of, spans


@answers
def may_with_the_form(by: Actor, verb: Verb, subject: UUID, at: dt.datetime) -> bool:
    """A form is known by its step: its author adds and sees, the officers of its ground see. Residents send none."""
    if verb not in (Verb.EVIDENCE_ADD, Verb.MATTER_READ) or not posts_of(by, at):
        return False
    form = SentStep.objects.filter(pk=subject, act__in=REGISTERS).first()
    if form is None:
        return False
    if form.person == by.person_id:
        return True
    lies = form.duty_path
    return verb == Verb.MATTER_READ and any(lies.startswith(path) for path in spans(by, Verb.REGISTER_KEEP, at) if lies)


@keeper
def forms_not_long_sent(before: dt.datetime) -> QuerySet[Any]:
    return SentStep.objects.filter(act__in=REGISTERS, received_at__gte=before).values("id")
