"""Registering who lives where: each act one transaction and one entry; a record is looked at before it is changed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import check_phone, clean_line
from shouwang.core.clock import local_date
from shouwang.core.ids import new_id, receipt_code
from shouwang.core.keyring import active_number
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import Verb, require
from shouwang.places.models import Address, Area
from shouwang.registry.dwellings import keep_dwelling
from shouwang.registry.keeping import LIVING, dates, limit_for
from shouwang.registry.lists import Declarer, DocumentKind, Register, Sex, Source
from shouwang.registry.looking import ask_database
from shouwang.registry.models import Residence, Resident
from shouwang.registry.opening import Seen
from shouwang.registry.protecting import checked_document, index_columns, seal_of
from shouwang.registry.purposes import Basis
from shouwang.registry.spelling import name_grams

LONGEST_NAME = 60


class NotInAGrid(Problem):
    code, status = "registry.not_in_a_grid", 409
    says = _("This address lies in no grid yet. Place it on the map first, then register.")


class EndsBeforeItBegan(Problem):
    code, status = "registry.ends_before_it_began", 400
    says = _("A residence ends on the day it began or later, and not in the future.")


class NameMissing(Problem):
    code, status = "registry.name_missing", 400
    says = _("Write the name as it stands on the document.")


@dataclass(frozen=True)
class ResidentTold:
    """What a person told and showed. Sex and birth date only where the item needs them."""

    name: str
    category: str
    doc_kind: str
    doc_no: str
    sex: int = Sex.NOT_STATED
    birth_date: str = ""
    phone: str = ""
    emergency_contact: str = ""
    look_for_me: bool = False


@dataclass(frozen=True)
class ResidenceTold:
    relation: str
    from_on: dt.date
    to_on: dt.date | None = None
    declared_by: str = Declarer.OFFICER


@dataclass(frozen=True)
class Registered:
    resident: UUID
    residence: UUID
    receipt_no: str


def register_residence(
    resident: ResidentTold | Seen, lives: ResidenceTold, *, address: Address, by: Actor, at: dt.datetime,
    source: str = Source.VISIT, receipt_no: str = "",
) -> Registered:  # fmt: skip
    """Somebody new at an address, or somebody known (looked at before) who moved in there.

    Raises  NotAllowed, NotVisible, NotInAGrid, NameMissing, BadDocument, BadIdNumber, BadPhone, LookRefused
    """
    if address.area is None:
        raise NotInAGrid()
    require(by, Verb.REGISTER_KEEP, address.area, at)
    common = {"source": source, "basis": Basis.STATUTORY_DUTY, "kept_by": by.person_id, "created_at": at}
    receipt_no = receipt_no or receipt_code()
    with acting(by):
        if isinstance(resident, Seen):
            key = resident.id
            change(Register.RESIDENT, key, dates(at, LIVING))
        else:
            key = _keep_resident(resident, common, at)
        dwelling = keep_dwelling(address, relation=lives.relation, common=common, at=at)
        residence = Residence(
            resident_id=key, dwelling_id=dwelling, relation=lives.relation, from_on=lives.from_on, to_on=lives.to_on,
            declared_by=lives.declared_by, receipt_no=receipt_no, **common, **dates(at, limit_for(lives.relation)),
        )  # fmt: skip
        residence.save(force_insert=True)
        settle(key)
        _record("residence.register", residence.pk, address.area, by, at, relation=lives.relation, source=source)
    return Registered(key, residence.pk, receipt_no)


def verify_residence(seen: Seen, residence: UUID, *, by: Actor, at: dt.datetime) -> None:
    """It was checked on the spot or on a document and is still so. Raises NotAllowed, NotVisible, LookRefused."""
    area, lived = _allowed(seen, residence, by, at)
    with acting(by):
        change("residence", residence, dates(at, limit_for(lived["relation"])) | {"stale": False})
        change(Register.RESIDENT, seen.id, dates(at, LIVING) | {"stale": False})
        _record("residence.verify", residence, area, by, at)


def end_residence(seen: Seen, residence: UUID, *, ended_on: dt.date, by: Actor, at: dt.datetime) -> None:
    """He moved out. Raises NotAllowed, NotVisible, EndsBeforeItBegan, LookRefused."""
    area, lived = _allowed(seen, residence, by, at)
    if not dt.date.fromisoformat(lived["from_on"]) <= ended_on <= local_date(at):
        raise EndsBeforeItBegan(field="ended_on")
    with acting(by):
        change("residence", residence, {"ended_on": ended_on})
        settle(seen.id)
        _record("residence.end", residence, area, by, at, ended_on=ended_on)


def correct_resident(seen: Seen, told: Mapping[str, Any], *, by: Actor, at: dt.datetime) -> None:
    """Put right what is wrong: only the fields in `told`; the entry names them, never what they hold.

    Raises  NotAllowed, NotVisible, NameMissing, BadDocument, BadIdNumber, BadPhone, LookRefused
    """
    area = seen.area
    require(by, Verb.REGISTER_KEEP, area, at)
    wrong = set(told) - set(ResidentTold.__dataclass_fields__)
    if wrong or not told:
        raise ValueError(f"no field of a resident: {sorted(wrong)}")
    kind = str(told.get("doc_kind") or seen["doc_kind"] or DocumentKind.OTHER)
    with acting(by):
        change(Register.RESIDENT, seen.id, columns_of(seen.id, told, kind))
        _record("resident.correct", seen.id, area, by, at, kind="resident", fields=sorted(told))


def change(register: str, row: UUID, columns: Mapping[str, Any]) -> None:
    """Write columns of a record that was looked at within the hour, in the caller's transaction. Raises LookRefused."""
    ask_database("SELECT change_record(%s, %s, %s::jsonb)", [str(register), row, json.dumps(columns, default=_plain)])


