"""A call came in or changed: branches are asked, if a rule says so."""

from __future__ import annotations

from shouwang.command.linkage import ask_branches
from shouwang.core.actor import Actor
from shouwang.core.clock import now
from shouwang.journal.reactions import EntryView, on
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
