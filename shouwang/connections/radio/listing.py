"""What is listed: radios of the equipment ledger that may report, and the talk groups that the gateway named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import NAMESPACE_OID, uuid5

from shouwang.connections.radio.models import TalkGroup
from shouwang.connections.radio.protocol import Group
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.duty.equipment.listing import ledger
from shouwang.duty.models import EquipmentForm, Item
from shouwang.journal.record import record

GATEWAY = uuid5(NAMESPACE_OID, "radio gateway")  # there is one, and no row of its own


def terminal_numbers() -> list[str]:
    """Of every radio of the ledger that has one."""
    rows = Item.objects.filter(kind__form=EquipmentForm.RADIO).exclude(terminal="")
    return list(rows.order_by("terminal").values_list("terminal", flat=True))


def radios_of(by: Actor, at: dt.datetime) -> list[Item]:
    """Radios with a terminal number in the ledgers that `by` reads."""
    rows = ledger(by, at).filter(kind__form=EquipmentForm.RADIO).exclude(terminal="")
    return list(rows.order_by("terminal"))


def keep_groups(groups: Sequence[Group], at: dt.datetime) -> bool:
    """The whole list as the gateway tells it now; an entry where it changed, and whether it did."""
    by = Actor.system()
    told = {one.number: one.name for one in groups}
    with acting(by):
        changed = told != dict(TalkGroup.objects.values_list("number", "name"))
        TalkGroup.objects.exclude(number__in=told).delete()
        TalkGroup.objects.bulk_create(
            [TalkGroup(number=number, name=name, heard_at=at) for number, name in told.items()],
            update_conflicts=True, unique_fields=["number"], update_fields=["name", "heard_at"],
        )  # fmt: skip
        if changed:
            record("radio.groups", topic="radio.groups_told", subject=("radio", GATEWAY), by=by, at=at, count=len(told))
    return changed
