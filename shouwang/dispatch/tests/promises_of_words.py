"""What is promised of alerts, of what crews are told, and of refusals: each function says what is broken."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from shouwang.dispatch import effects as fx
from shouwang.dispatch import events as ev

if TYPE_CHECKING:
    from shouwang.dispatch.tests.nights import Happened


def a_task_given_back_is_heard_with_its_reason(one: Happened) -> Iterator[str]:
    if one.refusal is None and isinstance(one.event, ev.Return):
        if ("returned", one.event.assignment) not in one.after.alerts:
            yield "no alert"
        if not one.after.assignments[one.event.assignment].reason.strip():
            yield "no reason"


def a_shift_that_ends_with_a_task_is_heard(one: Happened) -> Iterator[str]:
    if one.refusal is None and isinstance(one.event, ev.ShiftEnded):
        current = one.before.current(one.event.unit)
        if current is not None and ("returned", current.id) not in one.after.alerts:
            yield "a shift ended with a task, silently"


def a_call_for_support_is_heard(one: Happened) -> Iterator[str]:
    asked = one.refusal is None and isinstance(one.event, ev.AskSupport)
    if asked and ("support", one.event.assignment) not in one.after.alerts:
        yield "nobody hears the call for support"


def no_alert_is_lost_or_comes_from_nowhere(one: Happened) -> Iterator[str]:
    """Old alerts + effects = new alerts."""
    alerts = dict(one.before.alerts)
    for effect in one.effects:
        if isinstance(effect, fx.RaiseAlert):
            alerts[effect.alert.key] = effect.alert
        elif isinstance(effect, fx.SettleAlert):
            alerts.pop(effect.alert.key, None)
    if alerts != one.after.alerts:
        yield "an alert was lost or appeared from nowhere"


def only_what_was_raised_is_settled(one: Happened) -> Iterator[str]:
    raised = set(one.before.alerts)
    for effect in one.effects:
        if isinstance(effect, fx.RaiseAlert):
            raised.add(effect.alert.key)
        elif isinstance(effect, fx.SettleAlert) and effect.alert.key not in raised:
            yield f"an alert was settled that nobody raised: {effect.alert.key}"


def an_alert_follows_its_task_to_another_matter(one: Happened) -> Iterator[str]:
    for effect in one.effects:
        if isinstance(effect, fx.RaiseAlert):
            assignment = one.after.assignments.get(effect.alert.subject)
            if assignment is not None and assignment.is_open and assignment.matter != effect.alert.matter:
                yield f"{effect.alert.key} is of another matter than its task"


def alerts_end_only_for_a_reason(one: Happened) -> Iterator[str]:
    may = {
        "unsigned": (
            ev.Reach,
            ev.Return,
            ev.Recall,
            ev.ShiftEnded,
            ev.MatterClosed,
            ev.MatterMerged,
            ev.Send,
        ),
        "returned": (ev.Send, ev.MatterClosed, ev.MatterMerged),
        "support": (
            ev.Send,
            ev.Clear,
            ev.Return,
            ev.Recall,
            ev.ShiftEnded,
            ev.MatterClosed,
            ev.MatterMerged,
        ),
    }
    for key in one.before.alerts.keys() - one.after.alerts.keys():
        if not isinstance(one.event, may[key[0]]):
            yield f"{key[0]} ended by {type(one.event).__name__}"


def an_unsigned_task_is_noticed_in_time(one: Happened) -> Iterator[str]:
    if isinstance(one.event, ev.Tick):
        for assignment in one.after.open_assignments():
            waited_s = (one.now - assignment.sent_at).total_seconds()
            if assignment.state == "sent" and waited_s >= 60 and assignment.reminded_at is None:
                yield f"{assignment.id} is unsigned for {waited_s} s"


def a_task_that_no_phone_received_is_noticed_in_time(one: Happened) -> Iterator[str]:
    if isinstance(one.event, ev.Tick):
        for assignment in one.after.open_assignments():
            waited_s = (one.now - assignment.sent_at).total_seconds()
            known = assignment.delivered_at or assignment.fallback_at
            if assignment.state == "sent" and waited_s >= 10 and not known:
                yield f"{assignment.id} is not received for {waited_s} s"


def a_silent_phone_is_called_once(one: Happened) -> Iterator[str]:
    called = {effect.assignment for effect in one.effects if isinstance(effect, fx.FallBack)}
    for now in one.changed:
        was = one.before.assignments.get(now.id)
        marked = now.fallback_at is not None and (was is None or was.fallback_at is None)
        if marked != (now.id in called):
            yield f"{now.id} is marked as called by another way: {marked}"


def nobody_is_called_unsigned_too_early_or_twice(one: Happened) -> Iterator[str]:
    for effect in one.effects:
        if isinstance(effect, fx.RaiseAlert) and effect.alert.kind == "unsigned" and isinstance(one.event, ev.Tick):
            assignment = one.before.assignments[effect.alert.subject]
            if assignment.state != "sent" or assignment.reminded_at is not None:
                yield f"{assignment.id} was signed or reminded before"
            if one.now - assignment.sent_at < dt.timedelta(seconds=60):
                yield f"{assignment.id} was called unsigned after {one.now - assignment.sent_at}"


def no_phone_is_given_up_too_early_or_twice(one: Happened) -> Iterator[str]:
    for effect in one.effects:
        if isinstance(effect, fx.FallBack):
            assignment = one.before.assignments[effect.assignment]
            if assignment.delivered_at is not None or assignment.fallback_at is not None:
                yield f"{assignment.id} had it already"
            if one.now - assignment.sent_at < dt.timedelta(seconds=10):
                yield f"{assignment.id} was given up after {one.now - assignment.sent_at}"


def nobody_is_told_twice(one: Happened) -> Iterator[str]:
    told = Counter((effect.assignment, effect.what) for effect in one.effects if isinstance(effect, fx.TellUnit))
    yield from (f"{key} told {n} times" for key, n in told.items() if n > 1)


def who_is_sent_is_told(one: Happened) -> Iterator[str]:
    for now in one.changed:
        if now.id not in one.before.assignments and (now.id, "task") not in one.told:
            yield f"{now.id} was sent and not told"


def whose_task_others_end_is_told(one: Happened) -> Iterator[str]:
    if isinstance(one.event, ev.Recall | ev.MatterClosed | ev.MatterMerged | ev.Send):
        for now in one.changed:
            was = one.before.assignments.get(now.id)
            ended = was is not None and was.is_open and not now.is_open
            if ended and not one.told & {(now.id, "recalled"), (now.id, "closed")}:
                yield f"{now.id} was ended by others and not told"


def whose_matter_changes_is_told(one: Happened) -> Iterator[str]:
    for now in one.changed:
        was = one.before.assignments.get(now.id)
        if was is not None and was.matter != now.matter and (now.id, "merged") not in one.told:
            yield f"{now.id} changed its matter and was not told"


def busy_means_busy(one: Happened) -> Iterator[str]:
    if isinstance(one.refusal, fx.Busy):
        current = one.before.current(one.refusal.unit)
        if current is None or not one.before.matters[current.matter].open or current.matter != one.refusal.matter:
            yield "called busy and is not"


def a_desk_that_was_faster_was_so_by_seconds(one: Happened) -> Iterator[str]:
    if isinstance(one.refusal, fx.Busy | fx.AlreadyCrewed) and not 0 <= (one.refusal.ahead_s or 0) <= 10:
        yield f"ahead by {one.refusal.ahead_s} s"


def a_second_stamp_is_told_the_time_of_the_first(one: Happened) -> Iterator[str]:
    told = one.refusal
    twice = isinstance(told, fx.AlreadyReached)
    if twice and one.before.assignments[told.assignment].stamps[told.reached] != told.at:
        yield "another time was named"


def help_is_not_refused_because_somebody_is_there(one: Happened) -> Iterator[str]:
    if isinstance(one.refusal, fx.AlreadyCrewed) and isinstance(one.event, ev.AddCrew):
        yield "help was refused because somebody is there"


def a_free_unit_is_not_refused(one: Happened) -> Iterator[str]:
    if one.refusal is not None and isinstance(one.event, ev.AddCrew | ev.Send):
        unit, matter = one.before.units[one.event.unit], one.before.matters[one.event.matter]
        free = unit.shift is not None and unit.away is None and one.before.current(unit.id) is None
        wanted = matter.open and (isinstance(one.event, ev.AddCrew) or not one.before.on(matter.id))
        if free and wanted:
            yield f"a free unit was refused: {one.refusal}"


def a_crew_at_work_is_not_refused(one: Happened) -> Iterator[str]:
    if one.refusal is not None and isinstance(one.event, ev.Sign | ev.Depart | ev.Arrive | ev.Recall | ev.AskSupport):
        assignment = one.before.assignments[one.event.assignment]
        new = not isinstance(one.event, ev.Reach) or one.event.reaches not in assignment.stamps
        if assignment.is_open and new:
            yield f"an open assignment was refused: {one.refusal}"


def what_simply_happened_is_not_refused(one: Happened) -> Iterator[str]:
    happened = ev.Tick | ev.Delivered | ev.Read | ev.MatterClosed | ev.MatterMerged | ev.ShiftEnded
    if one.refusal is not None and isinstance(one.event, happened):
        yield f"cannot be refused: {one.refusal}"
