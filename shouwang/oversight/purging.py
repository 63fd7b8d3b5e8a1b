"""How long looks back are kept: as long as the trace of any look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from shouwang.core.retention import purge
from shouwang.oversight.models import Export, Finding, Presence, Replay, Review, Told

SETS: tuple[tuple[Any, str], ...] = (
    (Replay, "opened_at"), (Presence, "asked_at"), (Told, "told_at"), (Finding, "found_at"),
    (Export, "made_at"), (Review, "opened_at"),
)  # fmt: skip


def _begun_before(model: Any, began: str) -> Callable[[dt.datetime], QuerySet[Any]]:
    return lambda before: model.objects.filter(**{f"{began}__lt": before})


for _model, _began in SETS:
    purge("access", f"oversight.{_model.__name__}", overdue=_begun_before(_model, _began))
