"""Bringing a sheet and having it worked off: pages and jobs, each in its own role."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shouwang.connections.sheets.bringing import bring_sheet, check_sheet, take_sheet, undo_sheet
from shouwang.connections.sheets.checking import check
from shouwang.connections.sheets.models import Batch
from shouwang.connections.sheets.taking_over import take_over, undo
from shouwang.core import clock, keyring


@pytest.fixture
def ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")
    return tmp_path / "ring"


@pytest.fixture
def now() -> dt.datetime:
    return clock.now()


@pytest.fixture
def bring(as_role: Any, now: dt.datetime) -> Callable[..., Batch]:
    """`bring("residents", text, by=…)`: brought, looked over, and taken over unless `take=False`."""

    def brought(kind: str, text: str, *, by: Any, take: bool = True) -> Batch:
        batch = bring_sheet(kind, text.encode(), file_name="a.csv", language="zh-hans", by=by, at=now)
        check_sheet(batch, batch.columns, by=by, at=now)
        with as_role("jobs"):
            check(batch.pk, at=now)
        if take:
            take_sheet(batch, by=by, at=now)
            with as_role("jobs"):
                take_over(batch.pk, at=now)
        batch.refresh_from_db()
        return batch

    return brought


@pytest.fixture
def take_back(as_role: Any, now: dt.datetime) -> Callable[..., Batch]:
    def taken_back(batch: Batch, *, by: Any) -> Batch:
        undo_sheet(batch, by=by, at=now)
        with as_role("jobs"):
            undo(batch.pk, at=now)
        batch.refresh_from_db()
        return batch

    return taken_back
