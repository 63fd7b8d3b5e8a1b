"""Patrols of every evening: laid out a week ahead with whose turn it is, and how regularly they were held."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.clock import SHANGHAI, local_date
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.patrols.crewing import Wanted, absent_on, fill_slot, party_of
from shouwang.patrols.models import Half, Order, Partner, Rota, Series, State
from shouwang.patrols.ordering import LeadNotSworn, Plan, WindowWrong, plan_order
from shouwang.people.access import NotVisible, Verb, require, spans, within
from shouwang.people.models import Person, Post
from shouwang.places.models import Area

AHEAD = 7  # days
HELD = (State.ON_DUTY, State.CLOSED, State.REVIEWED)


class NobodysTurn(Problem):
    code, status = "patrols.rota", 400
    says = _("Say who takes turns as the sworn lead; with two halves also who leads each.")


@dataclass(frozen=True)
class Regularity:
    """Of one series in one month: evenings due so far, held, missed with a reason, and those nobody explained."""

    series: Series
    due: int
    held: int
    explained: int
    open: list[Order]

    @property
    def share(self) -> float | None:
        return self.held / self.due if self.due else None


def keep_series(
    said: Mapping[str, Any], rota: Mapping[str, Sequence[Person]], *, ground: Area, by: Actor, at: dt.datetime
) -> Series:
    """A patrol of every evening.

    said    fields of Series      rota    "" → sworn leads in turn, "first" and "second" → who leads each half
    Raises  NobodysTurn, LeadNotSworn, WindowWrong, NotAllowed, NotVisible
    """
    halves = bool(said.get("halves"))
    if not rota.get("") or (halves and not (rota.get(Half.FIRST) and rota.get(Half.SECOND))):
        raise NobodysTurn(field="leads")
    unsworn = next((one for one in rota[""] if not one.sworn), None)
    if unsworn:
        raise LeadNotSworn(field="leads", name=unsworn.name)
    with acting(by):
        require(by, Verb.PATROL_ORDER, ground, at)
        row = Series(
            **said, ground=ground, duty_path=ground.duty_path, government_path=ground.government_path,
            set_by=by.person_id,
        )  # fmt: skip
        if halves and not _between(row, row.first_on):
            raise WindowWrong(field="change_at")
        row.save()
        Rota.objects.bulk_create(
            Rota(series=row, half=half, place=n, person=person)
            for half, people in rota.items() if half == "" or halves
            for n, person in enumerate(people)
        )  # fmt: skip
        record("series.keep", topic="series.kept", subject=row, by=by, at=at, area=ground, series=row.name)
    return row


def end_series(series: Series, *, by: Actor, at: dt.datetime) -> None:
    """Tonight is the last. Raises NotAllowed, NotVisible"""
    with acting(by):
        row = Series.objects.select_for_update().filter(pk=series.pk).first()
        if row is None:
            raise NotVisible
        require(by, Verb.PATROL_ORDER, row, at)
        row.last_on = local_date(at)
        row.save(update_fields=["last_on"])
        record("series.end", topic="series.ended", subject=row, by=by, at=at, area=row.ground_id, series=row.name)


def series_seen(by: Actor, at: dt.datetime) -> QuerySet[Series]:
    return Series.objects.filter(within(spans(by, Verb.PATROL_READ, at))).select_related("ground", "beat")


def lay_ahead(series: Series, *, by: Actor, at: dt.datetime, days: int = AHEAD) -> list[Order]:
    """An order for each evening of the next days that has none yet, with whose turn it is; whoever is on leave is
    stood in for by the next. Raises what plan_order raises"""
    today = local_date(at)
    evenings = [day for n in range(days) if _runs(series, day := today + dt.timedelta(days=n))]
    laid = set(series.orders.filter(on__in=evenings).values_list("on", flat=True))
    rota = list(series.rota.select_related("person").order_by("place"))
    found = []
    with acting(by):
        require(by, Verb.PATROL_ORDER, series, at)
        for day in evenings:
            if day not in laid and _window(series, day)[1] > at:
                found.append(_lay(series, day, rota, by, at))
    return found


def whose_turn(people: Sequence[Person], day: dt.date, first_on: dt.date, absent: set[Any]) -> tuple[Person, Person]:
    """Whose turn it is, and who goes: the next who is not on leave, or nobody else where all are."""
    n = (day - first_on).days % len(people)
    turn = [*people[n:], *people[:n]]
    return turn[0], next((one for one in turn if one.pk not in absent), turn[0])


def regularity(series: Iterable[Series], month: dt.date, at: dt.datetime) -> list[Regularity]:
    """Of the month of that day, up to `at`. One query."""
    first = month.replace(day=1)
    after = (first + dt.timedelta(days=32)).replace(day=1)
    rows = list(series)
    orders: dict[tuple[UUID | None, dt.date], Order] = {
        (one.series_id, one.on): one for one in Order.objects.filter(series__in=rows, on__gte=first, on__lt=after)
    }
    return [_regularity(one, first, after, orders, at) for one in rows]


def _regularity(
    series: Series, first: dt.date, after: dt.date, orders: Mapping[tuple[UUID | None, dt.date], Order], at: dt.datetime
) -> Regularity:
    days = [first + dt.timedelta(days=n) for n in range((after - first).days)]
    due = [day for day in days if _runs(series, day) and _window(series, day)[1] <= at]
    of = [orders.get((series.pk, day)) for day in due]
    missed = [one for one in of if one is not None and one.state in (State.PLANNED, State.BRIEFED)]
    return Regularity(
        series, len(due), sum(one is not None and one.state in HELD for one in of),
        sum(one is not None and one.state == State.NOT_HELD for one in of), missed,
    )  # fmt: skip


def _runs(series: Series, day: dt.date) -> bool:
    return series.first_on <= day and (series.last_on is None or day <= series.last_on)


def _window(series: Series, day: dt.date) -> tuple[dt.datetime, dt.datetime]:
    begins = dt.datetime.combine(day, series.begins, SHANGHAI)
    ends = dt.datetime.combine(day, series.ends, SHANGHAI)
    return begins, ends if ends > begins else ends + dt.timedelta(days=1)


def _between(series: Series, day: dt.date) -> dt.datetime | None:
    """The change-over, where it lies inside the night."""
    begins, ends = _window(series, day)
    change = dt.datetime.combine(day, series.change_at, SHANGHAI)
    change = change if change > begins else change + dt.timedelta(days=1)
    return change if begins < change < ends else None


def _lay(series: Series, day: dt.date, rota: list[Rota], by: Actor, at: dt.datetime) -> Order:
    begins, ends = _window(series, day)
    absent = absent_on(day)
    of = {half: [one.person for one in rota if one.half == half] for half in ("", Half.FIRST, Half.SECOND)}
    change = _between(series, day) if series.halves else None
    turn, lead = whose_turn(of[""], day, series.first_on, absent)
    plan = Plan(
        series.name, series.ground, series.kind, series.mode, series.cover, begins, ends, lead, series.channel,
        series.task, beat=series.beat, cuts=(change,) if change else (), halves=bool(change),
    )  # fmt: skip
    order = plan_order(plan, by=by, at=at, series=series)
    for leg in order.legs.order_by("place"):
        if of.get(leg.half):
            first, goes = whose_turn(of[leg.half], day, series.first_on, absent)
            fill_slot(leg, order, _wanted(goes, None if first == goes else first, at, heads=True))
        if not leg.slots.filter(person=lead).exists() and lead.pk not in absent:
            fill_slot(leg, order, _wanted(lead, None if turn == lead else turn, at, heads=False))
    return order


def _wanted(person: Person, covers: Person | None, at: dt.datetime, *, heads: bool) -> Wanted:
    partner = Partner.objects.filter(person=person).first()
    post = Post.objects.held_at(at).filter(person=person).first()
    return Wanted(person=person, partner=partner, party=party_of(post) if post else "", heads=heads, covers=covers)
