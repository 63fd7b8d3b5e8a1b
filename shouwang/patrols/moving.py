"""The course of a patrol: briefed, begun, closed, reviewed; each step can be taken back, with a reason."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.clock import SHANGHAI
from shouwang.core.impersonal import refuse_persons
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.patrols.models import Branch, Kind, Order, Party, Slot, State
from shouwang.patrols.ordering import hold
from shouwang.people.verbs import Verb

FEWEST = 2  # PAT-01


class StepNotOpen(Problem):
    code, status = "patrols.step", 409
    says = _("This patrol is “{state}” now; the step no longer applies.")


class TooFew(Problem):
    code, status = "patrols.too_few", 409
    says = _("On the shift from {hour} there is nobody to go with. A patrol has two people at least (PAT-01).")


class AuxiliaryAlone(Problem):
    code, status = "patrols.auxiliary_alone", 409
    says = _("{name} is an auxiliary. On the shift from {hour} no sworn officer goes along (AUX-01).")


class NoBuddy(Problem):
    code, status = "patrols.no_buddy", 409
    says = _("{name} walks with nobody yet. Volunteers go in pairs.")


class HubIncomplete(Problem):
    code, status = "patrols.hub", 409
    says = _("A station square needs the railway side, one fixed place where somebody stands, and two on the loop.")


class NoHead(Problem):
    code, status = "patrols.no_head", 409
    says = _("Nobody leads the shift from {hour}. Say who of its people does.")


class ReasonMissing(Problem):
    code, status = "patrols.reason", 400
    says = _("Say in a few words why.")


class OwnReview(Problem):
    code, status = "patrols.own_review", 409
    says = _("Whoever led the patrol does not review it. Somebody else does.")


class StillOut(Problem):
    code, status = "patrols.still_out", 409
    says = _("{name} is still on patrol. Let him end first, or end it for him.")


BACK = {State.BRIEFED: State.PLANNED, State.ON_DUTY: State.BRIEFED, State.CLOSED: State.ON_DUTY,
        State.REVIEWED: State.CLOSED, State.NOT_HELD: State.PLANNED}  # fmt: skip


def brief(order: Order, *, seen: int, by: Actor, at: dt.datetime) -> Order:
    """Raises StepNotOpen, TooFew, AuxiliaryAlone, NoBuddy, HubIncomplete, NoHead, ChangedMeanwhile, NotAllowed, …"""
    with acting(by):
        row = _from(order, (State.PLANNED,), Verb.PATROL_ORDER, seen, by, at)
        n = check_crews(row)
        row.state = State.BRIEFED
        row.save(update_fields=["state"])
        _told(row, "patrol.brief", by, at, n=n)
    return row


def start(order: Order, *, seen: int, by: Actor, at: dt.datetime) -> Order:
    """Raises what brief raises: who fell out since is noticed."""
    with acting(by):
        row = _from(order, (State.BRIEFED,), Verb.PATROL_ORDER, seen, by, at)
        check_crews(row)
        row.state, row.began_at = State.ON_DUTY, row.began_at or at
        row.save(update_fields=["state", "began_at"])
        _told(row, "patrol.start", by, at)
    return row


def close(order: Order, *, seen: int, by: Actor, at: dt.datetime) -> Order:
    """Raises StepNotOpen, StillOut, ChangedMeanwhile, NotAllowed, NotVisible"""
    with acting(by):
        row = _from(order, (State.ON_DUTY,), Verb.PATROL_ORDER, seen, by, at)
        slots = list(Slot.objects.filter(leg__order=row, on_at__isnull=False).select_related("person", "partner"))
        for slot in slots:
            if slot.off_at is None:
                raise StillOut(name=slot.name)
        row.state, row.closed_at = State.CLOSED, at
        row.save(update_fields=["state", "closed_at"])
        minutes = round(sum(slot.served(at).total_seconds() for slot in slots) / 60)
        _told(row, "patrol.close", by, at, n=len(slots), minutes=minutes)
    return row


def review(order: Order, *, learnt: str, seen: int, by: Actor, at: dt.datetime) -> Order:
    """Raises StepNotOpen, ReasonMissing, OwnReview, ChangedMeanwhile, NotAllowed, NotVisible"""
    said = _said(learnt, "learnt")
    with acting(by):
        row = _from(order, (State.CLOSED,), Verb.PATROL_REVIEW, seen, by, at)
        if row.lead_id == by.person_id:
            raise OwnReview
        row.state, row.why = State.REVIEWED, said
        row.save(update_fields=["state", "why"])
        _told(row, "patrol.review", by, at, learnt=said)
    return row


def take_back(order: Order, *, reason: str, seen: int, by: Actor, at: dt.datetime) -> Order:
    """One step back; what was marked meanwhile stays. Raises StepNotOpen, ReasonMissing, StillOut, …"""
    said = _said(reason, "reason")
    verb = Verb.PATROL_REVIEW if order.state == State.REVIEWED else Verb.PATROL_ORDER
    with acting(by):
        row = _from(order, tuple(BACK), verb, seen, by, at)
        begun = Slot.objects.filter(leg__order=row, on_at__isnull=False).select_related("person", "partner").first()
        if row.state == State.ON_DUTY and begun:
            raise StillOut(name=begun.name)
        row.state, row.why = BACK[State(row.state)], ""
        row.closed_at = None if row.state != State.CLOSED else row.closed_at
        row.save(update_fields=["state", "why", "closed_at"])
        _told(row, "patrol.take_back", by, at, reason=said)
    return row


def not_held(order: Order, *, reason: str, seen: int, by: Actor, at: dt.datetime) -> Order:
    """An evening without its patrol needs a reason (S-PAT-012). Raises StepNotOpen, ReasonMissing, …"""
    said = _said(reason, "reason")
    with acting(by):
        row = _from(order, (State.PLANNED, State.BRIEFED), Verb.PATROL_ORDER, seen, by, at)
        row.state, row.why = State.NOT_HELD, said
        row.save(update_fields=["state", "why"])
        _told(row, "patrol.not_held", by, at, reason=said)
    return row


def check_crews(row: Order) -> int:
    """How many go, once every shift may. Raises TooFew, AuxiliaryAlone, NoBuddy, HubIncomplete, NoHead"""
    total = 0
    for leg in row.legs.order_by("place").prefetch_related("slots__person", "slots__partner"):
        slots, hour = list(leg.slots.all()), f"{leg.starts_at.astimezone(SHANGHAI):%H:%M}"
        if len(slots) < FEWEST:
            raise TooFew(hour=hour)
        helper = next((slot for slot in slots if slot.auxiliary), None)
        if helper and not any(slot.sworn for slot in slots):
            raise AuxiliaryAlone(name=helper.name, hour=hour)
        if not any(slot.heads or slot.sworn for slot in slots) or (leg.half != "whole" and not _headed(slots)):
            raise NoHead(hour=hour)
        for slot in slots:
            if slot.party == Party.PEOPLE and slot.buddy_id is None:
                raise NoBuddy(name=slot.name)
        total += len(slots)
    if row.kind == Kind.HUB:
        stays = list(row.points.values_list("stay_minutes", flat=True))
        railway = Slot.objects.filter(leg__order=row, branch=Branch.RAILWAY).exists()
        if not railway or not any(stays) or sum(not stay for stay in stays) < 2:
            raise HubIncomplete
    return total


def _headed(slots: list[Slot]) -> bool:
    return any(slot.heads for slot in slots)


def _said(text: str, field: str) -> str:
    said = clean_line(text, 200, field=field)
    if not said:
        raise ReasonMissing(field=field)
    refuse_persons({field: said})
    return said


def _from(order: Order, states: tuple[str, ...], verb: Verb, seen: int, by: Actor, at: dt.datetime) -> Order:
    row = hold(order, seen, verb, by, at)
    if row.state not in states:
        raise StepNotOpen(state=row.get_state_display())
    return row


def _told(row: Order, verb: str, by: Actor, at: dt.datetime, **particulars: object) -> None:
    record(verb, topic="patrol.moved", subject=row, by=by, at=at, area=row.ground_id, **particulars)
