"""The few jobs that read identities in bulk: sending, rotation, purge. Each run is one entry with purpose and count.

They run as the role of the jobs; none takes its query from a request.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model

from shouwang.core import keyring
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import half_width
from shouwang.core.ids import new_id
from shouwang.journal.record import record
from shouwang.registry.lists import Register
from shouwang.registry.models import Declaration, Dwelling, Edit, Identity, Organisation, Request, Resident
from shouwang.registry.protecting import SEALED, open_of, seal_of
from shouwang.registry.sealing import FIELDS, open_field, sealed_anew

ROTATION_BATCH = 500
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
SEALED_MODELS: dict[Register, type[Model]] = {
    Register.RESIDENT: Resident,
    Register.DWELLING: Dwelling,
    Register.ORGANISATION: Organisation,
    Register.DECLARATION: Declaration,
    Register.REQUEST: Request,
    Register.EDIT: Edit,
}


@dataclass(frozen=True)
class Reach:
    """How somebody can be reached, and whether he may be."""

    number: str | None
    email: str | None
    protected: bool
    do_not_contact: bool


def reach_for_sending(identities: Collection[UUID], *, by: Actor, at: dt.datetime) -> dict[UUID, Reach]:
    """Numbers and e-mail addresses of those to whom a notice is due; in the caller's transaction."""
    rows = Identity.objects.filter(id__in=list(identities))
    found = {
        row.id: Reach(
            open_field(row.id, "number", row.number_enc),
            open_field(row.id, "email", row.email_enc),
            row.protected,
            row.do_not_contact,
        )
        for row in rows
    }
    _trace("sending", len(found), by, at)
    return found


def reach_residents(residents: Collection[UUID], *, kin: bool, by: Actor, at: dt.datetime) -> dict[UUID, Reach]:
    """Their own telephones, or those of whom they want called in an emergency; in the caller's transaction."""
    field = "emergency_contact" if kin else "phone"
    rows = Resident.objects.filter(id__in=list(residents))
    told = {row.id: open_of(Register.RESIDENT, row.id, field, getattr(row, f"{field}_enc")) for row in rows}
    _trace("sending", len(told), by, at)
    return {
        row: Reach(mobile_in(text or ""), None, protected=False, do_not_contact=False) for row, text in told.items()
    }


def mobile_in(text: str) -> str | None:
    """The first mobile number in what was written down: “王小燕 139 0000 1111”."""
    found = _MOBILE.search(re.sub(r"(?<=\d)[ -](?=\d)", "", half_width(text)))
    return found.group(0) if found else None


def rotate_identities(*, by: Actor, at: dt.datetime) -> int:
    """Seal under the active key whatever an older one sealed; how many rows. Killed at any point, it goes on later.

    Each batch is one transaction, and both keys open meanwhile: nothing is ever unreadable.
    """
    n_turned = 0
    while turned := _rotate_batch(by, at):
        n_turned += turned
    return n_turned


def rotate_records(*, by: Actor, at: dt.datetime) -> int:
    """The same for the sealed fields of every register; what the public pages shut away is sealed by this too."""
    n_turned = 0
    for register, model in SEALED_MODELS.items():
        while turned := _rotate_records(register, model, by, at):
            n_turned += turned
    return n_turned


def erase_identities(rows: list[Identity], *, by: Actor, at: dt.datetime) -> None:
    """Remove identities whose time is over; parties keep a key that leads nowhere."""
    Identity.objects.filter(id__in=[row.id for row in rows]).delete()
    _trace("purge", len(rows), by, at)


def _rotate_batch(by: Actor, at: dt.datetime) -> int:
    with acting(by):
        older = Identity.objects.filter(key_number__lt=keyring.active_number()).order_by("id")
        rows = list(older.select_for_update(skip_locked=True)[:ROTATION_BATCH])
        for row in rows:
            for column, value in sealed_anew(row).items():
                setattr(row, column, value)
        if rows:
            Identity.objects.bulk_update(rows, [f"{field}_enc" for field in FIELDS] + ["key_number"])
            _trace("rotation", len(rows), by, at)
    return len(rows)


def _rotate_records(register: Register, model: type[Model], by: Actor, at: dt.datetime) -> int:
    columns = [f"{field}_enc" for field in SEALED[register]]
    with acting(by):
        older = model._default_manager.filter(key_number__lt=keyring.active_number()).order_by("id")
        rows: list[Any] = list(older.select_for_update(skip_locked=True)[:ROTATION_BATCH])
        for row in rows:
            for field, column in zip(SEALED[register], columns, strict=True):
                setattr(
                    row,
                    column,
                    seal_of(register, row.pk, field, open_of(register, row.pk, field, getattr(row, column))),
                )
            row.key_number = keyring.active_number()
        if rows:
            model._default_manager.bulk_update(rows, [*columns, "key_number"])
            record(
                "register.rotate", topic="register.sealed", subject=("run", new_id()), by=by, at=at,
                register=register.value, n_rows=len(rows),
            )  # fmt: skip
    return len(rows)


def _trace(purpose: str, n_identities: int, by: Actor, at: dt.datetime) -> None:
    record(
        f"identity.read_for_{purpose}",
        topic="identity.bulk_read",
        subject=("run", new_id()),
        by=by,
        at=at,
        purpose=purpose,
        n_identities=n_identities,
    )
