"""What the journal asks of matters: take in what residents handed in."""

from __future__ import annotations

from uuid import UUID

from shouwang.core.clock import now
from shouwang.journal.reactions import EntryView, on
from shouwang.matters.taking_in import take_in


@on(
    "submission.report",
    "submission.addition",
    "submission.place",
    "submission.withdrawal",
    "submission.answer",
    "submission.mended",
    "submission.self_check",
)
def take_in_what_was_handed_in(entry: EntryView) -> None:
    if entry.particulars:
        take_in(UUID(entry.particulars["submission"]), at=now())
