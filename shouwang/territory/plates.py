"""Photographs of door plates: kept with the address, which counts as seen on the spot that day."""

from __future__ import annotations

import datetime as dt

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.clock import local_date
from shouwang.journal.record import record
from shouwang.places.models import Address
from shouwang.territory.addresses import FRESH_FOR, load_address
from shouwang.territory.models import PlatePhoto


def keep_plate(address: Address, picture: bytes, *, by: Actor, at: dt.datetime) -> PlatePhoto:
    """`picture`: a JPEG without metadata. Raises NotAllowed, NotVisible, AddressEnded"""
    with acting(by):
        row = load_address(address.pk, by=by, at=at)
        photo = PlatePhoto.objects.create(address=row, picture=picture, added_at=at, added_by=by.person_id)
        row.verified_at, row.verify_by = at, local_date(at + FRESH_FOR)
        row.save(update_fields=["verified_at", "verify_by"])
        record("address.photograph", topic="address.verified", subject=row, area=row.area_id, by=by, at=at,
               photo=photo.pk)  # fmt: skip
    return photo


def newest_plate(address: Address) -> PlatePhoto | None:
    return PlatePhoto.objects.filter(address=address).order_by("-added_at").first()
