"""Grants: a secret given out once opens one thing, until it ends or is taken back.

No role but `web` can list grants. They are found by their secret only, through a function of the database.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from uuid import UUID

from shouwang.core import keyring
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.journal.record import record
from shouwang.people.models import Grant, Person
from shouwang.people.models.grant import GrantKind

TOKEN_BYTES = 24


def hash_of(token: str) -> bytes:
    """What is kept of a long random secret: of a session, of a workstation."""
    return hashlib.sha256(token.encode()).digest()


def grant_hash(token: str) -> bytes:
    """What is kept of a grant's secret. Keyed: a receipt code is short enough to be tried through by a thief."""
    return keyring.keyed_hash(token, purpose="people.grant")


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
            kind=kind, subject=subject, person=person, token_hash=grant_hash(token), given_by=by.person_id,
            given_at=at, ends_at=ends_at,
        )  # fmt: skip
        record("grant.give", topic="grant.given", subject=grant, by=by, at=at, kind=kind.value, opens=str(subject))
    return grant, token


def grant_of(token: str, kind: GrantKind, at: dt.datetime) -> Grant | None:
    """The live grant behind a secret; None when it is unknown, over or taken back."""
    found = Grant.objects.raw("SELECT * FROM people_grant_of(%s, %s, %s)", [grant_hash(token), kind.value, at])
    return next(iter(found), None)


def revoke_grant(grant: Grant, *, by: Actor, at: dt.datetime) -> None:
    """Take it back; live screens and streams that stand on it end at once. The caller has settled who may."""
    with acting(by):
        Grant.objects.filter(pk=grant.pk, revoked_at__isnull=True).update(revoked_at=at)
        record("grant.revoke", topic="grant.revoked", subject=grant, by=by, at=at, kind=grant.kind)
