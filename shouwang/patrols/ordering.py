"""Planning a patrol: where, when, how, who leads, and which places must be seen."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.clock import local_date
from shouwang.core.geo import check_lonlat
from shouwang.core.ids import receipt_code
from shouwang.core.impersonal import refuse_persons
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.patrols.models import Half, Kind, Leg, Order, Point, Series, State
from shouwang.people.access import NotVisible, Verb, require, spans, within
from shouwang.people.models import Person
from shouwang.places.models import Area
from shouwang.places.models.area import Layer

LONGEST = dt.timedelta(hours=14)
MOST_POINTS = 60


class LeadNotSworn(Problem):
    code, status = "patrols.lead", 400
    says = _("A sworn officer leads a patrol (AUX-01). {name} is none.")


class WindowWrong(Problem):
    code, status = "patrols.window", 400
    says = _("A patrol ends after it begins, within 14 hours; it may go over midnight.")


class OrderIncomplete(Problem):
    code, status = "patrols.incomplete", 400
    says = _("Say what the patrol is called and by which channel its people are reached.")


class ChangedMeanwhile(Problem):
    code, status = "patrols.changed", 409
    says = _("{name} changed this patrol meanwhile. What you see now is the newest; do it again if it still fits.")


class PlanIsFixed(Problem):
    code, status = "patrols.fixed", 409
    says = _("People were briefed on this plan. Take the briefing back, then it can be changed.")


class TooManyPoints(Problem):
    code, status = "patrols.points", 409
    says = _("A patrol has 60 places at most. Divide it.")


@dataclass(frozen=True)
class Plan:
    """What an order says. `cuts`: where one shift hands over to the next; of a whole night at least one."""

    name: str
    ground: Area
    kind: str
    mode: str
    cover: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    lead: Person
    channel: str
    task: str = ""
    risk: bool = False
    beat: Area | None = None
    cuts: Sequence[dt.datetime] = ()
    halves: bool = False


def orders_seen(by: Actor, at: dt.datetime) -> QuerySet[Order]:
    """Those on one's ground; whoever only goes along finds his own elsewhere."""
    return Order.objects.filter(within(spans(by, Verb.PATROL_READ, at)))


def plan_order(plan: Plan, *, by: Actor, at: dt.datetime, series: Series | None = None) -> Order:
    """Raises LeadNotSworn, WindowWrong, OrderIncomplete, what refuse_persons raises, NotAllowed, NotVisible"""
    said = _checked(plan)
    with acting(by):
        require(by, Verb.PATROL_ORDER, plan.ground, at)
        row = Order.objects.create(
            **said, ground=plan.ground, duty_path=plan.ground.duty_path, on=local_date(plan.starts_at),
            government_path=plan.ground.government_path, planned_by=by.person_id, changed_by_id=by.person_id,
            series=series,
        )  # fmt: skip
        _lay_legs(row, plan)
        record("patrol.plan", topic="patrol.planned", subject=row, by=by, at=at, area=plan.ground)
    return row


def change_order(order: Order, plan: Plan, *, seen: int, by: Actor, at: dt.datetime) -> Order:
    """Anew, as long as nobody was briefed; base or overlay stays what it was.

    Raises  what plan_order raises, PlanIsFixed, ChangedMeanwhile
    """
    said = _checked(plan) | {"cover": order.cover}
    with acting(by):
        row = hold(order, seen, Verb.PATROL_ORDER, by, at)
        if row.state != State.PLANNED:
            raise PlanIsFixed
        require(by, Verb.PATROL_ORDER, plan.ground, at)
        window = (row.starts_at, row.ends_at)
        for name, value in said.items():
            setattr(row, name, value)
        row.ground, row.on = plan.ground, local_date(plan.starts_at)
        row.duty_path, row.government_path = plan.ground.duty_path, plan.ground.government_path
        row.save()
        if window != (row.starts_at, row.ends_at) and not row.legs.filter(slots__isnull=False).exists():
            row.legs.all().delete()
            _lay_legs(row, plan)
        record("patrol.change", topic="patrol.changed", subject=row, by=by, at=at, area=row.ground_id)
    return row


def hold(order: Order, seen: int | None, verb: Verb, by: Actor, at: dt.datetime) -> Order:
    """The order, locked and one version on, inside an act; None: whoever acts saw no version.

    Raises  NotVisible, NotAllowed, ChangedMeanwhile
    """
    rows = Order.objects.select_for_update(of=("self",)).select_related("changed_by", "lead", "ground")
    row = rows.filter(pk=order.pk).first()
    if row is None:
        raise NotVisible
    require(by, verb, row, at)
    if seen is not None and seen != row.version:
        raise ChangedMeanwhile(name=row.changed_by.name if row.changed_by else "—")
    row.version += 1
    row.changed_by_id = by.person_id
    row.save(update_fields=["version", "changed_by"])
    return row


