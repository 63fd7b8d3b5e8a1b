"""The token with which a unit's phone or tracker reports: shown once, taken back at any time."""

from __future__ import annotations

import datetime as dt

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.duty.models import Unit
from shouwang.people.access import Verb, require
from shouwang.people.granting import give_grant, revoke_grant
from shouwang.people.models import Grant
from shouwang.people.models.grant import GrantKind
from shouwang.tracking.pipeline.authenticate import forget

LASTS = dt.timedelta(days=365)


def give_token(*, unit: Unit, by: Actor, at: dt.datetime) -> tuple[Grant, str]:
    """A new token of the unit, beside those it has. Raises NotAllowed, NotVisible"""
    with acting(by):
        require(by, Verb.UNIT_MANAGE, unit, at)
        return give_grant(GrantKind.UNIT, subject=unit.pk, by=by, at=at, ends_at=at + LASTS)


def take_tokens_back(*, unit: Unit, by: Actor, at: dt.datetime) -> int:
    """Every token of the unit; how many. Within a second nothing they send is accepted."""
    with acting(by):
        require(by, Verb.UNIT_MANAGE, unit, at)
        live = Grant.objects.filter(kind=GrantKind.UNIT, subject=unit.pk, revoked_at__isnull=True)
        n_taken = 0
        for grant in live:
            revoke_grant(grant, by=by, at=at)
            n_taken += 1
    forget(unit.pk)
    return n_taken
