"""Joining a resident to his own account, or to what a party told: by an officer who has the record open.

Nothing is opened by a number or a code alone: the officer saw the card at the counter, and the look is on record.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import Verb, require
from shouwang.people.models import Person
from shouwang.people.models.person import Standing
from shouwang.registry.keeping import require_fresh
from shouwang.registry.lists import Register
from shouwang.registry.opening import Seen
from shouwang.registry.registering import change


class NotAnOwnAccount(Problem):
    code, status = "registry.not_an_own_account", 409
    says = _("Only an account of a resident can be joined to his record, not one of staff.")


def bind_account(seen: Seen, account: UUID, *, by: Actor, at: dt.datetime) -> None:
    """From now on this account reads what is held about the resident.

    Raises  NotAnOwnAccount, StaleRecord, LookRefused, NotAllowed, NotVisible
    """
    area = seen.area
    require(by, Verb.REGISTER_KEEP, area, at)
    require_fresh(seen, at)
    if not Person.objects.filter(pk=account, standing=Standing.RESIDENT, active=True).exists():
        raise NotAnOwnAccount()
    with acting(by):
        change(Register.RESIDENT, seen.id, {"account": str(account)})
        record(
            "resident.bind", topic="register.changed", subject=("resident", seen.id), by=by, at=at, area=area,
            account_id=account,
        )  # fmt: skip


def link_identity(seen: Seen, identity: UUID, *, by: Actor, at: dt.datetime) -> None:
    """A party of a matter is this resident. Raises StaleRecord, LookRefused, NotAllowed, NotVisible"""
    area = seen.area
    require(by, Verb.REGISTER_FIND, area, at)
    require_fresh(seen, at)
    with acting(by):
        change(Register.RESIDENT, seen.id, {"identity_id": str(identity)})
        record(
            "resident.link", topic="register.changed", subject=("resident", seen.id), by=by, at=at, area=area,
            identity_id=identity,
        )  # fmt: skip