def set_point(
    order: Order, label: str, place_text: str, point: tuple[float, float], *, stay_minutes: int = 0, by: Actor,
    at: dt.datetime,
) -> Point:  # fmt: skip
    """Raises PlanIsFixed, OrderIncomplete, TooManyPoints, what refuse_persons raises, NotAllowed, NotVisible"""
    words = clean_line(label, 60, field="label")
    refuse_persons({"label": words})
    check_lonlat(*point)
    with acting(by):
        row = hold(order, None, Verb.PATROL_ORDER, by, at)
        if row.state not in (State.PLANNED, State.BRIEFED):
            raise PlanIsFixed
        if not words:
            raise OrderIncomplete(field="label")
        last = row.points.aggregate(last=Max("place"))["last"] or 0
        if row.points.count() >= MOST_POINTS:
            raise TooManyPoints
        found = Point.objects.create(
            order=row, place=last + 1, label=words, place_text=clean_line(place_text, 300, field="place_text"),
            lon=point[0], lat=point[1], stay_minutes=min(max(stay_minutes, 0), 600), code=receipt_code(),
        )  # fmt: skip
        record("patrol.set_point", topic="patrol.changed", subject=row, by=by, at=at, area=row.ground_id, point=words)
    return found


def drop_point(point: Point, *, by: Actor, at: dt.datetime) -> None:
    """Raises PlanIsFixed, NotAllowed, NotVisible"""
    with acting(by):
        row = hold(point.order, None, Verb.PATROL_ORDER, by, at)
        if row.state != State.PLANNED:
            raise PlanIsFixed
        Point.objects.filter(pk=point.pk).delete()
        record("patrol.drop_point", topic="patrol.changed", subject=row, by=by, at=at, area=row.ground_id,
               point=point.label)  # fmt: skip


def leads_for(by: Actor, at: dt.datetime) -> QuerySet[Person]:
    """Sworn officers with a post on the ground on which `by` plans, or above it."""
    paths = spans(by, Verb.PATROL_ORDER, at)
    above = {int(part) for path in paths for part in path.split("/") if part}
    on = Q(posts__area__number__in=above)
    for path in paths:
        on |= Q(posts__area__duty_path__startswith=path)
    return Person.objects.filter(on, sworn=True, active=True, posts__during__contains=at).distinct().order_by("name")


def grounds_for(by: Actor, at: dt.datetime) -> QuerySet[Area]:
    """Stations, communities and grids for which `by` may plan."""
    mine = within(spans(by, Verb.PATROL_ORDER, at))
    return Area.objects.filter(mine, tier__in=("station", "community", "grid")).order_by("duty_path")


def beats_for(at: dt.datetime) -> QuerySet[Area]:
    """Sectors and beats that are in force now."""
    live = Q(versions__during__contains=at, versions__status="in_force")
    return Area.objects.filter(live, layer=Layer.FREE, tier__in=("beat", "sector")).distinct().order_by("name")


def _checked(plan: Plan) -> dict[str, object]:
    said = {name: clean_line(getattr(plan, name), most, field=name)
            for name, most in (("name", 60), ("channel", 60), ("task", 200))}  # fmt: skip
    for field in ("name", "channel"):
        if not said[field]:
            raise OrderIncomplete(field=field)
    refuse_persons({"name": said["name"], "task": said["task"]})
    if not plan.starts_at < plan.ends_at <= plan.starts_at + LONGEST:
        raise WindowWrong(field="ends_at")
    if not plan.lead.sworn:
        raise LeadNotSworn(field="lead", name=plan.lead.name)
    return {
        **said, "kind": plan.kind, "mode": plan.mode, "cover": plan.cover, "starts_at": plan.starts_at,
        "ends_at": plan.ends_at, "lead": plan.lead, "beat": plan.beat,
        "risk": plan.risk or plan.kind == Kind.ALL_NIGHT,
    }  # fmt: skip


def _lay_legs(row: Order, plan: Plan) -> None:
    """One shift, or several with a change-over between; a whole night without one is cut in the middle."""
    cuts = [cut for cut in sorted(plan.cuts) if row.starts_at < cut < row.ends_at]
    if not cuts and row.kind == Kind.ALL_NIGHT:
        cuts = [row.starts_at + (row.ends_at - row.starts_at) / 2]
    edges = [row.starts_at, *cuts, row.ends_at]
    named = (Half.FIRST, Half.SECOND) if plan.halves and len(cuts) == 1 else ()
    for n, (begins, ends) in enumerate(itertools.pairwise(edges)):
        half = named[n] if named else Half.WHOLE
        Leg.objects.create(order=row, place=n + 1, half=half, starts_at=begins, ends_at=ends)
