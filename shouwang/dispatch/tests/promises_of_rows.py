"""What is promised of units, matters and assignments: each function says what is broken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from shouwang.dispatch import effects as fx
from shouwang.dispatch import events as ev
from shouwang.dispatch.board import OPEN_STATES, REACHES, UNDONE_STATES

if TYPE_CHECKING:
    from shouwang.dispatch.tests.nights import Happened


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


def units_that_are_away_are_not_sent(one: Happened) -> Iterator[str]:
    for effect in one.effects:
        if isinstance(effect, fx.WriteAssignment) and effect.new and one.before.units[effect.assignment.unit].away:
            yield f"{effect.assignment.unit} was away"


def stamps_follow_each_other(one: Happened) -> Iterator[str]:
    for effect in one.effects:
        if isinstance(effect, fx.WriteAssignment):
            stamps = [effect.assignment.stamps[name] for name in REACHES if name in effect.assignment.stamps]
            if stamps != sorted(stamps):
                yield f"{effect.assignment.id} has stamps out of order"


def the_end_is_never_before_the_last_stamp(one: Happened) -> Iterator[str]:
    for effect in one.effects:
        ended_at = effect.assignment.ended_at if isinstance(effect, fx.WriteAssignment) else None
        if ended_at is not None and ended_at < effect.assignment.last_stamp:
            yield f"{effect.assignment.id} ended before its last stamp"


def the_state_is_the_last_stamp(one: Happened) -> Iterator[str]:
    for assignment in one.changed:
        last = [name for name in REACHES if name in assignment.stamps][-1]
        if assignment.state not in UNDONE_STATES and assignment.state != last:
            yield f"{assignment.id} is {assignment.state} but reached {last}"


def what_has_ended_has_its_time(one: Happened) -> Iterator[str]:
    for assignment in one.changed:
        if (assignment.ended_at is None) != (assignment.state in OPEN_STATES):
            yield f"{assignment.id} is {assignment.state} and its end is {assignment.ended_at}"


def stamps_are_only_added(one: Happened) -> Iterator[str]:
    for now in one.changed:
        was = one.before.assignments.get(now.id)
        if was is not None and any(now.stamps.get(name) != at for name, at in was.stamps.items()):
            yield f"{now.id} lost or changed a stamp"


def no_row_is_lost(one: Happened) -> Iterator[str]:
    yield from (f"{key} is gone" for key in one.before.assignments.keys() - one.after.assignments.keys())


def what_has_ended_never_changes(one: Happened) -> Iterator[str]:
    for now in one.changed:
        was = one.before.assignments.get(now.id)
        if was is not None and not was.is_open:
            yield f"{now.id} changed after its end"


def receipts_are_kept_and_what_was_read_was_received(one: Happened) -> Iterator[str]:
    for now in one.changed:
        was = one.before.assignments.get(now.id)
        if was is not None and (was.delivered_at or now.delivered_at) != now.delivered_at:
            yield f"{now.id} was received at another time before"
        if was is not None and (was.read_at or now.read_at) != now.read_at:
            yield f"{now.id} was read at another time before"
        if now.read_at is not None and now.delivered_at is None:
            yield f"{now.id} was read and not received"


def a_row_is_new_once(one: Happened) -> Iterator[str]:
    known = set(one.before.assignments)
    for effect in one.effects:
        if isinstance(effect, fx.WriteAssignment):
            if effect.new != (effect.assignment.id not in known):
                yield f"{effect.assignment.id} is wrongly marked as {'new' if effect.new else 'known'}"
            known.add(effect.assignment.id)


def effects_tell_the_whole_change(one: Happened) -> Iterator[str]:
    """Old rows + effects = new rows; old matters + steps = new matters."""
    rows = dict(one.before.assignments)
    states = {key: matter.state for key, matter in one.before.matters.items()}
    for effect in one.effects:
        if isinstance(effect, fx.WriteAssignment):
            rows[effect.assignment.id] = effect.assignment
        elif isinstance(effect, fx.TakeMatterStep):
            matter = one.before.matters[effect.matter]
            states[effect.matter] = matter.flow.get(states[effect.matter], {}).get(effect.reached, "?")
    if rows != one.after.assignments:
        yield "assignments differ from what the effects say"
    if states != {key: matter.state for key, matter in one.after.matters.items()}:
        yield "a matter moved in another way than the effects say"


def a_matter_that_counts_as_sent_has_a_crew_or_was_served(one: Happened) -> Iterator[str]:
    for matter in one.open_matters:
        if matter.state != "waiting" and matter.id not in one.crewed and matter.id not in one.served:
            yield f"{matter.id} is {matter.state} and nobody is on it"


def a_matter_that_waits_has_no_crew(one: Happened) -> Iterator[str]:
    for matter in one.open_matters:
        if matter.state == "waiting" and matter.id in one.crewed:
            yield f"{matter.id} waits at the desk with a crew on it"


def a_served_matter_has_ended_when_its_last_crew_left(one: Happened) -> Iterator[str]:
    for matter in one.open_matters:
        left = matter.id in one.served and matter.id not in one.crewed
        if left and matter.after("cleared") is not None:
            yield f"{matter.id} was served, its last crew has left, and it is still {matter.state}"


def no_matter_ends_unserved(one: Happened) -> Iterator[str]:
    for matter in one.open_matters:
        if matter.state == "ended" and matter.id not in one.served:
            yield f"{matter.id} ended without having been served"


def a_matter_is_left_in_the_way_it_was_served(one: Happened) -> Iterator[str]:
    for effect in one.effects:
        ends = isinstance(effect, fx.TakeMatterStep) and effect.reached in ("cleared", "emptied")
        if ends and (effect.reached == "cleared") != (effect.matter in one.served):
            yield f"{effect.matter} counts as {effect.reached}, which is not what happened"


def a_matter_is_not_left_while_a_crew_is_on_it(one: Happened) -> Iterator[str]:
    for effect in one.effects:
        ends = isinstance(effect, fx.TakeMatterStep) and effect.reached in ("cleared", "emptied")
        if ends and effect.matter in one.crewed:
            yield f"{effect.matter} was {effect.reached} with crews still on it"


def the_first_to_reach_it_moves_the_matter(one: Happened) -> Iterator[str]:
    if not isinstance(one.event, ev.Reach) or one.refusal is not None:
        return
    assignment = one.after.assignments[one.event.assignment]
    reached = one.event.reaches
    steps = [effect.reached for effect in one.effects if isinstance(effect, fx.TakeMatterStep)]
    moves = one.before.matters[assignment.matter].after(reached) is not None
    if moves and assignment.state == reached and reached != "cleared" and steps != [reached]:
        yield f"{assignment.id} was the first to be {reached}, and the matter did not move"


def one_stamp_moves_the_matter_once(one: Happened) -> Iterator[str]:
    steps = [effect for effect in one.effects if isinstance(effect, fx.TakeMatterStep)]
    if isinstance(one.event, ev.Reach) and len(steps) > 1:
        yield "one stamp moved the matter twice"


def closing_frees_the_units(one: Happened) -> Iterator[str]:
    if isinstance(one.event, ev.MatterClosed):
        for assignment in one.before.on(one.event.matter):
            if one.after.current(assignment.unit) is not None:
                yield f"{assignment.unit} is still held"


def merging_takes_the_crews_along(one: Happened) -> Iterator[str]:
    if one.refusal is None and isinstance(one.event, ev.MatterMerged) and one.before.matters[one.event.into].open:
        for was in one.before.on(one.event.matter):
            if one.after.assignments[was.id].matter != one.event.into:
                yield f"{was.id} did not come along"


def a_recall_frees_the_unit(one: Happened) -> Iterator[str]:
    if one.refusal is None and isinstance(one.event, ev.Recall):
        assignment = one.after.assignments[one.event.assignment]
        if one.after.current(assignment.unit) is not None:
            yield f"{assignment.unit} is not free again"


def a_recall_undoes_a_send(one: Happened) -> Iterator[str]:
    if one.refusal is None and isinstance(one.event, ev.Recall):
        matter = one.after.matters[one.after.assignments[one.event.assignment].matter]
        alone = matter.id not in one.crewed and matter.id not in one.served
        if alone and matter.open and matter.state != "waiting":
            yield f"{matter.id} is still {matter.state}"


def nothing_ends_twice(one: Happened) -> Iterator[str]:
    ended = isinstance(one.event, ev.Clear | ev.Return | ev.Recall) and one.refusal is None
    if ended and not one.before.assignments[one.event.assignment].is_open:
        yield "ended twice"


def nobody_reports_or_clears_without_having_arrived(one: Happened) -> Iterator[str]:
    told = isinstance(one.event, ev.Report | ev.Clear) and one.refusal is None
    if told and "arrived" not in one.before.assignments[one.event.assignment].stamps:
        yield "reported or cleared without having arrived"


def a_tick_without_time_does_nothing(one: Happened) -> Iterator[str]:
    """What a tick changes it says."""
    if isinstance(one.event, ev.Tick) and not one.effects and one.after != one.before:
        yield "the board changed without an effect"
