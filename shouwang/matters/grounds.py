"""Answers to the bridges below: who may look at the parties of a matter, and who may see and add its evidence.

A look is served while the matter is open, to whoever works on it, for the identities of its own parties.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from shouwang.core.actor import Actor
from shouwang.evidence.doors import answers
from shouwang.evidence.purging import keeper as evidence_keeper
from shouwang.matters.models import Matter, Party
from shouwang.people.access import Verb, may
from shouwang.people.models import Account
from shouwang.registry.grounds import Asked, ground, keeper
from shouwang.registry.purposes import Purpose

AFTER_CLOSING = {  # how long after the end a look for this purpose still has its ground
    Purpose.CALL_BACK: dt.timedelta(days=30),
    Purpose.CORRECTION: dt.timedelta(days=730),
    Purpose.OWN_REQUEST: dt.timedelta(days=730),
    Purpose.COMPLAINT: dt.timedelta(days=730),
    Purpose.SUPERVISION: dt.timedelta(days=730),
}


@ground
def parties_of_a_matter_one_works(asked: Asked) -> bool:
    if asked.matter is None:
        return False
    matter = Matter.objects.filter(pk=asked.matter).first()
    if matter is None or not may(asked.by, Verb.IDENTITY_LOOK, matter, asked.at):
        return False
    if matter.closed_at and asked.at > matter.closed_at + AFTER_CLOSING.get(Purpose(asked.purpose), dt.timedelta(0)):
        return False
    parties = Party.objects.filter(matter=matter, identity__in=asked.identities).values_list("identity", flat=True)
    return set(asked.identities) <= set(parties)


@keeper
def parties_of_matters_not_long_closed(before: dt.datetime) -> QuerySet[Any]:
    needed = Party.objects.filter(Q(matter__closed_at__isnull=True) | Q(matter__closed_at__gte=before))
    return needed.filter(identity__isnull=False).values("identity")


@answers
def may_with_the_matter(by: Actor, verb: Verb, matter: UUID, at: dt.datetime) -> bool:
    row = Matter.objects.filter(pk=matter).first()
    return row is not None and may(by, verb, row, at)


@evidence_keeper
def matters_not_long_closed(before: dt.datetime) -> QuerySet[Any]:
    return Matter.objects.filter(Q(closed_at__isnull=True) | Q(closed_at__gte=before)).values("id")


@keeper
def contacts_of_accounts(before: dt.datetime) -> QuerySet[Any]:
    """As long as an account rests on a number, its identity is needed."""
    return Account.objects.values_list("identity", flat=True)
