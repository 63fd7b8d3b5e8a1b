"""What command does on news: a call asks branches, a crew that goes off duty leaves its posts at events."""

from __future__ import annotations

from uuid import UUID

from shouwang.command.linkage import ask_branches
from shouwang.core.actor import Actor
from shouwang.core.clock import now
from shouwang.journal.reactions import EntryView, on
from shouwang.kinds.event.holding import end_with_shift
from shouwang.matters.models import Matter

WORSE = frozenset({"urgency", "subkind"})


@on("matter.new", "matter.changed")
def ask_the_branches(entry: EntryView) -> None:
    told = entry.particulars or {}
    if not entry.verb.endswith(".open") and not WORSE.intersection(told.get("changed", ())):
        return
    matter = Matter.objects.filter(pk=entry.subject).first()
    if matter is not None:
        ask_branches(matter, by=Actor.system(), at=now())


@on("shift.ended", "shift.crew")
def leave_the_posts(entry: EntryView) -> None:
    """Whoever is off duty stands on no post of an event."""
    told = entry.particulars or {}
    if told.get("shift") and entry.verb in ("shift.end", "shift.leave"):
        person = UUID(told["person"]) if entry.verb == "shift.leave" else None
        end_with_shift(UUID(told["shift"]), by=entry.by, at=entry.at, person=person)
