"""Ordering a duty level: proposed, approved by whom the level names, renewed by a new order, lifted, ended."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import TimestamptzRange

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.problem import Problem
from shouwang.duty.models import Approver, DutyLevel, LevelOrder, OrderState
from shouwang.duty.watches import falls_to
from shouwang.journal.record import record
from shouwang.people.access import NotAllowed, Verb, may, require
from shouwang.places.models import Area

PAST = dt.timedelta(hours=1)  # an order may count from a little before it was typed
AHEAD = dt.timedelta(days=366)
NEEDED = {Approver.BUREAU: Verb.LEVEL_APPROVE_HIGH, Approver.CHIEF: Verb.LEVEL_APPROVE}


class LevelTooLong(Problem):
    code, status = "level.too_long", 422
    says = _("Level {level} lasts {hours} hours at most. Order it again when it is still needed.")


class LevelTimesUnusable(Problem):
    code, status = "level.times_unusable", 422
    says = _("An order begins now or later, within a year, and ends after it begins.")


class NoReasonGiven(Problem):
    code, status = "level.no_reason", 422
    says = _("Say why. It stands on the order.")


class RestPlanMissing(Problem):
    code, status = "level.no_rest_plan", 422
    says = _("Level {level} needs a rest plan: who sleeps when, and where.")


class StandingLevel(Problem):
    code, status = "level.standing", 422
    says = _("The standing level holds by itself; lift the order instead.")


class OrderSettled(Problem):
    code, status = "level.settled", 409
    says = _("This order was decided, lifted or has ended already.")


def propose_order(
    level: DutyLevel, *, area: Area, begins_at: dt.datetime, ends_at: dt.datetime, reason: str, rest_plan: str = "",
    renews: LevelOrder | None = None, by: Actor, at: dt.datetime,
) -> LevelOrder:  # fmt: skip
    """An order that waits for approval; whoever may approve it does so with a second tap.

    Raises  NotAllowed, NotVisible, StandingLevel, LevelTimesUnusable, LevelTooLong, NoReasonGiven, RestPlanMissing
    """
    with acting(by):
        require(by, Verb.LEVEL_ORDER, area, at)
        list(DutyLevel.objects.select_for_update().order_by("number"))  # numbers of orders are given one by one
        why, plan = clean_line(reason, 300, field="reason"), clean_line(rest_plan, 500, field="rest_plan")
        _check(level, begins_at, ends_at, why, plan, at)
        last = LevelOrder.objects.aggregate(last=Max("number"))["last"] or 0
        row = LevelOrder.objects.create(
            number=last + 1, level=level, area=area, duty_path=area.duty_path, government_path=area.government_path,
            during=TimestamptzRange(begins_at, ends_at), reason=why, rest_plan=plan, share=level.share,
            rest_h=level.rest_h, nights=level.nights, renews=renews, ordered_by=by.person_id, ordered_at=at,
        )  # fmt: skip
        record("level.propose", topic="level.proposed", subject=row, area=area, by=by, at=at, level=level.number)
    return row


def _check(level: DutyLevel, begins: dt.datetime, ends: dt.datetime, why: str, plan: str, at: dt.datetime) -> None:
    if level.standing:
        raise StandingLevel(field="level")
    if not (at - PAST <= begins <= at + AHEAD and begins < ends and ends > at):
        raise LevelTimesUnusable(field="begins_at")
    if ends - begins > dt.timedelta(hours=level.longest_h):
        raise LevelTooLong(field="ends_at", level=level.number, hours=level.longest_h)
    if not why:
        raise NoReasonGiven(field="reason")
    if level.needs_rest_plan and not plan:
        raise RestPlanMissing(field="rest_plan", level=level.number)


def may_approve(row: LevelOrder, by: Actor, at: dt.datetime) -> bool:
    """By post, as the level names it; at night by the duty chief, as far as the approval matrix goes."""
    needed = NEEDED[Approver(row.level.approver)]
    return may(by, needed, row, at) or falls_to(by, needed, row, at, size=row.level.number) is not None


def decide_order(row: LevelOrder, *, approved: bool, why_not: str = "", by: Actor, at: dt.datetime) -> LevelOrder:
    """In force from its beginning; one approved late begins now. Raises NotAllowed, OrderSettled, NoReasonGiven"""
    with acting(by):
        row = _locked(row)
        if not may_approve(row, by, at):
            raise NotAllowed
        if row.state != OrderState.PROPOSED or row.during.upper <= at:
            raise OrderSettled
        row.why_not = clean_line(why_not, 200, field="why_not")
        if not approved and not row.why_not:
            raise NoReasonGiven(field="why_not")
        row.state = OrderState.APPROVED if approved else OrderState.REFUSED
        row.during = TimestamptzRange(max(row.during.lower, at) if approved else row.during.lower, row.during.upper)
        row.decided_by, row.decided_at = by.person_id, at
        row.save(update_fields=["state", "during", "why_not", "decided_by", "decided_at"])
        word = "approve" if approved else "refuse"
        record(f"level.{word}", topic=f"level.{row.state}", subject=row, area=row.area, by=by, at=at,
               level=row.level.number, until=row.during.upper)  # fmt: skip
    return row


def lift_order(row: LevelOrder, *, because: str, by: Actor, at: dt.datetime) -> LevelOrder:
    """Ended before its time, by whoever could have approved it. Raises NotAllowed, OrderSettled, NoReasonGiven"""
    with acting(by):
        row = _locked(row)
        if not may_approve(row, by, at):
            raise NotAllowed
        if row.state != OrderState.APPROVED or row.during.upper <= at:
            raise OrderSettled
        row.lifted_because = clean_line(because, 200, field="because")
        if not row.lifted_because:
            raise NoReasonGiven(field="because")
        row.lifted_by, row.ended_at = by.person_id, at
        if row.during.lower < at:
            row.during = TimestamptzRange(row.during.lower, at)
        else:  # it never began
            row.state = OrderState.REFUSED
        row.save(update_fields=["lifted_because", "lifted_by", "ended_at", "during", "state"])
        record("level.lift", topic="level.ended", subject=row, area=row.area, by=by, at=at, level=row.level.number)
    return row


def note_ended(at: dt.datetime) -> int:
    """Say of each order whose time is over that it has ended; how many. It stopped counting by itself."""
    by, n = Actor.system(), 0
    over = LevelOrder.objects.filter(state=OrderState.APPROVED, ended_at__isnull=True, during__endswith__lte=at)
    for key in over.values_list("pk", flat=True):
        with acting(by):
            row = LevelOrder.objects.select_for_update(of=("self",), skip_locked=True).select_related("level", "area")
            found = row.filter(pk=key, ended_at__isnull=True).first()
            if found is None:
                continue
            found.ended_at = found.during.upper
            found.save(update_fields=["ended_at"])
            record("level.end", topic="level.ended", subject=found, area=found.area, by=by, at=at,
                   level=found.level.number)  # fmt: skip
            n += 1
    return n


def change_level(level: DutyLevel, *, says: str, longest_h: int, share: float, rest_h: int, nights: int, by: Actor,
                 at: dt.datetime) -> DutyLevel:  # fmt: skip
    """A row of the level set; orders that were given keep what they were given with. Raises NotAllowed"""
    with acting(by):
        require(by, Verb.LEVEL_APPROVE_HIGH, None, at)
        row = DutyLevel.objects.select_for_update().get(pk=level.pk)
        row.says, row.longest_h, row.share = clean_line(says, 200, field="says"), longest_h, share
        row.rest_h, row.nights = rest_h, nights
        row.save(update_fields=["says", "longest_h", "share", "rest_h", "nights"])
        record("level.change", topic="level.changed", subject=row, by=by, at=at, level=row.number)
    return row


def is_renewed(row: LevelOrder) -> bool:
    """Whether a renewal of it waits or was approved already."""
    return LevelOrder.objects.filter(renews=row).exclude(state=OrderState.REFUSED).exists()


def _locked(row: LevelOrder) -> LevelOrder:
    return LevelOrder.objects.select_for_update(of=("self",)).select_related("level", "area").get(pk=row.pk)
