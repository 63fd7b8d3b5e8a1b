"""What a phone may send about the registers: who moved in, what a dwelling is, a unit, a correction.

Each form is kept sealed as it came, by the registry; then the verb function is called that a page would call.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from shouwang.core.actor import Actor
from shouwang.matters.replay import Sent, phone_act
from shouwang.places.models import Address, Area
from shouwang.registry import editing
from shouwang.registry.forms import VERSION, FormFaulty, ResidentFields, cleaned
from shouwang.registry.lists import Declarer, Register
from shouwang.registry.organisations import OrganisationTold, register_organisation
from shouwang.registry.registering import ResidenceTold, ResidentTold, register_residence

Given = Mapping[str, Any]
REGISTERS = {
    "residence.register": Register.RESIDENT, "dwelling.edit": Register.DWELLING,
    "organisation.register": Register.ORGANISATION, "resident.correct": Register.RESIDENT,
    "organisation.edit": Register.ORGANISATION,
}  # fmt: skip


class Forms:
    """Where the forms of the registers lie, and who keeps them."""

    def area(self, given: Given) -> Area | None:
        address = _address(given)
        return address.area if address else None

    def keep(self, sent: Sent, *, by: Actor, at: dt.datetime, received_at: dt.datetime) -> None:
        form = _form(sent.act, sent.given, sent.id)
        editing.keep_form(
            form, address=_address(sent.given), device=by.device_id, by=by, at=at, received_at=received_at
        )


_apart: dict[str, Any] = {"forms": frozenset({VERSION}), "apart": Forms()}


@phone_act("residence.register", **_apart)
def register(*, matter: object, given: Given, by: Actor, at: dt.datetime, step_id: UUID) -> None:
    """Somebody who lives at an address, with the receipt that he was given there."""
    form = _form("residence.register", given, step_id)
    told = cleaned("residence", dict(form.told))
    who = ResidentTold(**{name: told[name] for name in (*ResidentFields.base_fields, "sex") if told[name] != ""})
    lives = ResidenceTold(told["relation"], told["from_on"], told["to_on"], Declarer.OFFICER)
    done = register_residence(who, lives, address=_there(given), by=by, at=at)
    editing.form_taken(step_id, done.residence, by=by)


@phone_act("organisation.register", **_apart)
def register_unit(*, matter: object, given: Given, by: Actor, at: dt.datetime, step_id: UUID) -> None:
    told = cleaned("organisation", dict(_form("organisation.register", given, step_id).told))
    row = register_organisation(OrganisationTold(**told), address=_there(given), by=by, at=at)
    editing.form_taken(step_id, row, by=by)


@phone_act("dwelling.edit", **_apart)
def edit_dwelling(*, matter: object, given: Given, by: Actor, at: dt.datetime, step_id: UUID) -> None:
    """The fields that were changed, of the dwelling at an address."""
    form = _form("dwelling.edit", given, step_id)
    editing.edit_dwelling(form, _changed("dwelling", form), address=_there(given), by=by, at=at)


@phone_act("resident.correct", **_apart)
def correct(*, matter: object, given: Given, by: Actor, at: dt.datetime, step_id: UUID) -> None:
    """What a resident said is wrong."""
    form = _form("resident.correct", given, step_id)
    editing.edit_known(form, _changed("correction", form), address=_there(given), by=by, at=at)


@phone_act("organisation.edit", **_apart)
def edit_unit(*, matter: object, given: Given, by: Actor, at: dt.datetime, step_id: UUID) -> None:
    form = _form("organisation.edit", given, step_id)
    editing.edit_known(form, _changed("unit", form), address=_there(given), by=by, at=at)


def _changed(name: str, form: editing.FromField) -> dict[str, Any]:
    told = cleaned(name, dict(form.told), only=set(form.told))
    if not told:
        raise FormFaulty(label="—", fault="—")
    return told


def _form(act: str, given: Given, step: UUID) -> editing.FromField:
    """Whatever was sent, as far as it can be read; what cannot be read is kept too."""
    told, base = given.get("told"), given.get("base")
    return editing.FromField(
        step, act, REGISTERS[act], told if isinstance(told, dict) else {"?": str(told)[:200]},
        record=_key(given.get("record")), base=base if isinstance(base, int) and 0 <= base < 2**62 else 0,
    )  # fmt: skip


def _there(given: Given) -> Address:
    address = _address(given)
    if address is None or address.status != "in_use":
        raise editing.AddressGone()
    return address


def _address(given: Given) -> Address | None:
    key = _key(given.get("address"))
    return Address.objects.select_related("area").filter(pk=key).first() if key else None


def _key(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
