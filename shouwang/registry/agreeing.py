"""What several phones wrote on one record without a network: which edits stand, and which contradict. Pure.

An edit has *seen* another when that one was in the copy it was made on, or was made before it on the same phone.
Of the edits of a field those count that no other edit of it has seen. One: it stands. Several: they contradict; the
one that knew more of what the desk decided is shown, then the one tapped last, until a person decides.

Whatever order edits arrive in, and however often, the answer is the same, since it is made from the set alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class EditMade:
    """One edit of a record, as its log holds it.

    number   its place among all edits of this record
    base     the highest number in the copy that it was made on; 0 for a record as first registered
    device   the phone; None for what was written on the record itself, at the desk, which has seen all before it
    """

    id: UUID
    number: int
    base: int
    device: UUID | None
    made_at: dt.datetime
    fields: frozenset[str]

    def saw(self, other: EditMade) -> bool:
        if self.device is None or self.device != other.device:
            return other.number < self.number if self.device is None else other.number <= self.base
        return (other.made_at, other.id) < (self.made_at, self.id)


@dataclass(frozen=True)
class Verdict:
    """What becomes of an edit that arrived: the fields it writes, those in which it contradicts others, and whether
    other fields of the record were changed meanwhile."""

    writes: frozenset[str]
    contradicts: frozenset[str]
    beside: bool


def standing(log: Collection[EditMade], field: str) -> list[EditMade]:
    """The edits of this field that no other has seen; the first is the one that is shown."""
    touching = [one for one in log if field in one.fields]
    top = [one for one in touching if not any(other.saw(one) for other in touching if other is not one)]
    return sorted(top, key=lambda one: _rank(one, touching), reverse=True)


def open_fields_of(log: Collection[EditMade]) -> dict[UUID, frozenset[str]]:
    """Edits that contradict each other → in which fields. Empty when everything agrees."""
    found: dict[UUID, set[str]] = {}
    for field in set().union(*(one.fields for one in log)):
        rivals = standing(log, field)
        for one in rivals if len(rivals) > 1 else ():
            found.setdefault(one.id, set()).add(field)
    return {key: frozenset(fields) for key, fields in found.items()}


def judge(edit: EditMade, log: Iterable[EditMade]) -> Verdict:
    """`log` holds the other edits of the record, in any order."""
    others = [one for one in log if one.id != edit.id]
    everything = [*others, edit]
    writes, contradicts = set(), set()
    for field in edit.fields:
        rivals = standing(everything, field)
        if rivals[0] is edit:
            writes.add(field)
        if edit in rivals and len(rivals) > 1:
            contradicts.add(field)
    beside = any(one.fields - edit.fields for one in others if not edit.saw(one) and not one.saw(edit))
    return Verdict(frozenset(writes), frozenset(contradicts), beside)


def _rank(edit: EditMade, touching: Collection[EditMade]) -> tuple[int, dt.datetime, UUID]:
    """By the newest desk edit of the field that it is or has seen; then by the time of the tap."""
    desk = [one.number for one in touching if one.device is None and (one is edit or edit.saw(one))]
    return (max(desk, default=0), edit.made_at, edit.id)
