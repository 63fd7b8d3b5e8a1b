"""Who goes on a shift: police, party, government, guards, volunteers, each with what holds for his party."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.clock import SHANGHAI, local_date
from shouwang.core.problem import Problem
from shouwang.duty.models import Absence, Unit
from shouwang.duty.models.leave import AbsenceKind, AbsenceState
from shouwang.journal.record import record
from shouwang.patrols.models import Half, Leg, Order, Partner, Party, Slot, State
from shouwang.patrols.ordering import PlanIsFixed, hold
from shouwang.people.access import Verb, reaches, spans, within
from shouwang.people.models import Person, Post

OFFICE_CADRES = frozenset({Party.PARTY, Party.GOVERNMENT, Party.POLICE})
DAWN = dt.time(12, 0)  # a latest end before noon is of the morning after


class AlreadyOn(Problem):
    code, status = "patrols.already_on", 409
    says = _("{name} is on this shift already, or on another patrol at that time.")


class OnLeave(Problem):
    code, status = "patrols.on_leave", 409
    says = _("{name} is on leave on that day. Choose somebody to stand in.")


class NotInsured(Problem):
    code, status = "patrols.not_insured", 409
    says = _("This patrol may be dangerous: {name} needs insurance that lasts until then, and training (VOL-02).")


class TooLate(Problem):
    code, status = "patrols.too_late", 409
    says = _("{name} goes home at {hour}. This shift begins later.")


class FileEnded(Problem):
    code, status = "patrols.file_ended", 409
    says = _("The contract or the file of {name} does not reach that day.")


class WrongHead(Problem):
    code, status = "patrols.head", 409
    says = _("The first half is led by somebody of an office, the second by a full-time patrol worker.")


class WrongPair(Problem):
    code, status = "patrols.pair", 400
    says = _("Two of the same shift walk together.")


@dataclass(frozen=True)
class Wanted:
    """One person on a shift: staff by `person`, others by their file."""

    person: Person | None = None
    partner: Partner | None = None
    party: str = ""
    heads: bool = False
    branch: str = ""
    unit: Unit | None = None
    reach: str = ""
    covers: Person | None = None


def put_on(leg: Leg, wanted: Wanted, *, by: Actor, at: dt.datetime) -> Slot:
    """Raises AlreadyOn, OnLeave, NotInsured, TooLate, FileEnded, WrongHead, PlanIsFixed, NotAllowed, NotVisible"""
    with acting(by):
        order = hold(leg.order, None, Verb.PATROL_ORDER, by, at)
        if order.state not in (State.PLANNED, State.BRIEFED, State.ON_DUTY):
            raise PlanIsFixed
        slot = fill_slot(leg, order, wanted)
        verb, more = ("patrol.stand_in", {"other": wanted.covers.pk}) if wanted.covers else ("patrol.put_on", {})
        record(verb, topic="patrol.changed", subject=order, by=by, at=at, area=order.ground_id, whom=slot.whom, **more)
    return slot


def fill_slot(leg: Leg, order: Order, wanted: Wanted) -> Slot:
    """Inside an act."""
    partner = wanted.partner
    person = wanted.person or (partner.person if partner else None)
    name = person.name if person else partner.name if partner else ""
    party = partner.party if partner else wanted.party or (Party.POLICE if person else Party.PEOPLE)
    if person and person.pk in absent_on(local_date(leg.starts_at)):
        raise OnLeave(name=name, field="who")
    until = _until(leg, order, partner, name)
    if wanted.heads and not _may_head(leg, party, partner):
        raise WrongHead(field="heads")
    if person and Slot.objects.filter(
        person=person, leg__starts_at__lt=leg.ends_at, leg__ends_at__gt=leg.starts_at
    ).exclude(leg__order__state=State.NOT_HELD).exists():  # fmt: skip
        raise AlreadyOn(name=name, field="who")
    if wanted.heads:
        leg.slots.filter(heads=True).update(heads=False)
    try:
        with transaction.atomic():
            return Slot.objects.create(
                leg=leg, person=person, partner=partner, party=party,
                sworn=bool(person and person.sworn and not partner),
                auxiliary=bool(person and not partner and party == Party.POLICE and not person.sworn),
                heads=wanted.heads, branch=wanted.branch, unit=wanted.unit, covers=wanted.covers, until=until,
                reach=clean_line(wanted.reach, 40, field="reach"),
            )  # fmt: skip
    except IntegrityError as fault:
        raise AlreadyOn(name=name, field="who") from fault


def _may_head(leg: Leg, party: str, partner: Partner | None) -> bool:
    """S-PAT-017, S-PAT-018."""
    if leg.half == Half.FIRST:
        return party in OFFICE_CADRES
    return leg.half != Half.SECOND or bool(partner and partner.full_time)


def _until(leg: Leg, order: Order, partner: Partner | None, name: str) -> dt.datetime:
    """When he goes home."""
    if partner is None:
        return leg.ends_at
    day = local_date(leg.starts_at)
    if not partner.holds_on(day):
        raise FileEnded(name=name, field="who")
    insured = bool(partner.insured_until and partner.insured_until >= day and partner.trained_on)
    if order.risk and partner.party == Party.PEOPLE and not insured:
        raise NotInsured(name=name, field="who")
    if partner.latest_end is None:
        return leg.ends_at
    home = dt.datetime.combine(order.on, partner.latest_end, SHANGHAI)
    if partner.latest_end < DAWN:
        home += dt.timedelta(days=1)
    if home <= leg.starts_at:
        raise TooLate(name=name, hour=f"{partner.latest_end:%H:%M}", field="who")
    return min(home, leg.ends_at)


def absent_on(day: dt.date) -> set[object]:
    """Who has leave that was granted."""
    rows = Absence.objects.filter(
        kind=AbsenceKind.LEAVE, state=AbsenceState.GRANTED, first_on__lte=day, last_on__gte=day
    )
    return set(rows.values_list("person_id", flat=True))


def take_off(slot: Slot, *, by: Actor, at: dt.datetime) -> None:
    """Before he has begun. Raises PlanIsFixed, NotAllowed, NotVisible"""
    with acting(by):
        order = hold(slot.leg.order, None, Verb.PATROL_ORDER, by, at)
        if slot.on_at or order.state not in (State.PLANNED, State.BRIEFED, State.ON_DUTY):
            raise PlanIsFixed
        Slot.objects.filter(pk=slot.pk).delete()
        record("patrol.take_off", topic="patrol.changed", subject=order, by=by, at=at, area=order.ground_id,
               whom=slot.whom)  # fmt: skip


def pair(slot: Slot, buddy: Slot, *, by: Actor, at: dt.datetime) -> None:
    """Both walk together from now on. Raises WrongPair, NotAllowed, NotVisible"""
    if slot.pk == buddy.pk or slot.leg_id != buddy.leg_id:
        raise WrongPair(field="buddy")
    with acting(by):
        order = hold(slot.leg.order, None, Verb.PATROL_ORDER, by, at)
        Slot.objects.filter(buddy__in=(slot, buddy)).update(buddy=None)
        Slot.objects.filter(pk=slot.pk).update(buddy=buddy)
        Slot.objects.filter(pk=buddy.pk).update(buddy=slot)
        record("patrol.pair", topic="patrol.changed", subject=order, by=by, at=at, area=order.ground_id,
               whom=slot.whom, buddy=buddy.whom)  # fmt: skip


def staff_for(by: Actor, at: dt.datetime) -> list[Post]:
    """Posts, one a person, of those who may go on patrol on the ground on which `by` plans, or in its office."""
    paths = spans(by, Verb.PATROL_ORDER, at)
    above = {int(part) for path in paths for part in path.split("/") if part}
    on = reaches(paths, "area__") | Q(area__number__in=above)
    roles = ("police_officer", "auxiliary", "community_officer", "duty_lead", "station_head", "grid_worker",
             "grid_manager", "grid_head", "deputy_grid_head")  # fmt: skip
    held = Post.objects.held_at(at).filter(on, role__in=roles).select_related("person", "area").order_by("id")
    return sorted({post.person_id: post for post in held}.values(), key=lambda post: post.person.name)


def partners_for(by: Actor, at: dt.datetime) -> QuerySet[Partner]:
    mine = Partner.objects.filter(within(spans(by, Verb.PATROL_READ, at))).exclude(name="")
    return mine.select_related("ground", "person").order_by("party", "name")


def party_of(post: Post) -> str:
    return Party.GOVERNMENT if post.role.endswith(("grid_worker", "grid_manager", "grid_head")) else Party.POLICE
