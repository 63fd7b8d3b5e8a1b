"""The ledger as it is read: narrowed by kind, state, office, holder and date, and its sums."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from shouwang.core.actor import Actor
from shouwang.core.clock import local_date
from shouwang.duty.equipment.acts import STOCK
from shouwang.duty.equipment.counting import HERE
from shouwang.duty.equipment.serials import serial_of
from shouwang.duty.models import EquipmentKind, Item, ItemState, Unit
from shouwang.people.access import NotVisible, Verb, reaches, spans, within
from shouwang.people.models import Person, Post
from shouwang.places.models import Area
from shouwang.places.models.area import Tier

SOON = dt.timedelta(days=30)
TESTED_FOR = dt.timedelta(days=365)
OFFICES = (Tier.BUREAU, Tier.STATION, Tier.COMMUNITY)


@dataclass(frozen=True)
class Narrowing:
    """What an address asks for; empty means all. `due`: expires within 30 days, or was tested over a year ago."""

    kind: str = ""
    state: str = ""
    office: str = ""
    words: str = ""
    due: bool = False


@dataclass
class Sum:
    """One kind: how many there are in each state, and whether that is what was planned."""

    kind: EquipmentKind
    by_state: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Written off does not count any more."""
        return sum(n for state, n in self.by_state.items() if state != ItemState.RETIRED)

    @property
    def off_plan(self) -> int:
        return self.total - self.kind.planned if self.kind.planned else 0

    @property
    def cells(self) -> list[int]:
        return [self.by_state.get(state, 0) for state in ItemState.values]


def ledger(by: Actor, at: dt.datetime, only: Narrowing | None = None) -> QuerySet[Item]:
    """Things in the ledgers that `by` reads."""
    rows = Item.objects.filter(within(spans(by, Verb.EQUIPMENT_READ, at)))
    rows = rows.select_related("kind", "home", "holder", "unit").order_by("kind__name", "serial")
    if only is None:
        return rows
    if only.kind:
        rows = rows.filter(kind__name=only.kind)
    if only.state in ItemState.values:
        rows = rows.filter(state=only.state)
    if only.office:
        rows = rows.filter(home__code=only.office)
    if only.words:
        words = Q(serial__startswith=serial_of(only.words[:40])) | Q(holder__name=only.words)
        rows = rows.filter(words | Q(unit__name=only.words) | Q(model__icontains=only.words))
    return rows.filter(due_by(at)) if only.due else rows


def due_by(at: dt.datetime) -> Q:
    today = local_date(at)
    return Q(expires_on__lte=today + SOON, state__in=HERE) | Q(tested_on__lte=today - TESTED_FOR, state__in=HERE)


def sums(by: Actor, at: dt.datetime) -> list[Sum]:
    """Every kind with its numbers. Two queries."""
    found = {kind.pk: Sum(kind) for kind in EquipmentKind.objects.all()}
    rows = Item.objects.filter(within(spans(by, Verb.EQUIPMENT_READ, at))).values_list("kind", "state")
    for kind, state, n in rows.annotate(n=Count("pk")):
        found[kind].by_state[state] = n
    return list(found.values())


def item_seen(key: UUID, by: Actor, at: dt.datetime) -> Item:
    """Raises NotVisible"""
    row = ledger(by, at).filter(pk=key).first()
    if row is None:
        raise NotVisible
    return row


def offices_kept(by: Actor, at: dt.datetime) -> QuerySet[Area]:
    """Offices whose ledger `by` keeps."""
    return Area.objects.filter(within(spans(by, Verb.EQUIPMENT_KEEP, at)), tier__in=OFFICES).order_by("duty_path")


def possible_holders(by: Actor, at: dt.datetime) -> tuple[list[Person], list[Unit]]:
    """To whom things of these ledgers can be issued: colleagues with a post there, and units."""
    paths = spans(by, Verb.EQUIPMENT_KEEP, at)
    posts = Post.objects.held_at(at).filter(reaches(paths, "area__")).values("person")
    people = Person.objects.filter(pk__in=posts, active=True).order_by("name")
    return list(people), list(Unit.objects.filter(within(paths), active=True).order_by("name"))


def held_by(people: Iterable[UUID]) -> dict[UUID, list[Item]]:
    """What these people have in their hands now. One query."""
    found: dict[UUID, list[Item]] = {}
    for item in Item.objects.filter(holder__in=list(people)).exclude(state=STOCK).select_related("kind"):
        if item.holder_id is not None:
            found.setdefault(item.holder_id, []).append(item)
    return found
