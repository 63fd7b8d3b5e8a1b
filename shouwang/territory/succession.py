"""How addresses end: demolished, merged into another, split into several. What they became is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.places.models import Address, AddressSuccession
from shouwang.places.models.address import AddressStatus
from shouwang.places.tree import index
from shouwang.territory.addresses import AddressTaken, load_address, make_address, replant


class NothingToMerge(Problem):
    code, status = "address.nothing_to_merge", 422
    says = _("Choose another address of the same kind under {parent}.")


class TooFewParts(Problem):
    code, status = "address.too_few_parts", 422
    says = _("Give at least two different names for the parts, one a line.")


def demolish(address: Address, *, by: Actor, at: dt.datetime) -> Address:
    """It and everything below it ends. Raises NotAllowed, NotVisible, AddressEnded."""
    with acting(by):
        row = load_address(address.pk, by=by, at=at)
        below = [one for one in Address.objects.under(row) if one.is_open]
        _end([row, *below], AddressStatus.DEMOLISHED, at)
        record("address.demolish", topic="address.changed", subject=row, area=row.area_id, by=by, at=at,
               called=row.full_text, below=len(below))  # fmt: skip
    return row


def merge(address: Address, into: UUID, *, by: Actor, at: dt.datetime) -> Address:
    """It ends, and `into`, beside it under the same parent, stands in its place with everything that was below it.

    Raises  NotAllowed, NotVisible, AddressEnded, NothingToMerge, AddressTaken
    """
    with acting(by):
        row, other = load_address(address.pk, by=by, at=at), load_address(into, by=by, at=at)
        if row == other or (row.parent_id, row.element) != (other.parent_id, other.element):
            raise NothingToMerge(field="into", parent=row.parent.full_text if row.parent else "—")
        taken = set(other.children.values_list("name", flat=True))
        children = [one for one in Address.objects.filter(parent=row) if one.is_open]
        twin = next((one for one in children if one.name in taken), None)
        if twin is not None:
            raise AddressTaken(field="into", name=twin.name, parent=other.full_text)
        for child in children:
            child.parent = other
            replant(child)
        _end([row], AddressStatus.MERGED, at)
        AddressSuccession.objects.create(was=row, became=other, at=at)
        record("address.merge", topic="address.changed", subject=row, area=row.area_id, by=by, at=at,
               called=row.full_text, became=other.full_text)  # fmt: skip
    return other


def split(address: Address, names: Sequence[str], *, by: Actor, at: dt.datetime) -> list[Address]:
    """It ends, and parts of these names stand in its place; what was below it goes to the first.

    Raises  NotAllowed, NotVisible, AddressEnded, TooFewParts, AddressTaken, AddressNameMissing
    """
    with acting(by):
        row = load_address(address.pk, by=by, at=at)
        wanted = list(dict.fromkeys(name.strip() for name in names if name.strip()))
        if len(wanted) < 2:
            raise TooFewParts(field="names")
        _end([row], AddressStatus.SPLIT, at)
        with transaction.atomic():
            parts = [
                make_address(row.parent, row.element, name, row.point, row.area, at, in_use=True) for name in wanted
            ]
        for child in [one for one in Address.objects.filter(parent=row) if one.is_open]:
            child.parent = parts[0]
            replant(child)
        AddressSuccession.objects.bulk_create(AddressSuccession(was=row, became=part, at=at) for part in parts)
        record("address.split", topic="address.changed", subject=row, area=row.area_id, by=by, at=at,
               called=row.full_text, became=[part.full_text for part in parts])  # fmt: skip
    return parts


def _end(rows: Sequence[Address], status: AddressStatus, at: dt.datetime) -> None:
    for one in rows:
        one.status, one.until = status, at
    Address.objects.bulk_update(rows, ["status", "until"], batch_size=500)
    for one in rows:
        index(one)
