"""Reading who somebody is: first the trace is committed, then the database gives the row.

The role of the pages cannot read identities. A look is two transactions: the first writes a token, the lines the
person himself will read, and the journal entry; the second hands the committed token to a function of the database.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import ProgrammingError, connection
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.registry.grounds import Asked, may_serve
from shouwang.registry.lists import Register
from shouwang.registry.models import Look
from shouwang.registry.purposes import Basis, Purpose, Told
from shouwang.registry.sealing import FIELDS, open_field

REFUSED = "42501"  # insufficient_privilege: what the functions of the database answer
LONGEST_SHIFT = dt.timedelta(hours=16)  # the database refuses to reuse an older trace


class NoGround(Problem):
    code, status = "registry.no_ground", 403
    says = _(
        "This cannot be read now: it needs an open matter that you are working on, and a purpose that fits it. "
        "Open the matter, or ask whoever is responsible for it."
    )


class LimitReached(Problem):
    code, status = "registry.limit_reached", 429
    says = _(
        "You have looked for more people than anybody may within an hour or a day. Nothing was shown. "
        "Work goes on with the records you have; the limit ends by itself."
    )


class LookRefused(Problem):
    code, status = "registry.look_refused", 403
    says = _("The database did not give leave for this look. Nothing was shown. Try again from the matter itself.")


@dataclass(frozen=True)
class SeenIdentity:
    """What one look was given. A part that was not asked for, or never told, is None."""

    id: UUID
    name: str | None
    number: str | None
    address: str | None
    email: str | None
    protected: bool
    do_not_contact: bool


def look_at(
    identities: Sequence[UUID],
    *,
    by: Actor,
    at: dt.datetime,
    purpose: str,
    basis: str,
    matter: UUID | None = None,
    fields: Collection[str] = FIELDS,
) -> list[SeenIdentity]:
    """Read `fields` of `identities`; one journal entry. Opens two transactions of its own, so never within one.

    Raises  NoGround, LookRefused
    """
    asked = Asked(tuple(identities), by, at, Purpose(purpose), matter)
    wanted = {Told(field).value for field in fields}
    token = _leave(asked, Basis(basis), [field for field in FIELDS if field in wanted], known_entry=None)
    return _read(by, token)


def look_to_handle(
    identities: Sequence[UUID],
    *,
    by: Actor,
    at: dt.datetime,
    matter: UUID,
    since: dt.datetime,
) -> list[SeenIdentity]:
    """What opening the card of a matter one works shows; one entry per person, matter and shift (`since` its start).

    Raises  NoGround, LookRefused
    """
    asked = Asked(tuple(identities), by, at, Purpose.HANDLING, matter)
    token = _leave(asked, Basis.STATUTORY_DUTY, list(FIELDS), known_entry=_earlier_entry(asked, since))
    return _read(by, token)


def _earlier_entry(asked: Asked, since: dt.datetime) -> UUID | None:
    """The entry of this shift that already says that this person handles this matter and saw all of these."""
    lines = Look.objects.filter(
        person=asked.by.person_id or UUID(int=0),
        matter=asked.matter,
        purpose=asked.purpose,
        at__gte=max(since, asked.at - LONGEST_SHIFT),
    )
    seen: dict[UUID, set[UUID]] = {}
    with acting(asked.by):
        found = list(lines.order_by("at").values_list("entry", "identity"))
    for entry, identity in found:
        seen.setdefault(entry, set()).add(identity)
    covering = [entry for entry, identities in seen.items() if identities >= set(asked.identities)]
    return covering[-1] if covering else None


def _leave(asked: Asked, basis: str, fields: list[str], *, known_entry: UUID | None) -> UUID:
    """The first transaction: ground, journal entry, token and lines; committed when this returns."""
    refuse_within_another_act()
    with acting(asked.by):
        if not asked.identities or not asked.by.person_id or not may_serve(asked):
            raise NoGround()
        entry = known_entry or record(
            "identity.look",
            topic="identity.looked",
            subject=asked.matter or asked.identities[0],
            by=asked.by,
            at=asked.at,
            purpose=str(asked.purpose),
            basis=str(basis),
            fields=fields,
            n_identities=len(asked.identities),
        )
        return token_for(Register.IDENTITY, asked, basis, fields, entry)


def token_for(
    register: Register, asked: Asked, basis: str, fields: Sequence[str], entry: UUID, search: UUID | None = None
) -> UUID:
    """Leave for one look, written in the caller's transaction; it opens nothing before that is committed.

    Raises  LookRefused
    """
    row = ask_database(
        "SELECT open_look(%s, %s::uuid[], %s, %s, %s, %s::varchar[], %s, %s)",
        [
            register.value, list(asked.identities), str(asked.purpose), str(basis), asked.matter, list(fields), entry,
            search,
        ],
    )  # fmt: skip
    token: UUID = row[0][0]
    return token


def refuse_within_another_act() -> None:
    if connection.in_atomic_block:
        raise RuntimeError("a look opens its own transactions; do not call it within one")


def _read(by: Actor, token: UUID) -> list[SeenIdentity]:
    """The second transaction: the database gives what the committed token names."""
    with acting(by):
        rows = ask_database(
            "SELECT id, name_enc, number_enc, address_enc, email_enc, protected, do_not_contact"
            " FROM read_identities(%s)",
            [token],
        )
    return [_opened(*row) for row in rows]


def _opened(row: UUID, *columns: Any) -> SeenIdentity:
    *sealed, protected, do_not_contact = columns
    told = {field: open_field(row, field, value) for field, value in zip(FIELDS, sealed, strict=True)}
    return SeenIdentity(row, **told, protected=protected, do_not_contact=do_not_contact)


def ask_database(statement: str, values: list[Any], refusal: type[Problem] = LookRefused) -> list[tuple[Any, ...]]:
    """The rows; `refusal` when a function of the database says no."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows
    except ProgrammingError as fault:
        if getattr(fault.__cause__, "sqlstate", None) == REFUSED:
            raise (LimitReached if "too many" in str(fault.__cause__) else refusal)() from fault
        raise
