"""Residents' accounts: opened on a proven contact, signed in to, changed, deleted. Level two of three.

An account opens what was filed with it, by grants that rest on its contact. Numbers are given to new people: so when
the contact changes, or somebody comes back in by nothing but a message to it, those grants end and each matter is
behind its receipt again.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, connection
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.ids import new_id
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people import codes, proofs, signing_in
from shouwang.people.access import NotVisible
from shouwang.people.models import Account, ContactProof, Grant, Passkey, Person, RecoveryCode, Session
from shouwang.people.models.account import ProofPurpose
from shouwang.people.models.grant import GrantKind
from shouwang.people.models.person import Standing
from shouwang.people.proofs import contact_hash

LONGEST_NAME = 60


class AccountThere(Problem):
    code, status = "people.account_there", 409
    says = _("There is an account with this number or mailbox already. Sign in, or come back in without a password.")


class NoAccount(Problem):
    code, status = "people.no_account", 404
    says = _("No account rests on this number or mailbox. You can open one.")


@dataclass(frozen=True)
class CameBack:
    """Somebody is in again: who, with which new recovery codes, and how many matters are behind receipts again."""

    person: Person
    codes: list[str]
    n_let_go: int


def resident_with(hashed: bytes) -> UUID | None:
    """Whose account rests on this contact."""
    return _asked("people_resident_of_contact", hashed)


def resident_with_passkey(credential: bytes) -> UUID | None:
    return _asked("people_resident_of_passkey", credential)


def open_account(proof: UUID, *, called: str, password: str | None, at: dt.datetime) -> tuple[Person, list[str]]:
    """The account and its recovery codes, shown once. `password` None: a passkey is made at once.

    Raises  ProofOver, AccountThere, WeakPassword
    """
    person = Person(id=new_id(), standing=Standing.RESIDENT, created_at=at)
    person.login = f"r.{person.pk}"  # nobody types it; a number in clear would be read by every page of staff
    by = Actor(person_id=person.pk)
    try:
        with acting(by):
            row = proofs.proven(proof, ProofPurpose.JOIN, at)
            if resident_with(bytes(row.contact_hash)):
                raise AccountThere
            person.name = clean_line(called, LONGEST_NAME, field="called") or row.shown
            if password is not None:
                signing_in.check_strength(person, password)
                person.password = make_password(password)
            person.save(force_insert=True)
            _rest_on(person, row, at)
            proofs.use(row, at=at)
            record("person.join", topic="person.joined", subject=person, by=by, at=at)
            return person, codes.new_recovery_codes(person, by=by, at=at)
    except IntegrityError as fault:  # the same contact, twice at once
        raise AccountThere from fault


def sign_in(contact: str, password: str, *, address: str, at: dt.datetime) -> Person:
    """The resident behind contact (tidied) and password. Raises TooManyFailures, SignInRefused: told alike for all"""
    signing_in.refuse_guesser(contact, address=address, at=at)
    holder = resident_with(contact_hash(contact))
    with acting(Actor(person_id=holder)):
        person = Person.objects.filter(pk=holder, active=True).first() if holder else None
    if not signing_in.fits(person, password) or person is None:
        signing_in.count_failure(contact, address=address, at=at, person=person)
        raise signing_in.SignInRefused
    return person


def come_back(proof: UUID, *, recovery_code: str, password: str, address: str, at: dt.datetime) -> CameBack:
    """The password or passkey is lost: a code to the contact was right, and a recovery code may prove the rest.

    With a recovery code everything stays. Without one the number alone speaks, and it may have got a new holder:
    keys and grants of before end.  Raises ProofOver, NoAccount, WrongCode, WeakPassword, TooManyFailures
    """
    with acting(Actor.nobody()):
        row = proofs.proven(proof, ProofPurpose.LOST, at)
    holder = resident_with(bytes(row.contact_hash))
    if holder is None:
        raise NoAccount
    signing_in.refuse_guesser(str(holder), address=address, at=at)
    try:
        return _come_back(proof, Actor(person_id=holder), recovery_code.strip(), password, at)
    except codes.WrongCode:
        signing_in.count_failure(str(holder), address=address, at=at, person=None)
        raise


def _come_back(proof: UUID, by: Actor, recovery_code: str, password: str, at: dt.datetime) -> CameBack:
    n_let_go = 0
    with acting(by):
        person = _holder(by)
        signing_in.check_strength(person, password)
        row = proofs.proven(proof, ProofPurpose.LOST, at)
        if recovery_code:
            codes.check_code(person, recovery_code, at=at)
        else:
            n_let_go = let_go(person, by=by, at=at)
            Passkey.objects.filter(person=person).delete()
        Session.objects.filter(person=person, ended_at__isnull=True).update(ended_at=at)
        signing_in.set_password(person, password, by=by, at=at)
        proofs.use(row, at=at)
        record("person.come_back", topic="person.proof_changed", subject=person, by=by, at=at, n_let_go=n_let_go)
        return CameBack(person, codes.new_recovery_codes(person, by=by, at=at), n_let_go)


def change_contact(proof: UUID, *, by: Actor, at: dt.datetime) -> int:
    """The account rests on another number or mailbox; how many matters fall back to their receipts.

    Raises  ProofOver, AccountThere
    """
    with acting(by):
        row = proofs.proven(proof, ProofPurpose.CHANGE, at)
        if row.person != by.person_id:
            raise proofs.ProofOver
        person = _holder(by)
        there = resident_with(bytes(row.contact_hash))
        if there is not None and there != person.pk:
            raise AccountThere
        n_let_go = let_go(person, by=by, at=at) if there is None else 0
        _rest_on(person, row, at)
        proofs.use(row, at=at)
        record("person.change_contact", topic="person.proof_changed", subject=person, by=by, at=at, n_let_go=n_let_go)
    return n_let_go


def delete_account(*, by: Actor, at: dt.datetime) -> None:
    """The account and whatever proves it go; what was filed stays where it is worked on, behind its receipt."""
    with acting(by):
        person = _holder(by)
        n_let_go = let_go(person, by=by, at=at)
        Session.objects.filter(person=person, ended_at__isnull=True).update(ended_at=at)
        Passkey.objects.filter(person=person).delete()
        RecoveryCode.objects.filter(person=person).delete()
        Account.objects.filter(person=person).delete()
        record("person.delete_account", topic="person.closed", subject=person, by=by, at=at, n_let_go=n_let_go)
        Person.objects.filter(pk=person.pk).update(active=False, name="—", password="")


def let_go(person: Person, *, by: Actor, at: dt.datetime) -> int:
    """End the grants of this account, the joining with its resident too; how many matters fall back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_end_binding(%s), people_let_go(%s)", [at, at])
        n_let_go = int(cursor.fetchone()[1])
    if n_let_go:
        record("grants.let_go", topic="grant.revoked", subject=person, by=by, at=at, n_let_go=n_let_go)
    return n_let_go


