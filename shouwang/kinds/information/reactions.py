"""A directive that came of an item has ended: the item is assessed again."""

from __future__ import annotations

from shouwang.core.actor import Actor
from shouwang.core.clock import now
from shouwang.journal.reactions import EntryView, on
from shouwang.matters.models import Matter
from shouwang.matters.steps import take_step


@on("matter.done", "matter.void")
def hear_back(entry: EntryView) -> None:
    ended = Matter.objects.filter(pk=entry.subject, parent__kind="information").select_related("parent").first()
    item = ended.parent if ended is not None else None
    if item is None or item.state != "directed" or item.children.filter(closed_at__isnull=True).exists():
        return
    take_step(item, "hear_back", by=Actor.system(), at=now())
