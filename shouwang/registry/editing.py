"""Forms that phones filled in without a network: kept sealed as they came, then done, or left for a person.

An edit of a record carries the version of the copy that it was made on. What contradicts nothing is written; where two
edits of one field did not know each other, one is shown, both are kept, and a person decides (`agreeing.py`).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core import keyring
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.problem import Problem
from shouwang.journal.record import record as write_down
from shouwang.people.access import Verb, require, spans
from shouwang.places.models import Address, Area
from shouwang.registry.agreeing import EditMade, Verdict, judge, open_fields_of
from shouwang.registry.dwellings import keep_dwelling
from shouwang.registry.keeping import LIVING, STANDING, dates
from shouwang.registry.lists import Register, Relation, Source
from shouwang.registry.looking import ask_database
from shouwang.registry.models import Edit
from shouwang.registry.models.edit import EditState
from shouwang.registry.opening import Seen
from shouwang.registry.organisations import columns_of_unit, one_unit_a_code
from shouwang.registry.protecting import seal_of
from shouwang.registry.purposes import Basis
from shouwang.registry.registering import NotInAGrid, change, columns_of

EDITABLE = {  # → how long it may be relied on afterwards
    Register.RESIDENT: LIVING, Register.DWELLING: STANDING, Register.ORGANISATION: LIVING,
}  # fmt: skip


class RecordGone(Problem):
    code, status = "registry.record_gone", 409
    says = _("The record that this was written about is no longer there. What was written is kept for your lead.")


class AddressGone(Problem):
    code, status = "registry.address_gone", 409
    says = _("This address is no longer there. What was written is kept for your lead, who finds the new one.")


@dataclass(frozen=True)
class FromField:
    """One form as a phone sent it. `told` is what was typed, unchecked; `base` the version it was made on."""

    id: UUID
    act: str
    register: Register
    told: Mapping[str, Any]
    record: UUID | None = None
    base: int = 0


@dataclass(frozen=True)
class Waiting:
    """A form that waits for a person: what and where, never what was written."""

    id: UUID
    act: str
    register: str
    record: UUID | None
    state: str
    fields: list[str]
    made_at: dt.datetime
    received_at: dt.datetime
    person: UUID | None
    place: str
    grid: str


def keep_form(
    form: FromField, *, address: Address | None, device: UUID | None, by: Actor, at: dt.datetime,
    received_at: dt.datetime,
) -> None:  # fmt: skip
    """Sealed on record before anything is tried with it; in the caller's transaction."""
    text = json.dumps(form.told, ensure_ascii=False, sort_keys=True)
    Edit(
        id=form.id, act=form.act, register=form.register.value, record=form.record, base=form.base, device=device,
        person=by.person_id, address=address, area=address.area if address else None, fields=sorted(form.told)[:40],
        told_enc=keyring.seal(text.encode(), table="registry_edit", column="told", row=form.id),
        key_number=keyring.active_number(), state=EditState.ASIDE, made_at=at, received_at=received_at,
    ).save(force_insert=True)  # fmt: skip


def form_taken(form: UUID, record: UUID, *, by: Actor) -> None:
    """It became a new record, which holds what was written: the form need not."""
    with acting(by):
        _take(form, record, EditState.TAKEN, forget=True)


def edit_dwelling(form: FromField, told: Mapping[str, Any], *, address: Address, by: Actor, at: dt.datetime) -> Verdict:
    """Write the changed fields of the dwelling at an address; a new dwelling where there is none.

    Raises  NotAllowed, NotVisible, NotInAGrid, RecordGone, LookRefused (it was never looked at)
    """
    if address.area is None:
        raise NotInAGrid()
    require(by, Verb.REGISTER_KEEP, address.area, at)
    with acting(by):
        ((known,),) = ask_database("SELECT dwelling_at(%s)", [address.pk])
        if form.record and form.record != known:
            raise RecordGone()
        common = {"source": Source.VISIT, "basis": Basis.STATUTORY_DUTY, "kept_by": by.person_id, "created_at": at}
        row = known or keep_dwelling(address, relation=Relation.OWNER, common=common, at=at)
        return _edit(form, row, told, area=address.area, by=by, at=at)


def edit_known(form: FromField, told: Mapping[str, Any], *, address: Address, by: Actor, at: dt.datetime) -> Verdict:
    """Write the changed fields of a resident or a unit that was taken along.

    Raises  NotAllowed, NotVisible, NotInAGrid, RecordGone, LookRefused (it was never looked at), CodeOfAnother
    """
    if address.area is None or form.record is None:
        raise NotInAGrid()
    require(by, Verb.REGISTER_KEEP, address.area, at)
    with acting(by), one_unit_a_code():
        return _edit(form, form.record, told, area=address.area, by=by, at=at)


