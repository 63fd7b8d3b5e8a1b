"""Acts on things of the ledger, many at once: all of them are done, or none, and each that cannot says why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.clock import local_date
from shouwang.core.problem import Problem
from shouwang.duty.equipment.acts import ACTS, ISSUED, ItemAct
from shouwang.duty.models import Item, ItemLine, Unit
from shouwang.duty.shifts import on_shift, unit_of
from shouwang.journal.record import record
from shouwang.people.access import Verb, spans, within
from shouwang.people.models import Person

WORDS = 120


class NoSuchAct(Problem):
    code, status = "equipment.no_such_act", 400
    says = _("Choose what is to be done.")


class ToWhomMissing(Problem):
    code, status = "equipment.to_whom", 400
    says = _("Choose to whom it is issued: a colleague or a unit.")


class WhyMissing(Problem):
    code, status = "equipment.why", 400
    says = _("Write in a few words what happened.")


class BatteryMissing(Problem):
    code, status = "equipment.battery", 400
    says = _("Give what the battery still held, from 0 to 100 percent.")


@dataclass(frozen=True)
class Refusal:
    """Why one number cannot go along."""

    serial: str
    why: Promise | str


class SomeCannot(Problem):
    """`refusals` says which and why."""

    code, status = "equipment.some_cannot", 409
    says = _("{n} of these numbers cannot go along, so nothing was changed.")

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        self.refusals = list(refusals)
        super().__init__(field="serials", n=len(self.refusals))


@dataclass(frozen=True)
class Given:
    """What goes with an act: to whom, why, how full the battery was."""

    holder: Person | None = None
    unit: Unit | None = None
    words: str = ""
    percent: int | None = None


def handle_items(act: str, serials: Sequence[str], given: Given, *, by: Actor, at: dt.datetime) -> list[Item]:
    """Do one act on all of these things. The line of each names the shift of whoever gets or had it.

    Raises  NoSuchAct, ToWhomMissing, WhyMissing, BatteryMissing, SomeCannot
    """
    what = _checked(act, given)
    words = clean_line(given.words, WORDS, field="words")
    with acting(by):
        reach = within(spans(by, Verb.EQUIPMENT_KEEP, at))
        rows = Item.objects.select_for_update(of=("self",)).select_related("kind", "home", "holder", "unit")
        found = {item.serial: item for item in rows.filter(reach, serial__in=serials).order_by("serial")}
        refusals = [one for serial in serials if (one := _refusal(serial, found.get(serial), act, what, given, at))]
        if refusals:
            raise SomeCannot(refusals)
        shifts = _Shifts(at)
        for serial in serials:
            _do(found[serial], act, what, given, words, shifts, by=by, at=at)
    return [found[serial] for serial in serials]


def _checked(act: str, given: Given) -> ItemAct:
    what = ACTS.get(act)
    if what is None:
        raise NoSuchAct(field="act")
    if what.target == ISSUED and (given.holder is None) == (given.unit is None):
        raise ToWhomMissing(field="to")
    if what.asks_why and not given.words.strip():
        raise WhyMissing(field="words")
    if act == "battery" and (given.percent is None or not 0 <= given.percent <= 100):
        raise BatteryMissing(field="percent")
    return what


def _refusal(
    serial: str, item: Item | None, act: str, what: ItemAct, given: Given, at: dt.datetime
) -> Refusal | None:  # fmt: skip
    if item is None:
        return Refusal(serial, _("not in the ledger of this office"))
    if item.state not in what.sources:
        return Refusal(serial, _("now: {state}").format(state=item.get_state_display()))
    if act == "issue" and item.expires_on is not None and item.expires_on < local_date(at):
        return Refusal(serial, _("expired on {day}").format(day=item.expires_on.isoformat()))
    return None


class _Shifts:
    """On which shift a person or unit is now; each is asked for once."""

    def __init__(self, at: dt.datetime) -> None:
        self._at = at
        self._found: dict[UUID, UUID | None] = {}

    def of(self, holder: Person | None, unit: Unit | None) -> UUID | None:
        key = holder.pk if holder else unit.pk if unit else None
        if key is None:
            return None
        if key not in self._found:
            if holder:
                crew = unit_of(holder.pk, self._at)
                self._found[key] = crew.shift_id if crew else None
            else:
                shift = on_shift([key], self._at).get(key)
                self._found[key] = shift.pk if shift else None
        return self._found[key]


def _do(
    item: Item, act: str, what: ItemAct, given: Given, words: str, shifts: _Shifts, *, by: Actor, at: dt.datetime
) -> None:  # fmt: skip
    before = (item.holder, item.unit)
    if what.target is not None:
        item.state, item.since = what.target, at
        item.holder, item.unit = (given.holder, given.unit) if what.target == ISSUED else (None, None)
    if act == "battery":
        item.battery_pct = given.percent
    if act == "test":
        item.tested_on = local_date(at)
    item.save(update_fields=["state", "since", "holder", "unit", "battery_pct", "tested_on"])
    holder, unit = (item.holder, item.unit) if what.target in (ISSUED, None) else before
    ItemLine.objects.create(
        item=item, act=act, at=at, by=by.person_id, holder=holder, unit=unit, shift_id=shifts.of(holder, unit),
        words=words, percent=given.percent if act == "battery" else None,
    )  # fmt: skip
    more = {"person": holder.pk} if holder else {"unit": unit.pk} if unit else {}
    record(f"equipment.{act}", topic="equipment.handled", subject=item, by=by, at=at, area=item.home_id, **more)
