"""What dispatch does when something happened below: a matter ended or was joined, a unit went off duty."""

from __future__ import annotations

from uuid import UUID

from shouwang.core.acting import acting
from shouwang.dispatch import events as ev
from shouwang.dispatch.board import OPEN_STATES
from shouwang.dispatch.dispatching import decide_and_write
from shouwang.dispatch.loading import lock
from shouwang.dispatch.models import Assignment
from shouwang.dispatch.tasks import propose_moves
from shouwang.duty.checking_in import SHORTEST, begin_for_shift
from shouwang.duty.models import CheckInWhy
from shouwang.journal.reactions import EntryView, on
from shouwang.matters.models import Matter

WORRYING = frozenset({"no_movement", "silent"})
OUT = ("departed", "arrived", "reported")


@on("matter.done", "matter.void")
def let_the_crews_go(entry: EntryView) -> None:
    """A closed matter frees its units; those of a joined one go on with the other."""
    into = Matter.objects.filter(pk=entry.subject, state="merged").values_list("merged_into", flat=True).first()
    _decide(entry, ev.MatterMerged(entry.subject, into) if into else ev.MatterClosed(entry.subject), into)


@on("shift.ended")
def hand_the_task_back(entry: EntryView) -> None:
    """A unit that goes off duty leaves no task behind in silence."""
    tasks = Assignment.objects.filter(unit=entry.subject, state__in=OPEN_STATES)
    ended = (entry.particulars or {}).get("shift")
    if ended:  # heard late, the unit may be on its next shift
        tasks = tasks.filter(shift=ended)
    matters = list(tasks.values_list("matter", flat=True))
    if not matters:
        return
    lock(matters=matters, units=[entry.subject])
    decide_and_write(ev.ShiftEnded(entry.subject), matters=matters, units=[entry.subject], by=entry.by, at=entry.at)


@on("assignment.sent")
def look_for_moves(entry: EntryView) -> None:
    """A crew that goes may leave a hole: by a job of its own, after the crew was told."""
    newest = Assignment.objects.filter(matter=entry.subject).order_by("-sent_at")
    home = newest.values_list("unit__home", flat=True).first()
    if home is not None:
        propose_moves.defer(area=str(home))


@on("track.noticed")
def ask_whether_they_are_well(entry: EntryView) -> None:
    """A crew on a task that has not moved for long, or sends no position any more, is asked on its phones; a desk hears
    of it when nobody answers.
    """
    if (entry.particulars or {}).get("what") not in WORRYING:
        return
    task = Assignment.objects.filter(unit=entry.subject, state__in=OUT).select_related("shift").first()
    if task is not None:
        with acting(entry.by):
            begin_for_shift(task.shift, every=SHORTEST, why=CheckInWhy.ASKED, by=entry.by, at=entry.at)


def _decide(entry: EntryView, event: ev.Event, into: UUID | None) -> None:
    matters = [one for one in (entry.subject, into) if one is not None]
    tasks = Assignment.objects.filter(matter=entry.subject, state__in=OPEN_STATES)
    units = list(tasks.values_list("unit", flat=True))
    if not units:
        return
    lock(matters=matters, units=units)
    decide_and_write(event, matters=matters, units=units, by=entry.by, at=entry.at)
