"""The monthly count of a kind in an office: it closes when hand and ledger agree, or all that differs is explained."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.clock import local_date
from shouwang.core.problem import Problem
from shouwang.duty.equipment.acts import FAULT, ISSUED, STOCK
from shouwang.duty.models import EquipmentKind, Item, StockCount, StockDifference, StockSeen
from shouwang.duty.models.stock_count import DifferenceSort
from shouwang.journal.record import record
from shouwang.people.access import NotVisible, Verb, may, require, spans, within
from shouwang.places.models import Area

HERE = frozenset({STOCK, ISSUED, FAULT})  # in repair, lost and written off are not to be seen


class CountClosed(Problem):
    code, status = "equipment.count_closed", 409
    says = _("This count is closed and stays as it is.")


class NotExplained(Problem):
    code, status = "equipment.not_explained", 409
    says = _("{n} differences have no explanation yet. The count closes when each has one.")


@dataclass(frozen=True)
class Difference:
    """A number on which ledger and hand disagree; `item` where the ledger knows it."""

    serial: str
    sort: str
    item: Item | None = None
    words: str = ""

    @property
    def label(self) -> str:
        return str(DifferenceSort(self.sort).label)


@dataclass(frozen=True)
class Compared:
    """How a count stands: of the ledger, seen, and what does not agree, by number."""

    expected: int
    n_seen: int
    differences: list[Difference]

    @property
    def open(self) -> list[Difference]:
        return [one for one in self.differences if not one.words]


def differences(expected: Iterable[str], seen: Iterable[str], known: Iterable[str]) -> list[tuple[str, str]]:
    """(number, sort) of all that does not agree. `known`: every number in the ledger. Pure."""
    here, held, there = set(expected), set(seen), set(known)
    missing = [(serial, DifferenceSort.MISSING.value) for serial in here - held]
    more = [
        (serial, (DifferenceSort.ELSEWHERE if serial in there else DifferenceSort.UNKNOWN).value)
        for serial in held - here
    ]
    return sorted(missing + more)


def open_count(*, area: Area, kind: EquipmentKind, by: Actor, at: dt.datetime) -> StockCount:
    """The count of this month; the one there is, if it was begun already."""
    with acting(by):
        require(by, Verb.EQUIPMENT_KEEP, area, at)
        month = local_date(at).replace(day=1)
        row, new = StockCount.objects.get_or_create(
            area=area, kind=kind, month=month, defaults={"opened_at": at, "opened_by": by.person_id}
        )
        if new:
            record("equipment.count", topic="equipment.count_begun", subject=row, by=by, at=at, area=area)
    return row


def count_seen(count: StockCount, serials: Sequence[str], *, by: Actor, at: dt.datetime) -> int:
    """These were seen; how many of them for the first time. Raises CountClosed"""
    with acting(by):
        row = _locked(count, by, at)
        before = set(StockSeen.objects.filter(count=row, serial__in=serials).values_list("serial", flat=True))
        fresh = [serial for serial in serials if serial not in before]
        StockSeen.objects.bulk_create(StockSeen(count=row, serial=one, at=at, by=by.person_id) for one in fresh)
        record("equipment.seen", topic="equipment.seen", subject=row, by=by, at=at, area=row.area, n=len(fresh))
    return len(fresh)


def unsee(count: StockCount, serial: str, *, by: Actor, at: dt.datetime) -> None:
    """A number was scanned by mistake. Raises CountClosed"""
    with acting(by):
        row = _locked(count, by, at)
        StockSeen.objects.filter(count=row, serial=serial).delete()
        record("equipment.unseen", topic="equipment.seen", subject=row, by=by, at=at, area=row.area)


def explain(count: StockCount, words: Mapping[str, str], *, by: Actor, at: dt.datetime) -> None:
    """Why numbers do not agree; an empty text takes an explanation back. Raises CountClosed"""
    with acting(by):
        row = _locked(count, by, at)
        for serial in {one.serial for one in compared(row).differences} & set(words):
            text = clean_line(words[serial], 120, field="words")
            if text:
                told = {"words": text, "at": at, "by": by.person_id}
                StockDifference.objects.update_or_create(count=row, serial=serial, defaults=told)
            else:
                StockDifference.objects.filter(count=row, serial=serial).delete()
        record("equipment.explain", topic="equipment.explained", subject=row, by=by, at=at, area=row.area)


def close_count(count: StockCount, *, by: Actor, at: dt.datetime) -> StockCount:
    """It agrees, or every difference is explained. Raises NotExplained, CountClosed"""
    with acting(by):
        row = _locked(count, by, at)
        found = compared(row)
        if found.open:
            raise NotExplained(n=len(found.open))
        sorts = {one.serial: one.sort for one in found.differences}
        for old in StockDifference.objects.filter(count=row):
            if old.serial in sorts:
                old.sort = sorts[old.serial]
                old.save(update_fields=["sort"])
            else:  # it agrees by now
                old.delete()
        row.closed_at, row.closed_by = at, by.person_id
        row.expected, row.n_seen = found.expected, found.n_seen
        row.save(update_fields=["closed_at", "closed_by", "expected", "n_seen"])
        record("equipment.close_count", topic="equipment.count_closed", subject=row, by=by, at=at, area=row.area,
               expected=found.expected, n_seen=found.n_seen, n_explained=len(sorts))  # fmt: skip
    return row


def compared(count: StockCount) -> Compared:
    """As it stands now; a closed one as it was when it closed."""
    if count.closed_at is not None:
        rows = count.differences.order_by("serial")
        old = [Difference(row.serial, row.sort, None, row.words) for row in rows]
        return Compared(count.expected or 0, count.n_seen or 0, old)
    due = Item.objects.filter(kind=count.kind, home=count.area, state__in=HERE).values_list("serial", flat=True)
    seen = set(StockSeen.objects.filter(count=count).values_list("serial", flat=True))
    expected = set(due)
    known = {item.serial: item for item in Item.objects.filter(serial__in=seen ^ expected).select_related("holder")}
    words = dict(StockDifference.objects.filter(count=count).values_list("serial", "words"))
    pairs = differences(expected, seen, known)
    found = [Difference(serial, sort, known.get(serial), words.get(serial, "")) for serial, sort in pairs]
    return Compared(len(expected), len(seen), found)


def counts_of(by: Actor, at: dt.datetime) -> list[Any]:
    """Counts of the offices whose ledger `by` reads, the newest month first; `n_explained` differences of each."""
    offices = Area.objects.filter(within(spans(by, Verb.EQUIPMENT_READ, at)))
    rows = StockCount.objects.filter(area__in=offices).select_related("area", "kind")
    rows = rows.annotate(n_explained=Count("differences"))
    return list(rows.order_by("-month", "area__name", "kind__name")[:200])


def visible_count(key: UUID, by: Actor, at: dt.datetime) -> StockCount:
    """Raises NotVisible"""
    row = StockCount.objects.select_related("area", "kind").filter(pk=key).first()
    if row is None or not may(by, Verb.EQUIPMENT_READ, row.area, at):
        raise NotVisible
    return row


def _locked(count: StockCount, by: Actor, at: dt.datetime) -> StockCount:
    row = StockCount.objects.select_for_update(of=("self",)).select_related("area", "kind").get(pk=count.pk)
    require(by, Verb.EQUIPMENT_KEEP, row.area, at)
    if row.closed_at is not None:
        raise CountClosed
    return row
