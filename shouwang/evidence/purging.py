"""What is erased here when its time is over: files of matters long ended, uploads that were never finished."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from shouwang.core.actor import Actor
from shouwang.core.clock import now
from shouwang.core.retention import delete, purge
from shouwang.evidence import storage
from shouwang.evidence.models import Copy, Evidence, Original, Upload, UploadPart
from shouwang.evidence.models.evidence import EvidenceState
from shouwang.evidence.opening import destroy

UNFINISHED = dt.timedelta(days=7)
KEEPERS: list[Callable[[dt.datetime], QuerySet[Any]]] = []
STORES: list[Callable[[], Iterable[bytes]]] = []


def keeper(needed: Callable[[dt.datetime], QuerySet[Any]]) -> Callable[[dt.datetime], QuerySet[Any]]:
    """Register a query of the matters (their ids) whose evidence is still needed at an instant."""
    KEEPERS.append(needed)
    return needed


def stores_files(stored: Callable[[], Iterable[bytes]]) -> Callable[[], Iterable[bytes]]:
    """Register files that another app keeps in the same folder, by their names: the sweep leaves them alone."""
    STORES.append(stored)
    return stored


def _unneeded(before: dt.datetime) -> QuerySet[Evidence]:
    rows = Evidence.objects.filter(added_at__lt=before).exclude(state=EvidenceState.DESTROYED)
    for needed in KEEPERS:
        rows = rows.exclude(matter__in=needed(before))
    return rows


def _destroy(rows: list[Evidence]) -> None:
    destroy(rows, by=Actor.system(), at=now())


def _left_uploads(before: dt.datetime) -> QuerySet[Upload]:
    """`before` is thirty days ago; an upload never finished is over after seven days, a finished one after one."""
    today = before + dt.timedelta(days=30)
    finished, begun = Q(finished_at__lt=today - dt.timedelta(days=1)), Q(begun_at__lt=today - UNFINISHED)
    return Upload.objects.filter(finished | begun)


def _forget(rows: list[Upload]) -> None:
    parts = list(UploadPart.objects.filter(upload__in=rows))
    delete(rows)
    transaction.on_commit(partial(storage.remove_all, [bytes(part.stored) for part in parts]))


def sweep(*, at: dt.datetime) -> int:
    """Remove files that no row knows, a day after they were written; how many."""
    known: set[bytes] = set()
    for files in (Original.objects, Copy.objects, UploadPart.objects):
        known |= {bytes(stored) for stored in files.values_list("stored", flat=True)}
    for stores in STORES:
        known.update(stores())
    left = storage.lying_about(known, at - dt.timedelta(days=1))
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


purge("ticket", "evidence.Evidence", overdue=_unneeded, erase=_destroy)
purge("session", "evidence.Upload", overdue=_left_uploads, erase=_forget)