def hold(matter: UUID, *, by: Actor, at: dt.datetime, ends_at: dt.datetime, receipt: UUID | None = None) -> bool:
    """Open a matter to the account that filed or claimed it; False when it was open to it already.

    The portal's role can do so only before the matter is there, or holding the grant of its receipt.
    """
    with acting(replace(by, grant_id=receipt or by.grant_id)):
        held = Grant.objects.filter(person=by.person_id, subject=matter, revoked_at__isnull=True, kind=GrantKind.FILED)
        if held.exists():
            return False
        account = Account.objects.filter(person=by.person_id).first()
        grant = Grant.objects.create(
            kind=GrantKind.FILED, subject=matter, person_id=by.person_id, given_by=by.person_id, given_at=at,
            ends_at=ends_at, rests_on=account.identity if account else None,
        )  # fmt: skip
        record("grant.give", topic="grant.given", subject=grant, by=by, at=at, kind="filed", opens=str(matter))
    return True


def account_of(by: Actor) -> Account | None:
    with acting(by):
        return Account.objects.filter(person=by.person_id).first()


def _holder(by: Actor) -> Person:
    """Whose account it is. Raises NotVisible for whoever has none"""
    if by.person_id is None:
        raise NotVisible
    return Person.objects.get(pk=by.person_id, standing=Standing.RESIDENT)


def _rest_on(person: Person, row: ContactProof, at: dt.datetime) -> None:
    Account.objects.update_or_create(
        person=person,
        defaults={"kind": row.kind, "contact_hash": bytes(row.contact_hash), "identity": row.identity,
                  "shown": row.shown, "proven_at": at},
    )  # fmt: skip


def _asked(function: str, given: bytes) -> UUID | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [given])
        found: UUID | None = cursor.fetchone()[0]
    return found
