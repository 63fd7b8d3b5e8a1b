"""Proving that a number or a mailbox is one's own: a code is sent to it, ten minutes, five tries."""

from __future__ import annotations

import datetime as dt
import hmac
import secrets
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core import keyring
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import half_width
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.models import ContactProof
from shouwang.people.models.account import ProofPurpose

CODE_LASTS = dt.timedelta(minutes=10)
USED_WITHIN = dt.timedelta(minutes=30)  # after the code was right: time to choose a password
MOST_WRONG = 5
WITHIN = dt.timedelta(hours=1)
MOST_TO_ONE, MOST_FROM_ONE = 5, 20  # codes to one number, and from one address, in that time


class TooManyCodes(Problem):
    code, status = "people.too_many_codes", 429
    says = _("Enough codes were sent for now. Wait an hour, or ask at any police room.")


class WrongContactCode(Problem):
    code, status = "people.wrong_contact_code", 403
    says = _("This code does not fit, or its ten minutes are over. After five wrong tries ask for a new one.")


class ProofOver(Problem):
    code, status = "people.proof_over", 410
    says = _("Too much time has passed. Begin again; a new code will be sent.")


@dataclass(frozen=True)
class Contact:
    """A number or mailbox as its holder typed it: what is kept of it. `identity` is its key in the registry."""

    kind: str
    hash: bytes
    identity: UUID
    shown: str


def contact_hash(contact: str) -> bytes:
    return keyring.keyed_hash(contact, purpose="people.contact")


def refuse_flood(hashed: bytes, *, source: str, at: dt.datetime) -> None:
    """Raises TooManyCodes: five in an hour to one contact, twenty from one address."""
    recent = ContactProof.objects.filter(asked_at__gt=at - WITHIN)
    if recent.filter(contact_hash=hashed).count() >= MOST_TO_ONE:
        raise TooManyCodes
    if recent.filter(source=_source_hash(source)).count() >= MOST_FROM_ONE:
        raise TooManyCodes


def ask_proof(contact: Contact, purpose: ProofPurpose, *, source: str, by: Actor, at: dt.datetime) -> ContactProof:
    """Have a code sent. The same is answered whether an account has this contact or not."""
    with acting(by):
        proof = ContactProof.objects.create(
            purpose=purpose, kind=contact.kind, contact_hash=contact.hash, identity=contact.identity,
            shown=contact.shown, person=by.person_id, source=_source_hash(source), asked_at=at,
            ends_at=at + CODE_LASTS,
        )  # fmt: skip
        record(
            "contact.ask_proof", topic="contact.asked", subject=("proof", proof.pk), by=by, at=at, purpose=purpose.value
        )
    return proof


def make_code(proof: UUID) -> str | None:
    """Six digits for one proof, kept as a hash: asked by the sending job. None when it is not waiting for any."""
    code = f"{secrets.randbelow(10**6):06d}"
    waiting = ContactProof.objects.filter(pk=proof, proven_at__isnull=True)
    return code if waiting.update(code_hash=_code_hash(proof, code)) else None


def prove_contact(proof: UUID, code: str, *, at: dt.datetime) -> None:
    """The code was typed. Raises WrongContactCode; the wrong try is kept, whatever the caller rolls back."""
    with acting(Actor.nobody()):
        row = ContactProof.objects.select_for_update().filter(pk=proof).first()
        if row is not None and row.proven_at is not None:
            return
        fits = row is not None and at < row.ends_at and row.wrong < MOST_WRONG and _fits(row, code)
        if row is not None:
            row.proven_at, row.wrong = (at, row.wrong) if fits else (None, min(row.wrong + 1, MOST_WRONG))
            row.save(update_fields=["proven_at", "wrong"])
    if not fits:
        raise WrongContactCode(field="code")


def proven(proof: UUID, purpose: ProofPurpose, at: dt.datetime) -> ContactProof:
    """A proof that stands and is not used yet; locked, inside the caller's transaction. Raises ProofOver"""
    row = ContactProof.objects.select_for_update().filter(pk=proof, purpose=purpose, used_at__isnull=True).first()
    if row is None or row.proven_at is None or at > row.proven_at + USED_WITHIN:
        raise ProofOver
    return row


def use(proof: ContactProof, *, at: dt.datetime) -> None:
    proof.used_at = at
    proof.save(update_fields=["used_at"])


def _fits(row: ContactProof, code: str) -> bool:
    typed = "".join(half_width(code).split())
    return row.code_hash is not None and hmac.compare_digest(bytes(row.code_hash), _code_hash(row.pk, typed))


def _code_hash(proof: UUID, code: str) -> bytes:
    return keyring.keyed_hash(f"{proof}:{code}", purpose="people.contact_code")


def _source_hash(source: str) -> bytes:
    return keyring.keyed_hash(source, purpose="people.contact_source")
