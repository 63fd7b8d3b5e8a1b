"""Dwellings: one at an address, written when the first person is registered there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from shouwang.places.models import Address
from shouwang.places.models.address import Element
from shouwang.registry.keeping import STANDING, dates
from shouwang.registry.lists import BuildingUse, Occupancy, Relation
from shouwang.registry.looking import ask_database
from shouwang.registry.models import Dwelling
from shouwang.registry.spelling import address_grams

STREETS = (Element.STREET, Element.ESTATE, Element.COMPOUND, Element.NATURAL_VILLAGE)
OCCUPANCY_OF = {
    Relation.OWNER: Occupancy.OWNER, Relation.FAMILY: Occupancy.OWNER, Relation.TENANT: Occupancy.LET,
    Relation.LODGER: Occupancy.BORROWED, Relation.STAFF: Occupancy.DORMITORY,
}  # fmt: skip


def keep_dwelling(address: Address, *, relation: str, common: Mapping[str, Any], at: dt.datetime) -> UUID:
    """The dwelling at this address, a new one where there is none; in the caller's transaction."""
    ((known,),) = ask_database("SELECT dwelling_at(%s)", [address.pk])
    if known:
        return UUID(str(known))
    dwelling = Dwelling(
        **place_of(address), **common, **dates(at, STANDING), building_use=BuildingUse.DWELLING,
        occupancy=OCCUPANCY_OF[Relation(relation)],
    )  # fmt: skip
    dwelling.save(force_insert=True)
    return dwelling.pk


def place_of(address: Address) -> dict[str, Any]:
    """The columns that say where a record stands."""
    street = next((one for one in Address.objects.above(address).order_by("-path") if one.element in STREETS), None)
    said = address.searched or address.full_text
    return {
        "address": address, "address_text": address.full_text, "area": address.area,
        "street": street.name if street else "", "place_grams": address_grams(said),
    }  # fmt: skip
