"""What came with a sheet goes after a week, the way back after a month; the batch with its counts stays three years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet

from shouwang.connections.sheets.models import Batch, Fault, Line, Part, Staged
from shouwang.core.retention import purge


def _asked_before(model: type[Model]) -> Callable[[dt.datetime], QuerySet[Any]]:
    return lambda before: model._default_manager.filter(batch__asked_at__lt=before)


for _model in (Part, Fault, Staged):
    purge("sheet_content", _model._meta.label, overdue=_asked_before(_model))
purge("sheet", Line._meta.label, overdue=lambda before: Line.objects.filter(batch__asked_at__lt=before))
purge("access", Batch._meta.label, overdue=lambda before: Batch.objects.filter(asked_at__lt=before))
