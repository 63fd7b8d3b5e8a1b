"""Joining a resident to his own account, or to what a party told: by an officer who has the record open.

Nothing is opened by a number or a code alone: the officer saw the card at the counter, and the look is on record.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.ids import receipt_code
from shouwang.core.keyring import keyed_hash
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import Verb, require
from shouwang.people.models import Account, Grant, Person
from shouwang.people.models.grant import GrantKind
from shouwang.people.models.person import Standing
from shouwang.registry.keeping import require_fresh
from shouwang.registry.lists import Register
from shouwang.registry.looking import ask_database
from shouwang.registry.models import CounterCode
from shouwang.registry.opening import Seen
from shouwang.registry.registering import change

NOBODY = UUID(int=0)
CODE_LASTS = dt.timedelta(minutes=15)


class NotAnOwnAccount(Problem):
    code, status = "registry.not_an_own_account", 409
    says = _("Only an account of a resident can be joined to his record, not one of staff.")


class CodeNotGood(Problem):
    code, status = "registry.counter_code", 409
    says = _("This code is unknown, used or older than a quarter of an hour. The resident shows a new one.")


class CardNotSeen(Problem):
    code, status = "registry.card_not_seen", 422
    says = _(
        "See the document itself, compare it with the person, and tick that you did. A number alone joins nothing."
    )


class BoundElsewhere(Problem):
    code, status = "registry.bound_elsewhere", 409
    says = _("This account is joined to another resident. It has to be given up there first.")


def make_counter_code(*, by: Actor, at: dt.datetime) -> str:
    """What a resident who signed in shows at the counter, so that his account can be named there."""
    code = receipt_code()
    with acting(by):
        row = CounterCode.objects.create(
            code_hash=_hash(code), account=by.person_id or NOBODY, made_at=at, ends_at=at + CODE_LASTS
        )
        record("resident.ask_binding", topic="register.binding_asked", subject=("counter_code", row.pk), by=by, at=at)
    return code


def own_resident(by: Actor) -> UUID | None:
    """The resident whom the account that signed in was joined to, while that holds."""
    with acting(by):
        ((found,),) = ask_database("SELECT own_resident()", [])
    resident: UUID | None = found
    return resident


def account_with_code(code: str, *, spend: bool = False) -> Person:
    """Whose account the code names; with `spend` for the last time. Raises CodeNotGood, NotAnOwnAccount"""
    ((account,),) = ask_database("SELECT account_of_code(%s, %s)", [_hash(code), spend])
    if account is None:
        raise CodeNotGood(field="code")
    return _own_account(account)


def bind_with_code(seen: Seen, code: str, *, card_seen: bool, by: Actor, at: dt.datetime) -> None:
    """Face to face: the record is open, the card was compared with the person, his own phone shows the code.

    Raises  CardNotSeen, CodeNotGood, and as `bind_account` does
    """
    if not card_seen:
        raise CardNotSeen(field="card_seen")
    with acting(by):
        account = account_with_code(code, spend=True)
        bind_account(seen, account.pk, by=by, at=at)


def bind_account(seen: Seen, account: UUID, *, by: Actor, at: dt.datetime) -> None:
    """From now on this account reads what is held about the resident; another one of his no longer does.

    It rests on the number or mailbox of today: when that changes, the account falls back (`people.accounts.let_go`).
    Raises  NotAnOwnAccount, BoundElsewhere, StaleRecord, LookRefused, NotAllowed, NotVisible
    """
    area = seen.area
    require(by, Verb.REGISTER_KEEP, area, at)
    require_fresh(seen, at)
    holder = _own_account(account)
    with acting(by):
        before = Grant.objects.filter(kind=GrantKind.BOUND, revoked_at__isnull=True)
        if before.filter(person=holder).exclude(subject=seen.id).exists():
            raise BoundElsewhere()
        before.filter(Q(person=holder) | Q(subject=seen.id)).update(revoked_at=at)
        ask_database("SELECT free_account(%s)", [account])
        try:
            change(Register.RESIDENT, seen.id, {"account": str(account)})
        except IntegrityError as fault:  # two counters at once
            raise BoundElsewhere() from fault
        contact = Account.objects.filter(person=holder).first()
        Grant.objects.create(
            kind=GrantKind.BOUND, subject=seen.id, person=holder, given_by=by.person_id, given_at=at,
            rests_on=contact.identity if contact else None,
        )  # fmt: skip
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


def _own_account(account: UUID) -> Person:
    holder = Person.objects.filter(pk=account, standing=Standing.RESIDENT, active=True).first()
    if holder is None:
        raise NotAnOwnAccount()
    return holder


def _hash(code: str) -> bytes:
    plain = "".join(one for one in code.upper() if one.isalnum())
    return keyed_hash(plain, purpose="registry.counter_code")
