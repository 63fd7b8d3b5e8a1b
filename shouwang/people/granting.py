"""Grants: a secret given out once opens one thing, until it ends or is taken back."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from uuid import UUID

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.journal.record import record
from shouwang.people.models import Grant, Person
from shouwang.people.models.grant import GrantKind

TOKEN_BYTES = 24


def hash_of(token: str) -> bytes:
    """What is kept of a secret that was given out. Fit for long random tokens; short codes need a slow hash."""
    return hashlib.sha256(token.encode()).digest()


def give_grant(
    kind: GrantKind,
    *,
    subject: UUID,
    by: Actor,
    at: dt.datetime,
    ends_at: dt.datetime | None = None,
    person: Person | None = None,
    token: str | None = None,
) -> tuple[Grant, str]:
    """The grant and its secret, which is told now and never again. The caller has settled who may give it.

    token  a secret made elsewhere (a receipt code); otherwise one is made
    """
    token = token or secrets.token_urlsafe(TOKEN_BYTES)
    with acting(by):
        grant = Grant.objects.create(
            kind=kind, subject=subject, person=person, token_hash=hash_of(token), given_by=by.person_id,
            given_at=at, ends_at=ends_at,
        )  # fmt: skip
        record("grant.give", topic="grant.given", subject=grant, by=by, at=at, kind=kind.value, opens=str(subject))
    return grant, token


def grant_of(token: str, kind: GrantKind, at: dt.datetime) -> Grant | None:
    """The live grant behind a secret; None when it is unknown, over or taken back."""
    grant = Grant.objects.filter(token_hash=hash_of(token), kind=kind, revoked_at__isnull=True).first()
    return grant if grant and (grant.ends_at is None or at < grant.ends_at) else None


def revoke_grant(grant: Grant, *, by: Actor, at: dt.datetime) -> None:
    """Take it back; live screens and streams that stand on it end at once. The caller has settled who may."""
    with acting(by):
        Grant.objects.filter(pk=grant.pk, revoked_at__isnull=True).update(revoked_at=at)
        record("grant.revoke", topic="grant.revoked", subject=grant, by=by, at=at, kind=grant.kind)
