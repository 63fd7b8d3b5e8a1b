"""Bringing things into the ledger and correcting what stands there; the kinds that the town counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.problem import Problem
from shouwang.duty.equipment.acts import CORRECTED, TAKEN_IN
from shouwang.duty.equipment.serials import serial_of
from shouwang.duty.models import EquipmentForm, EquipmentKind, Item, ItemLine
from shouwang.journal.record import record
from shouwang.people.access import Verb, may, require
from shouwang.places.models import Area

TOLD = ("kind", "home", "model", "size", "terminal", "expires_on", "tested_on")  # what a correction may change


class SerialMissing(Problem):
    code, status = "equipment.serial_missing", 400
    says = _("Give the number that stands on it.")


class SerialTaken(Problem):
    code, status = "equipment.serial_taken", 409
    says = _("“{serial}” stands in the ledger of another office.")


class TerminalTaken(Problem):
    code, status = "equipment.terminal_taken", 409
    says = _("Another thing reports with this terminal number already.")


class KindUnusable(Problem):
    code, status = "equipment.kind_unusable", 400
    says = _("Give the kind a name of its own, and say what it is.")


@dataclass(frozen=True)
class Wanted:
    """One thing as a form or a line of a sheet tells it."""

    serial: str
    kind: EquipmentKind
    home: Area
    model: str = ""
    size: str = ""
    terminal: str = ""
    expires_on: dt.date | None = None
    tested_on: dt.date | None = None

    def tidied(self) -> Wanted:
        """Raises SerialMissing, TextTooLong"""
        serial = serial_of(self.serial)
        if not serial:
            raise SerialMissing(field="serial")
        return Wanted(
            serial, self.kind, self.home, clean_line(self.model, 60, field="model"),
            clean_line(self.size, 20, field="size"), serial_of(self.terminal).lstrip("0")[:20],
            self.expires_on, self.tested_on,
        )  # fmt: skip


@dataclass
class TakenIn:
    """What came of it: new in the ledger, corrected, or there already word for word."""

    new: list[str]
    corrected: list[str]
    same: list[str]


@dataclass(frozen=True)
class Doubt:
    """Why one thing cannot be taken in; `field` where a form has it."""

    serial: str
    why: Promise | str
    field: str = "serial"


def doubts_about(wanted: Iterable[Wanted], by: Actor, at: dt.datetime) -> list[Doubt]:
    """What stands against taking these in, each under its number. Two queries."""
    rows = [one.tidied() for one in wanted]
    there = {item.serial: item for item in Item.objects.filter(serial__in=[one.serial for one in rows])}
    numbers = [one.terminal for one in rows if one.terminal]
    reporting = dict(Item.objects.filter(terminal__in=numbers).values_list("terminal", "serial"))
    found: list[Doubt] = []
    seen: set[str] = set()
    for one in rows:
        if one.serial in seen:
            found.append(Doubt(one.serial, _("this number stands twice in the sheet")))
        elif not may(by, Verb.EQUIPMENT_KEEP, one.home, at):
            found.append(Doubt(one.serial, _("the ledger of this office is not yours to keep"), "home"))
        elif one.serial in there and not may(by, Verb.EQUIPMENT_KEEP, there[one.serial], at):
            found.append(Doubt(one.serial, SerialTaken(serial=one.serial).message))
        elif one.terminal and reporting.setdefault(one.terminal, one.serial) != one.serial:
            found.append(Doubt(one.serial, TerminalTaken().message, "terminal"))
        seen.add(one.serial)
    return found


def compare(wanted: Sequence[Wanted]) -> TakenIn:
    """Which of these would be new, corrected, the same. One query."""
    rows = [one.tidied() for one in wanted]
    there = {item.serial: item for item in Item.objects.filter(serial__in=[one.serial for one in rows])}
    told = TakenIn([], [], [])
    for one in rows:
        item = there.get(one.serial)
        which = told.new if item is None else told.corrected if _differs(item, one) else told.same
        which.append(one.serial)
    return told


def take_in(wanted: Sequence[Wanted], *, by: Actor, at: dt.datetime) -> TakenIn:
    """New things into stock; those that are there already are corrected. All, or none; one entry for all of them.

    Raises  SerialTaken, TerminalTaken, NotVisible, NotAllowed
    """
    rows = [one.tidied() for one in wanted]
    told = TakenIn([], [], [])
    new: list[Item] = []
    with acting(by):
        for home in {one.home for one in rows}:
            require(by, Verb.EQUIPMENT_KEEP, home, at)
        locked = Item.objects.select_for_update().filter(serial__in=[one.serial for one in rows])
        there = {item.serial: item for item in locked}
        for one in rows:
            item = there.get(one.serial)
            if item is None:
                item = _told(Item(serial=one.serial, since=at), one)
                new.append(item)
                told.new.append(one.serial)
            elif not may(by, Verb.EQUIPMENT_KEEP, item, at):
                raise SerialTaken(field="serial", serial=one.serial)
            elif _differs(item, one):
                _told(item, one)
                told.corrected.append(one.serial)
            else:
                told.same.append(one.serial)
        _write(new, [there[serial] for serial in told.corrected], by, at)
        if told.new or told.corrected:
            record("equipment.take_in", topic="equipment.kept", subject=rows[0].home, by=by, at=at, area=rows[0].home,
                   n_new=len(told.new), n_corrected=len(told.corrected))  # fmt: skip
    return told


def _differs(item: Item, wanted: Wanted) -> bool:
    keys = ("kind_id", "home_id")
    there = [getattr(item, key) for key in keys] + [getattr(item, name) for name in TOLD[2:]]
    return there != [wanted.kind.pk, wanted.home.pk, *(getattr(wanted, name) for name in TOLD[2:])]


def _told(item: Item, wanted: Wanted) -> Item:
    if wanted.terminal != item.terminal:
        item.grant = None  # whoever stands at that door ties it again
    for name in TOLD:
        setattr(item, name, getattr(wanted, name))
    item.duty_path, item.government_path = wanted.home.duty_path, wanted.home.government_path
    return item


def _write(new: Sequence[Item], corrected: Sequence[Item], by: Actor, at: dt.datetime) -> None:
    try:
        with transaction.atomic():
            Item.objects.bulk_create(new)
            Item.objects.bulk_update(corrected, [*TOLD, "grant", "duty_path", "government_path"])
    except IntegrityError:
        raise TerminalTaken(field="terminal") from None
    acts = [*((item, TAKEN_IN) for item in new), *((item, CORRECTED) for item in corrected)]
    ItemLine.objects.bulk_create(ItemLine(item=item, act=act, at=at, by=by.person_id) for item, act in acts)


def keep_kind(
    *, name: str, form: str, planned: int = 0, kind: EquipmentKind | None = None, by: Actor, at: dt.datetime
) -> EquipmentKind:  # fmt: skip
    """A new kind, or another name or number planned for one. Raises KindUnusable, NotAllowed"""
    label = clean_line(name, 40, field="name")
    if not label or form not in EquipmentForm.values or not 0 <= planned <= 1_000_000:
        raise KindUnusable(field="name")
    with acting(by):
        require(by, Verb.EQUIPMENT_KEEP, None, at)
        row = kind or EquipmentKind()
        row.name, row.form, row.planned = label, form, planned
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            raise KindUnusable(field="name") from None
        record("equipment.kind", topic="equipment.kind_kept", subject=row, by=by, at=at, form=form)
    return row
