"""What came with a sheet goes after a week, the way back after a month; the batch with its counts stays three years."""

from __future__ import annotations

from shouwang.connections.sheets.models import Batch, Fault, Line, Part, Staged
from shouwang.core.retention import purge

for _model in (Part, Fault, Staged):
    purge(
        "sheet_content", _model._meta.label,
        overdue=lambda before, model=_model: model._default_manager.filter(batch__asked_at__lt=before),
    )  # fmt: skip
purge("sheet", Line._meta.label, overdue=lambda before: Line.objects.filter(batch__asked_at__lt=before))
purge("access", Batch._meta.label, overdue=lambda before: Batch.objects.filter(asked_at__lt=before))