def settle(resident: UUID) -> None:
    """Let him be found where he lives today."""
    ask_database("SELECT settle_resident(%s)", [resident])


def _keep_resident(told: ResidentTold, common: Mapping[str, Any], at: dt.datetime) -> UUID:
    row = new_id()
    given = {name: getattr(told, name) for name in ResidentTold.__dataclass_fields__}
    columns = columns_of(row, given, told.doc_kind)
    Resident(id=row, **columns, **common, **dates(at, LIVING), key_number=active_number()).save(force_insert=True)
    return row


def columns_of(row: UUID, told: Mapping[str, Any], doc_kind: str) -> dict[str, Any]:
    """The columns for what is told: checked, sealed, indexed. An empty phone or contact is taken away.

    `key_number` stays: it is the oldest key of the row, and the next turn seals the whole row anew.
    """
    columns: dict[str, Any] = {one: told[one] for one in ("category", "doc_kind", "sex", "look_for_me") if one in told}
    if "name" in told:
        name = clean_line(told["name"], LONGEST_NAME, field="name")
        if not name:
            raise NameMissing(field="name")
        columns |= {"name": name, "grams": name_grams(name)}
    number = checked_document(doc_kind, told["doc_no"]) if "doc_no" in told else None
    if number:
        columns |= _sealed(row, "doc_no", number) | index_columns(row, doc_no=number)
    if "birth_date" in told or number:
        columns |= _sealed(row, "birth_date", told.get("birth_date") or year_of(doc_kind, number))
    if "phone" in told:
        phone = check_phone(told["phone"], field="phone") if told["phone"].strip() else ""
        nothing = dict.fromkeys(("phone_bucket", "phone_check", "tail_bucket", "tail_check"))
        columns |= _sealed(row, "phone", phone) | (index_columns(row, phone=phone) if phone else nothing)
    if "emergency_contact" in told:
        contact = clean_line(told["emergency_contact"], 120, field="emergency_contact")
        columns |= _sealed(row, "emergency_contact", contact)
    return columns


def year_of(doc_kind: str, number: str | None) -> str:
    """The year alone: the day is nobody's business until an item needs it."""
    return number[6:10] if number and doc_kind == DocumentKind.ID_CARD else ""


def _sealed(row: UUID, field: str, value: str) -> dict[str, Any]:
    return {f"{field}_enc": seal_of(Register.RESIDENT, row, field, value)}


def _allowed(seen: Seen, residence: UUID, by: Actor, at: dt.datetime) -> tuple[Area | None, dict[str, Any]]:
    """The grid and the line of one of his residences that the look showed."""
    area = seen.area
    require(by, Verb.REGISTER_KEEP, area, at)
    return area, next(one for one in seen["residences"] or () if one["id"] == str(residence))


def _record(
    verb: str, subject: UUID, area: Area | None, by: Actor, at: dt.datetime, kind: str = "residence", **told: object
) -> None:
    record(verb, topic="register.changed", subject=(kind, subject), by=by, at=at, area=area, **told)


def _plain(value: Any) -> str:
    if isinstance(value, bytes):
        return "\\x" + value.hex()
    return value.isoformat() if isinstance(value, dt.date) else str(value)
