"""On patrol: begin, mark places, say that all is well, call for help, end. By a button or the sign of a place: no way
of anybody is kept (PAT-04)."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.impersonal import refuse_persons
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.patrols.models import Mark, Order, Point, Slot, Sort, State
from shouwang.patrols.moving import ReasonMissing
from shouwang.patrols.ordering import PlanIsFixed, hold
from shouwang.patrols.signs import check_sign, tell_the_beat
from shouwang.people.access import NotVisible, Verb, may, require

EARLY = dt.timedelta(minutes=30)
SAFE_EVERY = dt.timedelta(hours=1)  # S-PAT-016
GRACE = dt.timedelta(minutes=10)
URGENT = 1


class NotBegun(Problem):
    code, status = "patrols.not_begun", 409
    says = _("The patrol has not begun, or is over. Ask whoever leads it.")


class NotOn(Problem):
    code, status = "patrols.not_on", 409
    says = _("Begin first; after the end nothing is marked any more.")


def own_slots(by: Actor, at: dt.datetime) -> QuerySet[Slot]:
    """His shifts that are near or on: briefed or begun, from 12 hours before to the end of the patrol."""
    near = Q(
        leg__order__starts_at__lte=at + dt.timedelta(hours=12), leg__order__ends_at__gte=at - dt.timedelta(hours=4)
    )
    mine = Slot.objects.filter(near, person=by.person_id, leg__order__state__in=(State.BRIEFED, State.ON_DUTY))
    return mine.select_related(
        "leg__order__lead", "leg__order__ground", "leg__order__beat", "person", "partner", "buddy__person",
        "buddy__partner",
    ).order_by("leg__starts_at")  # fmt: skip


def step_on(slot: Slot, *, by: Actor, at: dt.datetime) -> Slot:
    """He begins; hours count from here. Twice is once. Raises NotBegun, NotVisible"""
    with acting(by):
        row, order = _held(slot.pk, by, at)
        if order.state != State.ON_DUTY or not row.leg.starts_at - EARLY <= at < row.until:
            raise NotBegun
        if row.on_at is None:
            row.on_at = at
            row.save(update_fields=["on_at"])
            told(order, "patrol.step_on", by, at, whom=row.whom)
    return row


def mark(slot: Slot, point: Point, *, by: Actor, at: dt.datetime, code: str = "") -> Mark:
    """He was at a place of the order. `code`: read from its sign. Raises NotOn, SignUnknown, NotVisible"""
    with acting(by):
        row, order = _on(slot.pk, by, at)
        check_sign(point, order, code)
        found = Mark.objects.create(slot=row, point=point, sort=Sort.SEEN, by_sign=bool(code), at=at)
        if code:
            tell_the_beat(point, row, at)
        told(order, "patrol.mark", by, at, whom=row.whom, point=point.label)
    return found


def skip(slot: Slot, point: Point, *, reason: str, by: Actor, at: dt.datetime) -> Mark:
    """He leaves a place out. Raises ReasonMissing, NotOn, NotVisible, what refuse_persons raises"""
    said = clean_line(reason, 120, field="reason")
    if not said:
        raise ReasonMissing(field="reason")
    refuse_persons({"reason": said})
    with acting(by):
        row, order = _on(slot.pk, by, at)
        check_sign(point, order)
        found = Mark.objects.create(slot=row, point=point, sort=Sort.SKIPPED, reason=said, at=at)
        told(order, "patrol.skip", by, at, whom=row.whom, point=point.label, reason=said)
    return found


def say_safe(slot: Slot, *, by: Actor, at: dt.datetime) -> Mark:
    """All is well; asked for every hour of the night. Raises NotOn, NotVisible"""
    with acting(by):
        row, order = _on(slot.pk, by, at)
        found = Mark.objects.create(slot=row, sort=Sort.SAFE, at=at)
        told(order, "patrol.safe", by, at, whom=row.whom)
    return found


def call_for_help(slot: Slot, *, by: Actor, at: dt.datetime) -> Matter:
    """A call at the desk at once, at the last place he marked, else on the ground. Raises NotBegun, NotVisible"""
    with acting(by):
        row, order = _held(slot.pk, by, at)
        if order.state != State.ON_DUTY:
            raise NotBegun
        last = row.marks.filter(point__isnull=False).select_related("point").order_by("-at").first()
        place = last.point if last and last.point else order.points.order_by("place").first()
        with translation.override(settings.LANGUAGE_CODE):
            gist = gettext("Help needed on patrol “{name}”, led by {lead}").format(
                name=order.name, lead=order.lead.name
            )
        matter = open_matter(
            kind="incident", by=Actor.system(), at=at, point=(place.lon, place.lat) if place else None,
            area=None if place else order.ground, place_text=place.place_text if place else order.ground.name,
            gist=gist, urgency=URGENT, channel="alarm_device", verb=None,
        )  # fmt: skip
        Mark.objects.create(slot=row, sort=Sort.HELP, at=at)
        told(order, "patrol.help", by, at, whom=row.whom, number=matter.number)
    return matter


def step_off(slot: Slot, *, by: Actor, at: dt.datetime) -> Slot:
    """He ends, or his lead ends it for him. Hours count up to half an hour past his time at most. Twice is once."""
    with acting(by):
        row, order = _held(slot.pk, by, at)
        if row.on_at is None:
            raise NotOn
        if row.off_at is None:
            row.off_at = max(row.on_at, min(at, row.until + EARLY))
            row.save(update_fields=["off_at"])
            minutes = round((row.off_at - row.on_at).total_seconds() / 60)
            told(order, "patrol.step_off", by, at, whom=row.whom, minutes=minutes)
    return row


def sign_off(slot: Slot, *, by: Actor, at: dt.datetime) -> Slot:
    """Whoever orders the patrol signs for somebody's hours, never for his own (S-ORG-012). Raises NotOn, PlanIsFixed"""
    with acting(by):
        order = hold(slot.leg.order, None, Verb.PATROL_ORDER, by, at)
        row = Slot.objects.select_for_update(of=("self",)).select_related("person", "partner").get(pk=slot.pk)
        if row.off_at is None:
            raise NotOn
        if row.person_id == by.person_id or row.signed_at is not None:
            raise PlanIsFixed
        row.signed_at, row.signed_by = at, by.person_id
        row.save(update_fields=["signed_at", "signed_by"])
        told(order, "patrol.sign_off", by, at, whom=row.whom)
    return row


