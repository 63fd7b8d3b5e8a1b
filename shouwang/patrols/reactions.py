"""What patrols do when crews are sent to calls and come free again."""

from __future__ import annotations

from uuid import UUID

from shouwang.dispatch.models import Assignment
from shouwang.dispatch.models.assignment import ENDED_STATES
from shouwang.journal.reactions import EntryView, on
from shouwang.matters.models import Matter


@on("assignment.sent")
def pause_the_patrol(entry: EntryView) -> None:
    """The crew that goes to a call walks no patrol meanwhile; heard late, it may be back already."""
    from shouwang.patrols.pausing import pull_off  # solvers come with it: no process starts with them

    unit = (entry.particulars or {}).get("unit")
    matter = Matter.objects.filter(pk=entry.subject).first()
    if unit and matter and _sent(UUID(str(unit)), entry.subject):
        pull_off(matter, UUID(str(unit)), at=entry.at)


@on("assignment.cleared", "assignment.returned", "assignment.recalled", "unit.recalled", "unit.closed")
def go_on(entry: EntryView) -> None:
    """Whatever ended the task. A unit that is at the next call already stays away."""
    from shouwang.patrols.pausing import let_go_on

    unit = (entry.particulars or {}).get("unit")
    if unit and not _sent(UUID(str(unit))):
        let_go_on(UUID(str(unit)), at=entry.at)


@on("shift.ended")
def go_home(entry: EntryView) -> None:
    """Whoever is off duty goes on with nothing; the patrol itself may."""
    from shouwang.patrols.pausing import let_go_on

    let_go_on(entry.subject, at=entry.at, proposes=False)


def _sent(unit: UUID, matter: UUID | None = None) -> bool:
    rows = Assignment.objects.filter(unit=unit).exclude(state__in=ENDED_STATES)
    return (rows.filter(matter=matter) if matter else rows).exists()
