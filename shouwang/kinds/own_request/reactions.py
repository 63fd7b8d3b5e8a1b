"""A request was filed in the portal: a matter carries its clock, up the chain if need be."""

from __future__ import annotations

from shouwang.core.actor import Actor
from shouwang.core.clock import now
from shouwang.journal.reactions import EntryView, on
from shouwang.matters.intake import Told, open_matter
from shouwang.places.models import Area


@on("request.filed")
def open_its_matter(entry: EntryView) -> None:
    told = entry.particulars or {}
    open_matter(
        kind="own_request", id=entry.subject, by=Actor.system(), at=now(), verb=None, channel="online",
        subkind=f"own_request.{told['kind']}", gist=str(told["receipt_no"]),
        told=Told(role="party", person=entry.by.person_id),
        area=Area.objects.filter(pk=entry.area).first() if entry.area else None,
    )  # fmt: skip
