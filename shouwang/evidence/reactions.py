"""When a file was kept, or is to be blurred, its copies are made."""

from uuid import UUID

from shouwang.core.clock import now
from shouwang.evidence.copying import make_copies
from shouwang.journal.reactions import EntryView, on


@on("evidence.added", "evidence.blurred")
def make_the_copies(entry: EntryView) -> None:
    if entry.particulars:
        make_copies(UUID(entry.particulars["evidence"]), at=now())
