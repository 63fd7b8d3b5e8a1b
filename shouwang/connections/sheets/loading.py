"""A sheet brought on the machine itself, for the whole town: the same work as for one that came by a page."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.utils.translation import get_language

from shouwang.connections.sheets.bringing import bring_sheet, check_sheet, take_sheet
from shouwang.connections.sheets.checking import check
from shouwang.connections.sheets.models import Batch, BatchState
from shouwang.connections.sheets.taking_over import take_over
from shouwang.core.actor import Actor
from shouwang.core.clock import now

LARGEST = 1024 * 1024 * 1024


def load_sheet(kind: str, file: Path, *, take: bool, at: dt.datetime) -> Batch:
    """Look a file over, and with `take` take its good lines over. Raises  those of bring_sheet, ColumnMissing"""
    by = Actor.system()
    batch = bring_sheet(kind, file.read_bytes(), file_name=file.name, language=get_language() or "zh-hans", by=by,
                        at=at, most=LARGEST)  # fmt: skip
    check_sheet(batch, batch.columns, by=by, at=at, now_here=True)
    check(batch.pk, at=at)
    batch.refresh_from_db()
    if take and batch.state == BatchState.CHECKED:
        take_sheet(batch, by=by, at=now(), now_here=True)
        take_over(batch.pk, at=now())
        batch.refresh_from_db()
    return batch
