"""The clocks of a matter: started and met by its steps, stopped and started again, extended before they run out."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from shouwang.core.actor import Actor
from shouwang.core.calendar import PAUSES, Limit, due_at, reminders
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.matters.kinds import kind_of
from shouwang.matters.models import Clock, Matter
from shouwang.matters.sorts import Deadline

SHORT = dt.timedelta(hours=1)  # below this nobody is reminded at half time: he is told that it ran out
CLIMB_AGAIN = dt.timedelta(minutes=10)  # the least time each tier has


class ClockNotRunning(Problem):
    code, status = "clock.not_running", 409
    says = _("This clock is not running.")


class PauseNotAllowed(Problem):
    code, status = "clock.pause_not_allowed", 400
    says = _("“{reason}” is no reason for which this clock may stop.")


class PersonNotTold(Problem):
    code, status = "clock.person_not_told", 409
    says = _("Tell the person first how long it will take; then the clock may stop or be extended.")


class ExtensionTooLate(Problem):
    code, status = "clock.extension_too_late", 409
    says = _("The time had run out on {due}. It can no longer be extended; explain the delay instead.")


class NotExtendable(Problem):
    code, status = "clock.not_extendable", 409
    says = _("This time limit cannot be extended any further.")


def limit_of(clock: Clock, matter: Matter) -> Limit | None:
    """The declared limit behind a clock, and what it was extended by; None if the kind no longer has the rule."""
    deadline = kind_of(matter.kind).clocks.get(clock.rule)
    limit = deadline.limit(matter.urgency) if deadline else None
    return limit.extended() if limit and clock.extended else limit


def turn_clocks(matter: Matter, step: str, was: str, *, by: Actor, at: dt.datetime) -> None:
    """Meet and start what `step` meets and starts, fit what runs to the urgency, and set `due_at` (not saved here).

    step  the step's name, or "open"      was  the state before
    """
    kind = kind_of(matter.kind)
    running: list[Clock] = []
    met: list[Clock] = []
    for clock in matter.clocks.unmet() if step != "open" else ():
        (met if _is_met(matter, clock, kind.clocks.get(clock.rule), step) else running).append(clock)
    for clock in met:
        clock.met_at, clock.next_at, clock.next_mark = at, None, ""
    Clock.objects.bulk_update(met, ["met_at", "next_at", "next_mark"])
    for clock in running:
        _fit(clock, matter, at)
    started = [
        begin_clock(matter, deadline, at)
        for deadline in kind.clocks.values()
        if matter.is_open
        and deadline.limit(matter.urgency)
        and deadline.rule not in {clock.rule for clock in running}
        and _starts(matter, deadline, step, was)
    ]
    Clock.objects.bulk_create(started)
    ends = [clock.due_at for clock in (*running, *started) if clock.stopped_at is None]
    matter.due_at = min(ends) if ends else None


def _is_met(matter: Matter, clock: Clock, deadline: Deadline | None, step: str) -> bool:
    if not matter.is_open or deadline is None or step in deadline.met_by:
        return True
    return clock.rule.startswith("state.") and clock.rule != f"state.{matter.state}"


def _starts(matter: Matter, deadline: Deadline, step: str, was: str) -> bool:
    if deadline.rule == f"state.{matter.state}":
        return step == "open" or was != matter.state
    return step in deadline.starts and (not deadline.channels or matter.channel in deadline.channels)


def begin_clock(matter: Matter, deadline: Deadline, at: dt.datetime) -> Clock:
    """A new clock with the responsible post, not yet saved."""
    clock = Clock(matter=matter, rule=deadline.rule, started_at=at, held_since=at, holder=matter.responsible_id)
    _set_due(clock, deadline.limit(matter.urgency) or deadline.limits[None], at)
    return clock


def _set_due(clock: Clock, limit: Limit, at: dt.datetime) -> None:
    due = due_at(clock.started_at, limit, clock.paused())
    clock.due_at, clock.estimated = due.at, due.estimated
    set_next_mark(clock, at)


def _fit(clock: Clock, matter: Matter, at: dt.datetime) -> None:
    """A clock follows the urgency of its matter, unless it was extended or has run out already."""
    limit = limit_of(clock, matter)
    if limit is None or clock.stopped_at or clock.extended or clock.level or clock.due_at <= at:
        return
    was = clock.due_at
    _set_due(clock, limit, at)
    if clock.due_at != was:
        clock.save(update_fields=["due_at", "estimated", "next_at", "next_mark"])


def refit_estimate(clock: Clock, limit: Limit, at: dt.datetime) -> bool:
    """Work out an estimated end again; whether it is certain now."""
    _set_due(clock, limit, at)
    clock.save(update_fields=["due_at", "estimated", "next_at", "next_mark"])
    return not clock.estimated


def set_next_mark(clock: Clock, after: dt.datetime) -> None:
    """What happens next and when: a reminder, the end, a day after it, or one climb more."""
    span = clock.due_at - clock.started_at
    marks = [(at, mark) for mark, at in reminders(clock.started_at, clock.due_at)]
    if span < SHORT:
        marks = marks[2:]
    if clock.level:
        marks.append((clock.held_since + max(span, CLIMB_AGAIN), "climb"))
    ahead = sorted(mark for mark in marks if mark[0] > after)
    clock.next_at, clock.next_mark = ahead[0] if ahead else (None, "")


def stop_clock(clock: Clock, *, reason: str, person_told: bool, by: Actor, at: dt.datetime) -> None:
    """Stop it, for a listed reason; some reasons only after the person was told how long (CAL-08).

    Called inside a verb function's transaction. Raises ClockNotRunning, PauseNotAllowed, PersonNotTold
    """
    if clock.met_at or clock.stopped_at:
        raise ClockNotRunning()
    if reason not in PAUSES:
        raise PauseNotAllowed(field="reason", reason=reason)
    if PAUSES[reason] and not person_told:
        raise PersonNotTold(field="person_told")
    clock.stopped_at, clock.stop_reason, clock.next_at = at, reason, None
    clock.save(update_fields=["stopped_at", "stop_reason", "next_at"])
    record("clock.stop", topic="matter.clock", subject=clock.matter, by=by, at=at, area=clock.matter.area_id,
           rule=clock.rule, reason=reason)  # fmt: skip


def resume_clock(clock: Clock, *, by: Actor, at: dt.datetime) -> None:
    """Let it run on; the stop is not counted. Raises ClockNotRunning when it was not stopped."""
    if clock.stopped_at is None:
        raise ClockNotRunning()
    clock.pauses = [*clock.pauses, [clock.stopped_at.isoformat(), at.isoformat(), clock.stop_reason]]
    clock.stopped_at, clock.stop_reason = None, ""
    limit = limit_of(clock, clock.matter)
    if limit:
        _set_due(clock, limit, at)
    clock.save()
    record("clock.resume", topic="matter.clock", subject=clock.matter, by=by, at=at, area=clock.matter.area_id,
           rule=clock.rule, due_at=clock.due_at)  # fmt: skip


def extend_clock(clock: Clock, *, reason: str, person_told: bool, by: Actor, at: dt.datetime) -> None:
    """Add what the limit allows, once, before it runs out, with a reason and the person told (CAL-12).

    Raises  ClockNotRunning, ExtensionTooLate, NotExtendable, PersonNotTold, NotAllowed
    """
    from shouwang.people.access import NotAllowed, posts_of

    limit = limit_of(clock, clock.matter)
    if clock.met_at or clock.stopped_at:
        raise ClockNotRunning()
    if limit is None or not limit.extendable_by or clock.extended:
        raise NotExtendable()
    if at > clock.due_at:
        raise ExtensionTooLate(due=clock.due_at.date())
    if limit.approver_role and limit.approver_role not in {post.role for post in posts_of(by, at)}:
        raise NotAllowed
    if not person_told:
        raise PersonNotTold(field="person_told")
    clock.extended = True
    _set_due(clock, limit.extended(), at)
    clock.save()
    record("clock.extend", topic="matter.clock", subject=clock.matter, by=by, at=at, area=clock.matter.area_id,
           rule=clock.rule, reason=reason[:40], due_at=clock.due_at)  # fmt: skip


def in_time(clock: Clock) -> bool:
    """Met, and not later than due: the last instant belongs to the time (CAL-07)."""
    return clock.met_at is not None and clock.met_at <= clock.due_at
