"""When the town was last backed up, and when a backup was last put back for a try: both stand in the journal."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.journal.models import Entry
from shouwang.journal.record import record

BACKUPS = uuid5(NAMESPACE_URL, "shouwang:backups")  # one subject for all: entries are found by subject
MADE, TRIED = "backup.make", "backup.try"


def note_backup(*, rows: int, files: int, at: dt.datetime) -> None:
    """Write down that a backup is complete and on its disk."""
    _note(MADE, "backup.made", at, rows=rows, files=files)


def note_drill(*, rows: int, files: int, made_at: dt.datetime, at: dt.datetime) -> None:
    """Write down that the backup of `made_at` was put back beside the town and was whole."""
    _note(TRIED, "backup.tried", at, rows=rows, files=files, made_at=made_at)


def last_backup() -> dt.datetime | None:
    return _last(MADE)


def last_drill() -> dt.datetime | None:
    return _last(TRIED)


def _note(verb: str, topic: str, at: dt.datetime, **given: int | dt.datetime) -> None:
    by = Actor.system()
    particulars: dict[str, Any] = dict(given)
    with acting(by):
        record(verb, topic=topic, subject=("backup", BACKUPS), by=by, at=at, **particulars)


def _last(verb: str) -> dt.datetime | None:
    return Entry.objects.filter(subject=BACKUPS, verb=verb).order_by("-at").values_list("at", flat=True).first()
