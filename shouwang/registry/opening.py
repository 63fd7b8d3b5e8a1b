"""Opening one record of a register: the look is committed first, then the database gives the fields it named."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.journal.record import record
from shouwang.people.access import Verb, may
from shouwang.places.models import Area
from shouwang.registry.emergencies import refuse_a_second_person
from shouwang.registry.grounds import Asked
from shouwang.registry.lists import Register
from shouwang.registry.looking import LookRefused, NoGround, ask_database, refuse_within_another_act, token_for
from shouwang.registry.models import Sitting
from shouwang.registry.protecting import SEALED, open_of
from shouwang.registry.purposes import FINDING_FOR, Basis, Purpose, Told

# Who it is, where he lives, whom to call: no telephone of his own, no birth date, no document (S-REG-008).
IN_AN_EMERGENCY = (Told.NAME, Told.CATEGORY, Told.EMERGENCY_CONTACT, Told.RESIDENCES, Told.STATE)
OPENED_WITH = {  # the verb without which no page asks; which rows is decided by the database
    Register.RESIDENT: (Verb.REGISTER_FIND,),
    Register.DWELLING: (Verb.REGISTER_FIND,),
    Register.ORGANISATION: (Verb.REGISTER_FIND,),
    Register.DECLARATION: (Verb.REGISTER_FILE, Verb.REGISTER_KEEP),
    Register.REQUEST: (Verb.REGISTER_KEEP,),
    Register.EDIT: (Verb.REGISTER_KEEP,),
}
OPENED_FOR = {  # what a page opens each register for; `register_fields()` names no other purpose
    Register.RESIDENT: (*FINDING_FOR, Purpose.EMERGENCY, Purpose.OWN_REQUEST),
    Register.DWELLING: (Purpose.VISIT, Purpose.VERIFICATION),
    Register.ORGANISATION: FINDING_FOR,
    Register.DECLARATION: (Purpose.REGISTRATION,),
    Register.REQUEST: (Purpose.OWN_REQUEST,),
    Register.EDIT: (Purpose.VERIFICATION,),
}


@dataclass(frozen=True)
class Seen:
    """One record as one look was given it. `parts` holds the columns of the fields asked for, opened."""

    register: Register
    id: UUID
    purpose: Purpose
    parts: dict[str, Any] = field(repr=False)

    def __getitem__(self, name: str) -> Any:
        return self.parts.get(name)

    @property
    def area(self) -> Area | None:
        """The grid it lies in; None when it lies nowhere today."""
        key = self.parts.get("area_id")
        return Area.objects.get(pk=key) if key else None

    def is_stale(self, today: dt.date) -> bool:
        return bool(self.parts.get("stale")) or str(self.parts.get("verify_by", "9999")) < today.isoformat()


def open_fields(register: Register, purpose: Purpose) -> tuple[str, ...]:
    """What may be asked of a record for this purpose, in the order of the closed list."""
    rows = ask_database(
        "SELECT field FROM register_fields() WHERE register = %s AND (purposes IS NULL OR %s = ANY (purposes))",
        [register.value, purpose.value],
    )
    return tuple(row[0] for row in rows)


def open_found(
    record_id: UUID, *, register: Register, search: UUID, sitting: Sitting, by: Actor, at: dt.datetime,
    fields: Collection[str] | None = None,
) -> Seen:  # fmt: skip
    """A candidate that this search showed, for the purpose it was searched for.

    Raises  NoGround, LookRefused, LimitReached, OnePersonOnly
    """
    refuse_a_second_person(sitting, record_id, by=by)
    if sitting.purpose == Purpose.EMERGENCY:
        fields = IN_AN_EMERGENCY
    asked = Asked((record_id,), by, at, Purpose(sitting.purpose), sitting.matter)
    return _open(register, asked, sitting.basis, fields, search)[0]


def open_shown(
    records: Sequence[UUID], *, search: UUID, sitting: Sitting, by: Actor, at: dt.datetime, fields: Collection[str]
) -> list[Seen]:
    """Residents whom this search showed together. Raises NoGround, LookRefused, LimitReached"""
    asked = Asked(tuple(records), by, at, Purpose(sitting.purpose), sitting.matter)
    return _open(Register.RESIDENT, asked, sitting.basis, fields, search)


def open_here(
    records: Sequence[UUID], *, register: Register, purpose: str, by: Actor, at: dt.datetime,
    fields: Collection[str] | None = None, basis: str = Basis.STATUTORY_DUTY,
) -> list[Seen]:  # fmt: skip
    """Dwellings, organisations and declarations on one's own ground, and declarations one filed oneself.

    Raises  NoGround, LookRefused, LimitReached
    """
    return _open(register, Asked(tuple(records), by, at, Purpose(purpose), None), basis, fields, None)


def open_own(resident: UUID, *, by: Actor, at: dt.datetime, purpose: str = Purpose.OWN_REQUEST) -> Seen:
    """What is held about oneself; the database knows whose record it is."""
    asked = Asked((resident,), by, at, Purpose(purpose), None)
    return _open(Register.RESIDENT, asked, Basis.CONSENT, None, None, own=True)[0]


def _open(
    register: Register, asked: Asked, basis: str, fields: Collection[str] | None, search: UUID | None,
    own: bool = False,
) -> list[Seen]:  # fmt: skip
    refuse_within_another_act()
    if asked.purpose not in OPENED_FOR[register]:
        raise NoGround()
    if not own and not any(may(asked.by, verb, None, asked.at) for verb in OPENED_WITH[register]):
        raise NoGround()
    known = open_fields(register, Purpose(asked.purpose))
    wanted = [one for one in known if fields is None or one in fields]
    with acting(asked.by):
        entry = record(
            "register.look", topic="register.looked", subject=(register.value, asked.identities[0]), by=asked.by,
            at=asked.at, register=register.value, purpose=str(asked.purpose), basis=str(basis), fields=wanted,
            n_records=len(asked.identities), matter_id=str(asked.matter or ""),
        )  # fmt: skip
        token = token_for(register, asked, str(basis), wanted, entry, search)
    with acting(asked.by):
        rows = ask_database("SELECT id, record FROM read_records(%s)", [token])
    found: dict[UUID, dict[str, Any]] = {}
    for key, columns in rows:
        found.setdefault(key, {}).update(_opened(register, key, json.loads(columns)))
    if not found:
        raise LookRefused()
    return [Seen(register, key, Purpose(asked.purpose), parts) for key, parts in found.items()]


def _opened(register: Register, key: UUID, columns: dict[str, Any]) -> dict[str, Any]:
    sealed = {f"{one}_enc": one for one in SEALED[register]}
    return {
        sealed.get(name, name): open_of(register, key, sealed[name], _bytes(value)) if name in sealed else value
        for name, value in columns.items()
    }


def _bytes(value: str | None) -> bytes | None:
    """A bytea as JSON writes it."""
    return bytes.fromhex(value.removeprefix("\\x")) if value else None
