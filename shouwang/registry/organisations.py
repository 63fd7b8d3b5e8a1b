"""Organisations: shops, firms, offices (table 3.5). Name and credit code are public; who is in charge is sealed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from psycopg.errors import UniqueViolation

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import check_credit_code, clean_line
from shouwang.core.ids import new_id
from shouwang.core.keyring import active_number
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import Verb, require
from shouwang.places.models import Address
from shouwang.registry.dwellings import place_of
from shouwang.registry.keeping import LIVING, dates
from shouwang.registry.lists import Register, Source, UnitKind
from shouwang.registry.models import Organisation
from shouwang.registry.protecting import seal_of
from shouwang.registry.purposes import Basis
from shouwang.registry.registering import NameMissing, NotInAGrid
from shouwang.registry.spelling import name_grams


class CodeOfAnother(Problem):
    code, status = "registry.code_of_another", 409
    says = _("Another unit is registered under this unified social credit code. Look for that one first.")


@dataclass(frozen=True)
class OrganisationTold:
    """What its licence says, and what a visit saw."""

    unit_name: str
    unit_kind: str
    credit_code: str = ""
    special_trade: str = ""
    licence_no: str = ""
    licence_expires_on: dt.date | None = None
    unit_contact: str = ""
    staff_band: str = ""
    has_guards: bool | None = None


@contextmanager
def one_unit_a_code() -> Iterator[None]:
    """No two units share a credit code; the database says so, because nobody may look. Raises CodeOfAnother"""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as fault:
        if isinstance(fault.__cause__, UniqueViolation):
            raise CodeOfAnother(field="credit_code") from fault
        raise


def columns_of_unit(row: UUID, told: Mapping[str, Any]) -> dict[str, Any]:
    """Columns for what is told of a known unit: checked, found by its name, its contact sealed.

    Raises  NameMissing, BadCreditCode
    """
    columns = {field: value for field, value in told.items() if field not in ("unit_name", "unit_contact")}
    if "unit_name" in told:
        name = clean_line(told["unit_name"], 120, field="unit_name")
        if not name:
            raise NameMissing(field="unit_name")
        columns |= {"unit_name": name, "grams": name_grams(name)}
    if told.get("credit_code"):
        columns["credit_code"] = check_credit_code(told["credit_code"])
    if told.get("unit_kind", UnitKind.SPECIAL_TRADE) != UnitKind.SPECIAL_TRADE:
        columns["special_trade"] = ""
    if "licence_no" in told:
        columns["licence_no"] = clean_line(told["licence_no"], 40, field="licence_no")
    if "unit_contact" in told:
        contact = clean_line(told["unit_contact"], 120, field="unit_contact")
        columns["unit_contact_enc"] = seal_of(Register.ORGANISATION, row, "unit_contact", contact)
    return columns


def register_organisation(
    told: OrganisationTold, *, address: Address, by: Actor, at: dt.datetime, source: str = Source.VISIT
) -> UUID:
    """A unit at an address. Raises NotAllowed, NotVisible, NotInAGrid, NameMissing, BadCreditCode, CodeOfAnother"""
    if address.area is None:
        raise NotInAGrid()
    require(by, Verb.REGISTER_KEEP, address.area, at)
    name = clean_line(told.unit_name, 120, field="unit_name")
    if not name:
        raise NameMissing(field="unit_name")
    row = new_id()
    unit = Organisation(
        id=row, **place_of(address), unit_name=name, grams=name_grams(name), unit_kind=told.unit_kind,
        special_trade=told.special_trade if told.unit_kind == UnitKind.SPECIAL_TRADE else "",
        credit_code=check_credit_code(told.credit_code) if told.credit_code else "",
        licence_no=clean_line(told.licence_no, 40), licence_expires_on=told.licence_expires_on,
        unit_contact_enc=seal_of(Register.ORGANISATION, row, "unit_contact", clean_line(told.unit_contact, 120)),
        staff_band=told.staff_band, has_guards=told.has_guards, key_number=active_number(), source=source,
        basis=Basis.STATUTORY_DUTY, kept_by=by.person_id, created_at=at, **dates(at, LIVING),
    )  # fmt: skip
    with acting(by), one_unit_a_code():
        unit.save(force_insert=True)
        record(
            "organisation.register", topic="register.changed", subject=unit, by=by, at=at, area=address.area,
            kind=told.unit_kind, source=source,
        )  # fmt: skip
    return row
