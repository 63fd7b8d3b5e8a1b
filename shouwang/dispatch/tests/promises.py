"""What the core promises, each a function that says what is broken. `nights` runs all of them after every event."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from shouwang.dispatch import effects as fx
from shouwang.dispatch import events as ev
from shouwang.dispatch.board import OPEN_STATES, REACHES, UNDONE_STATES

if TYPE_CHECKING:
    from shouwang.dispatch.tests.nights import Happened

Promise = Callable[["Happened"], Iterator[str]]


class Broken(AssertionError):
    """A promise of the dispatch core does not hold."""


def check(one: Happened, decide: Callable[..., Any]) -> None:
    """Raise Broken when anything promised fails. Why not plain asserts: planted faults must be told from bugs."""
    for promise in PROMISES:
        for fault in promise(one):
            raise Broken(f"{promise.__name__}: {fault} after {one.event}")
    again = decide(one.before, one.event, one.now)
    if again != (one.refusal if one.refusal is not None else (one.after, one.effects)):
        raise Broken(f"the same question was answered differently: {one.event}")


def a_unit_is_never_on_two_matters(one: Happened) -> Iterator[str]:
    units = Counter(assignment.unit for assignment in one.after.open_assignments())
    yield from (f"{unit} has {n}" for unit, n in units.items() if n > 1)


def crews_are_only_on_open_matters(one: Happened) -> Iterator[str]:
    if isinstance(one.event, ev.MatterClosed):
        yield from (f"{left.id} still open" for left in one.after.on(one.event.matter))
    for effect in one.effects:
        writes = isinstance(effect, fx.WriteAssignment) and effect.assignment.is_open
        if writes and not one.after.matters[effect.assignment.matter].open:
            yield f"{effect.assignment.id} opened on a closed matter"


def only_units_on_shift_are_sent(one: Happened) -> Iterator[str]:
    for assignment in one.after.open_assignments():
        if one.after.units[assignment.unit].shift != assignment.shift:
            yield f"{assignment.id} does not belong to the unit's shift"
    for effect in one.effects:
        if isinstance(effect, fx.WriteAssignment) and effect.new and one.before.units[effect.assignment.unit].away:
            yield f"{effect.assignment.unit} was away"


def stamps_follow_each_other(one: Happened) -> Iterator[str]:
    for effect in one.effects:
        if isinstance(effect, fx.WriteAssignment):
            stamps = [effect.assignment.stamps[name] for name in REACHES if name in effect.assignment.stamps]
            if stamps != sorted(stamps):
                yield f"{effect.assignment.id} has stamps out of order"
            ended_at = effect.assignment.ended_at
            if ended_at is not None and ended_at < stamps[-1]:
                yield f"{effect.assignment.id} ended before its last stamp"


def the_state_is_the_last_stamp(one: Happened) -> Iterator[str]:
    for assignment in one.after.assignments.values():
        last = [name for name in REACHES if name in assignment.stamps][-1]
        if assignment.state not in UNDONE_STATES and assignment.state != last:
            yield f"{assignment.id} is {assignment.state} but reached {last}"
        if (assignment.ended_at is None) != (assignment.state in OPEN_STATES):
            yield f"{assignment.id} is {assignment.state} and its end is {assignment.ended_at}"


def stamps_are_only_added(one: Happened) -> Iterator[str]:
    for key, was in one.before.assignments.items():
        now = one.after.assignments[key]
        if any(now.stamps.get(name) != at for name, at in was.stamps.items()):
            yield f"{key} lost or changed a stamp"


def what_has_ended_never_changes(one: Happened) -> Iterator[str]:
    for key, was in one.before.assignments.items():
        if not was.is_open and one.after.assignments[key] != was:
            yield f"{key} changed after its end"


def effects_tell_the_whole_change(one: Happened) -> Iterator[str]:
    """Old rows + effects = new rows; old alerts + effects = new alerts; old matters + steps = new matters."""
    rows, alerts = dict(one.before.assignments), dict(one.before.alerts)
    states = {key: matter.state for key, matter in one.before.matters.items()}
    for effect in one.effects:
        if isinstance(effect, fx.WriteAssignment):
            if effect.new != (effect.assignment.id not in rows):
                yield f"{effect.assignment.id} is wrongly marked as {'new' if effect.new else 'known'}"
            rows[effect.assignment.id] = effect.assignment
        elif isinstance(effect, fx.RaiseAlert):
            alerts[effect.alert.key] = effect.alert
        elif isinstance(effect, fx.SettleAlert):
            if alerts.pop(effect.alert.key, None) is None:
                yield f"an alert was settled that nobody raised: {effect.alert.key}"
        elif isinstance(effect, fx.TakeMatterStep):
            matter = one.before.matters[effect.matter]
            states[effect.matter] = matter.flow.get(states[effect.matter], {}).get(effect.reached, "?")
    if rows != one.after.assignments:
        yield "assignments differ from what the effects say"
    if alerts != one.after.alerts:
        yield "an alert was lost or appeared from nowhere"
    if states != {key: matter.state for key, matter in one.after.matters.items()}:
        yield "a matter moved in another way than the effects say"


def no_matter_is_left_alone(one: Happened) -> Iterator[str]:
    """A matter that counts as sent has a crew or was served; otherwise it waits at the desk."""
    for matter in one.after.matters.values():
        crewed = bool(one.after.on(matter.id))
        if matter.open and matter.state != "waiting" and not crewed and not one.after.was_served(matter.id):
            yield f"{matter.id} is {matter.state} and nobody is on it"
        if matter.open and matter.state == "waiting" and crewed:
            yield f"{matter.id} waits at the desk with a crew on it"
        if matter.open and not crewed and one.after.was_served(matter.id) and matter.after("cleared") is not None:
            yield f"{matter.id} was served, its last crew has left, and it is still {matter.state}"
        if matter.open and matter.state == "ended" and not one.after.was_served(matter.id):
            yield f"{matter.id} ended without having been served"


def a_served_matter_ends_with_its_last_crew(one: Happened) -> Iterator[str]:
    for effect in one.effects:
        ends = isinstance(effect, fx.TakeMatterStep) and effect.reached in ("cleared", "emptied")
        if ends and (effect.reached == "cleared") != one.after.was_served(effect.matter):
            yield f"{effect.matter} counts as {effect.reached}, which is not what happened"
        if ends and one.after.on(effect.matter):
            yield f"{effect.matter} was {effect.reached} with crews still on it"


def the_first_to_reach_it_moves_the_matter(one: Happened) -> Iterator[str]:
    if not isinstance(one.event, ev.Reach) or one.refusal is not None:
        return
    assignment = one.after.assignments[one.event.assignment]
    matter = one.before.matters[assignment.matter]
    reached = one.event.reaches
    steps = [effect for effect in one.effects if isinstance(effect, fx.TakeMatterStep)]
    first = matter.after(reached) is not None and assignment.state == reached and reached != "cleared"
    if first and [step.reached for step in steps] != [reached]:
        yield f"{assignment.id} was the first to be {reached}, and the matter did not move"
    if len(steps) > 1:
        yield "one stamp moved the matter twice"


def who_gives_a_task_back_is_heard(one: Happened) -> Iterator[str]:
    if one.refusal is None and isinstance(one.event, ev.Return):
        if ("returned", one.event.assignment) not in one.after.alerts:
            yield "no alert"
        if not one.after.assignments[one.event.assignment].reason.strip():
            yield "no reason"
    if one.refusal is None and isinstance(one.event, ev.ShiftEnded):
        current = one.before.current(one.event.unit)
        if current is not None and ("returned", current.id) not in one.after.alerts:
            yield "a shift ended with a task, silently"
    asked = one.refusal is None and isinstance(one.event, ev.AskSupport)
    if asked and ("support", one.event.assignment) not in one.after.alerts:
        yield "nobody hears the call for support"


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


def silence_is_noticed_in_time(one: Happened) -> Iterator[str]:
    if not isinstance(one.event, ev.Tick):
        return
    for assignment in one.after.open_assignments():
        waited_s = (one.now - assignment.sent_at).total_seconds()
        if assignment.state == "sent" and waited_s >= 60 and assignment.reminded_at is None:
            yield f"{assignment.id} is unsigned for {waited_s} s"
        if assignment.state == "sent" and waited_s >= 10 and not (assignment.delivered_at or assignment.fallback_at):
            yield f"{assignment.id} is not received for {waited_s} s"


def a_silent_phone_is_called_once(one: Happened) -> Iterator[str]:
    called = {effect.assignment for effect in one.effects if isinstance(effect, fx.FallBack)}
    for key, now in one.after.assignments.items():
        was = one.before.assignments.get(key)
        marked = now.fallback_at is not None and (was is None or was.fallback_at is None)
        if marked != (key in called):
            yield f"{key} is marked as called by another way: {marked}"


def nobody_is_warned_too_early_or_twice(one: Happened) -> Iterator[str]:
    for effect in one.effects:
        if isinstance(effect, fx.RaiseAlert) and effect.alert.kind == "unsigned" and isinstance(one.event, ev.Tick):
            assignment = one.before.assignments[effect.alert.subject]
            if assignment.state != "sent" or assignment.reminded_at is not None:
                yield f"{assignment.id} was signed or reminded before"
            if one.now - assignment.sent_at < dt.timedelta(seconds=60):
                yield f"{assignment.id} was called unsigned after {one.now - assignment.sent_at}"
        if isinstance(effect, fx.FallBack):
            assignment = one.before.assignments[effect.assignment]
            if assignment.delivered_at is not None or assignment.fallback_at is not None:
                yield f"{assignment.id} had it already"
            if one.now - assignment.sent_at < dt.timedelta(seconds=10):
                yield f"{assignment.id} was given up after {one.now - assignment.sent_at}"


def crews_learn_what_concerns_them_once(one: Happened) -> Iterator[str]:
    told = Counter((effect.assignment, effect.what) for effect in one.effects if isinstance(effect, fx.TellUnit))
    yield from (f"{key} told {n} times" for key, n in told.items() if n > 1)
    for key, now in one.after.assignments.items():
        was = one.before.assignments.get(key)
        if was is None and (key, "task") not in told:
            yield f"{key} was sent and not told"
        if was is not None and was.is_open and not now.is_open:
            by_others = isinstance(one.event, ev.Recall | ev.MatterClosed | ev.MatterMerged | ev.Send)
            if by_others and not told.keys() & {(key, "recalled"), (key, "closed")}:
                yield f"{key} was ended by others and not told"
        if was is not None and was.matter != now.matter and (key, "merged") not in told:
            yield f"{key} changed its matter and was not told"


def closing_frees_the_units(one: Happened) -> Iterator[str]:
    if isinstance(one.event, ev.MatterClosed):
        for assignment in one.before.on(one.event.matter):
            if one.after.current(assignment.unit) is not None:
                yield f"{assignment.unit} is still held"


def a_recall_undoes_a_send(one: Happened) -> Iterator[str]:
    if one.refusal is None and isinstance(one.event, ev.Recall):
        assignment = one.after.assignments[one.event.assignment]
        if one.after.current(assignment.unit) is not None:
            yield f"{assignment.unit} is not free again"
        alone = not one.after.on(assignment.matter) and not one.after.was_served(assignment.matter)
        matter = one.after.matters[assignment.matter]
        if alone and matter.open and matter.state != "waiting":
            yield f"{matter.id} is still {matter.state}"


def a_refusal_is_deserved(one: Happened) -> Iterator[str]:
    refusal = one.refusal
    if isinstance(refusal, fx.Busy):
        current = one.before.current(refusal.unit)
        if current is None or not one.before.matters[current.matter].open or current.matter != refusal.matter:
            yield "called busy and is not"
    if isinstance(refusal, fx.Busy | fx.AlreadyCrewed) and not 0 <= (refusal.ahead_s or 0) <= 10:
        yield f"ahead by {refusal.ahead_s} s"
    twice = isinstance(refusal, fx.AlreadyReached)
    if twice and one.before.assignments[refusal.assignment].stamps[refusal.reached] != refusal.at:
        yield "another time was named"
    if isinstance(refusal, fx.AlreadyCrewed) and isinstance(one.event, ev.AddCrew):
        yield "help was refused because somebody is there"


def what_can_be_done_is_not_refused(one: Happened) -> Iterator[str]:
    if one.refusal is None:
        return
    if isinstance(one.event, ev.AddCrew | ev.Send):
        unit, matter = one.before.units[one.event.unit], one.before.matters[one.event.matter]
        free = unit.shift is not None and unit.away is None and one.before.current(unit.id) is None
        wanted = matter.open and (isinstance(one.event, ev.AddCrew) or not one.before.on(matter.id))
        if free and wanted:
            yield f"a free unit was refused: {one.refusal}"
    if isinstance(one.event, ev.Sign | ev.Depart | ev.Arrive | ev.Recall | ev.AskSupport):
        assignment = one.before.assignments[one.event.assignment]
        new = not isinstance(one.event, ev.Reach) or one.event.reaches not in assignment.stamps
        if assignment.is_open and new:
            yield f"an open assignment was refused: {one.refusal}"
    if isinstance(one.event, ev.Tick | ev.Delivered | ev.Read | ev.MatterClosed | ev.MatterMerged | ev.ShiftEnded):
        yield f"cannot be refused: {one.refusal}"


def a_tick_without_time_does_nothing(one: Happened) -> Iterator[str]:
    """Everything due was done by the tick before; only the clock makes a tick work."""
    if isinstance(one.event, ev.Tick) and not one.effects and one.after != one.before:
        yield "the board changed without an effect"


def nothing_is_done_twice(one: Happened) -> Iterator[str]:
    ended = isinstance(one.event, ev.Clear | ev.Return | ev.Recall) and one.refusal is None
    if ended and not one.before.assignments[one.event.assignment].is_open:
        yield "ended twice"
    told = isinstance(one.event, ev.Report | ev.Clear) and one.refusal is None
    if told and "arrived" not in one.before.assignments[one.event.assignment].stamps:
        yield "reported or cleared without having arrived"


PROMISES: tuple[Promise, ...] = (
    a_unit_is_never_on_two_matters,
    crews_are_only_on_open_matters,
    only_units_on_shift_are_sent,
    stamps_follow_each_other,
    the_state_is_the_last_stamp,
    stamps_are_only_added,
    what_has_ended_never_changes,
    effects_tell_the_whole_change,
    no_matter_is_left_alone,
    a_served_matter_ends_with_its_last_crew,
    the_first_to_reach_it_moves_the_matter,
    who_gives_a_task_back_is_heard,
    alerts_end_only_for_a_reason,
    silence_is_noticed_in_time,
    a_silent_phone_is_called_once,
    nobody_is_warned_too_early_or_twice,
    crews_learn_what_concerns_them_once,
    closing_frees_the_units,
    a_recall_undoes_a_send,
    a_refusal_is_deserved,
    what_can_be_done_is_not_refused,
    a_tick_without_time_does_nothing,
    nothing_is_done_twice,
)
