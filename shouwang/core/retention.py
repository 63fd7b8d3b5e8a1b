"""What is erased when its time is over: each app names its purges here, one daily job runs them all.

A purge says which rows are overdue at an instant and how one batch of them is erased, so that the proof
("none is overdue") asks the same question as the job.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from shouwang.core.datamap import RETENTIONS

BATCH = 500


@dataclass(frozen=True)
class Purge:
    """`model`s of one retention class: `overdue(before)` are the rows, `erase(rows)` the act on one batch."""

    retention: str
    model: str  # app_label.ModelName
    overdue: Callable[[dt.datetime], QuerySet[Any]]
    erase: Callable[[list[Any]], None]
    keep: dt.timedelta

    def rows(self, at: dt.datetime) -> QuerySet[Any]:
        return self.overdue(at - self.keep)

    def run_batch(self, at: dt.datetime) -> int:
        """Erase at most BATCH rows; how many. The caller opens the transaction."""
        rows = list(self.rows(at).order_by("pk")[:BATCH])
        if rows:
            self.erase(rows)
        return len(rows)


PURGES: list[Purge] = []


def delete(rows: list[Any]) -> None:
    """The usual way to erase: the rows go."""
    type(rows[0])._default_manager.filter(pk__in=[row.pk for row in rows]).delete()


def purge(
    retention: str,
    model: str,
    *,
    overdue: Callable[[dt.datetime], QuerySet[Any]],
    erase: Callable[[list[Any]], None] = delete,
) -> None:
    """Name a purge: rows whose time began before `before` are overdue (`keep` is taken off by this module)."""
    days = RETENTIONS[retention]
    if days is None:
        raise ValueError(f"“{retention}” lives as long as the row it belongs to; nothing is purged by it")
    PURGES.append(Purge(retention, model, overdue, erase, dt.timedelta(days=days)))