def safe_due(slot: Slot, marks: list[Mark], at: dt.datetime) -> dt.datetime | None:
    """When he is to say the next time that all is well; None where nobody asks."""
    if slot.on_at is None or slot.off_at is not None or slot.leg.order.kind != "all_night":
        return None
    last = max((one.at for one in marks if one.slot_id == slot.pk), default=slot.on_at)
    return last + SAFE_EVERY


def _held(key: UUID, by: Actor, at: dt.datetime) -> tuple[Slot, Order]:
    """The slot, locked: his own, or of an order that `by` leads. Raises NotVisible"""
    rows = Slot.objects.select_for_update(of=("self",)).select_related(
        "leg__order__lead", "leg__order__ground", "person", "partner"
    )
    row = rows.filter(pk=key).first()
    if row is None:
        raise NotVisible
    order = row.leg.order
    if row.person_id != by.person_id and not may(by, Verb.PATROL_ORDER, order, at):
        raise NotVisible
    require(by, Verb.PATROL_WALK if row.person_id == by.person_id else Verb.PATROL_ORDER, None, at)
    return row, order


def _on(key: UUID, by: Actor, at: dt.datetime) -> tuple[Slot, Order]:
    row, order = _held(key, by, at)
    if row.on_at is None or at < row.on_at or (row.off_at is not None and at > row.off_at):
        raise NotOn
    return row, order


def told(order: Order, verb: str, by: Actor, at: dt.datetime, **particulars: object) -> None:
    record(verb, topic="patrol.walked", subject=order, by=by, at=at, area=order.ground_id, **particulars)