def _edit(form: FromField, row: UUID, told: Mapping[str, Any], *, area: Area, by: Actor, at: dt.datetime) -> Verdict:
    ((number,),) = ask_database("SELECT place_edit(%s, %s)", [form.id, row])
    if number is None:
        raise RecordGone()
    log = log_of(row)
    mine = next(one for one in log if one.id == form.id)
    verdict = judge(mine, log)
    columns = columns_for(form.register, row, {field: told[field] for field in verdict.writes})
    if all(one.made_at <= mine.made_at for one in log):
        columns |= dates(at, EDITABLE[form.register]) | {"stale": False}
    if columns:
        change(form.register, row, columns)
    state = EditState.OPEN if verdict.contradicts else EditState.BESIDE if verdict.beside else EditState.TAKEN
    _take(form.id, row, state, forget=False)
    mark_contradictions(row, log)
    write_down(
        f"{form.register.value}.edit", topic="register.changed", subject=(form.register.value, row), by=by, at=at,
        area=area, kind=form.register.value, fields=sorted(verdict.writes), open_fields=sorted(verdict.contradicts),
    )  # fmt: skip
    return verdict


def columns_for(register: Register, row: UUID, told: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of these fields, sealed where they are kept sealed."""
    if register == Register.RESIDENT:
        return columns_of(row, told, "")
    if register == Register.ORGANISATION:
        return columns_of_unit(row, told)
    columns = {field: value for field, value in told.items() if field != "landlord_contact"}
    if "hazards" in columns:
        columns["hazards"] = columns["hazards"] or 0
    if "landlord_contact" in told:
        contact = clean_line(str(told["landlord_contact"] or ""), 120, field="landlord_contact")
        columns["landlord_contact_enc"] = seal_of(Register.DWELLING, row, "landlord_contact", contact)
    return columns


def log_of(record: UUID) -> list[EditMade]:
    """Every edit of a record, the oldest first."""
    rows = ask_database("SELECT id, number, base, device, made_at, fields FROM edits_of(%s)", [record])
    return [
        EditMade(key, number, base, device, made_at, frozenset(fields))
        for key, number, base, device, made_at, fields in rows
    ]


def mark_contradictions(record: UUID, log: Collection[EditMade]) -> None:
    """What contradicts now is open; what did and does no longer is settled."""
    opened = open_fields_of(log)
    before = dict(ask_database("SELECT id, state FROM edits_of(%s)", [record]))
    states = {
        str(one.id): EditState.OPEN.value if one.id in opened else EditState.SETTLED.value
        for one in log
        if one.device is not None and (one.id in opened) != (before[one.id] == EditState.OPEN)
    }
    if states:
        ask_database("SELECT mark_edits(%s, %s::jsonb)", [record, json.dumps(states)])


def decide(seen: Seen, told: Mapping[str, Any], *, by: Actor, at: dt.datetime, area: Area | None) -> None:
    """A person who has the record before him says what holds: the contradictions of these fields are settled.

    Raises  NotAllowed, NotVisible, LookRefused, CodeOfAnother
    """
    require(by, Verb.REGISTER_KEEP, area, at)
    register = Register(seen.register)
    with acting(by), one_unit_a_code():
        ask_database("SELECT decide_fields(%s, %s, %s::varchar[])", [register.value, seen.id, sorted(told)])
        columns = columns_for(register, seen.id, told) | dates(at, EDITABLE[register]) | {"stale": False}
        change(register, seen.id, columns)
        ask_database("SELECT set_config('shouwang.edit', '', true)", [])
        mark_contradictions(seen.id, log_of(seen.id))
        write_down(
            "edit.decide", topic="register.changed", subject=(register.value, seen.id), by=by, at=at, area=area,
            kind=register.value, fields=sorted(told),
        )  # fmt: skip


def leave_out(form: UUID, *, by: Actor, at: dt.datetime, area: Area | None) -> None:
    """A person decided that nothing is to be done with a form, or did it by hand. Raises NotAllowed, NotVisible"""
    require(by, Verb.REGISTER_KEEP, area, at)
    with acting(by):
        ask_database("SELECT settle_edit(%s)", [form])
        write_down("edit.settle", topic="register.changed", subject=("edit", form), by=by, at=at, area=area)


def waiting_for(by: Actor, at: dt.datetime) -> list[Waiting]:
    """What waits for a person: what one sent oneself, and what lies on one's ground; the oldest first."""
    reach = list(spans(by, Verb.REGISTER_KEEP, at))
    with acting(by):
        return [Waiting(*row) for row in ask_database("SELECT * FROM edits_waiting(%s::varchar[])", [reach])]


def _take(form: UUID, record: UUID, state: EditState, *, forget: bool) -> None:
    ask_database("SELECT take_edit(%s, %s, %s, %s)", [form, record, state.value, forget])
