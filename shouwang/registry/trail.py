"""Who looked: the lines that the person looked at can read, as soon as the look is committed.

Third parties are kept out (PRI-17): a line speaks of one's own identities only, and names the matter only when it
is one's own. A function of the database gives the lines, since the public face may read neither looks nor staff.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.people.roles import ROLE_TABLE
from shouwang.people.verbs import Verb
from shouwang.registry.lists import Register
from shouwang.registry.purposes import Basis, Purpose, Told

LOOKING_ROLES = [name for name, role in ROLE_TABLE.items() if {Verb.IDENTITY_LOOK, Verb.REGISTER_FIND} & role.verbs]


@dataclass(frozen=True)
class LookLine:
    """One look in plain words: “{unit} {role} {person} saw your {told}, for {purpose}”. `entry` proves it."""

    at: dt.datetime
    unit: str
    role: Promise | str
    person: str
    told: tuple[Promise | str, ...]
    purpose: Promise | str
    basis: Promise | str
    matter: UUID | None
    entry: UUID


def looks_for_matter(matter: UUID, *, identities: Collection[UUID]) -> list[LookLine]:
    """Looks at `identities` (those of the one who asks, and of nobody else) for this matter; newest first."""
    return _lines(identities, matter, own_matters={matter})


def looks_for_person(*, identities: Collection[UUID], own_matters: Collection[UUID]) -> list[LookLine]:
    """All looks at `identities`, newest first; the matter stays unnamed unless it is among `own_matters`."""
    return _lines(identities, None, own_matters=set(own_matters))


@dataclass(frozen=True)
class OwnLook:
    """One look at oneself: office and role, not yet the name; that comes with the answer to “why?” (PRI-17)."""

    at: dt.datetime
    entry: UUID
    register: Promise | str
    unit: str
    role: Promise | str
    told: tuple[Promise | str, ...]
    purpose: Promise | str
    basis: Promise | str
    matter: UUID | None


def looks_at_oneself(by: Actor, *, identities: Collection[UUID], own_matters: Collection[UUID]) -> list[OwnLook]:
    """At the record, dwelling, declarations and requests of whoever signed in, and at what he told in his matters."""
    with acting(by), connection.cursor() as cursor:
        cursor.execute(
            "SELECT entry, at, register, unit, role, fields, purpose, basis, matter"
            " FROM own_looks(%s::uuid[], %s::text[])",
            [list(identities), LOOKING_ROLES],
        )
        rows = cursor.fetchall()
    return [
        OwnLook(
            at, entry, Register(register).label, unit or "—",
            ROLE_TABLE[role].label if role in ROLE_TABLE else _("no post"),
            tuple(Told(field).label for field in fields), Purpose(purpose).label, Basis(basis).label,
            about if about in own_matters else None,
        )
        for entry, at, register, unit, role, fields, purpose, basis, about in rows
    ]  # fmt: skip


def _lines(identities: Collection[UUID], matter: UUID | None, *, own_matters: set[UUID]) -> list[LookLine]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT entry, at, unit, role, person, fields, purpose, basis, matter"
            " FROM who_looked(%s::uuid[], %s, %s::text[])",
            [list(identities), matter, LOOKING_ROLES],
        )
        rows = cursor.fetchall()
    return [
        LookLine(
            at=at,
            unit=unit or "—",
            role=ROLE_TABLE[role].label if role in ROLE_TABLE else _("no post"),
            person=person or "—",
            told=tuple(Told(field).label for field in fields),
            purpose=Purpose(purpose).label,
            basis=Basis(basis).label,
            matter=about if about in own_matters else None,
            entry=entry,
        )
        for entry, at, unit, role, person, fields, purpose, basis, about in rows
    ]
