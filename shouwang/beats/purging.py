"""What ends with the tracks (PAT-03): single visits by code, and which unit played a message."""

from __future__ import annotations

from typing import Any

from shouwang.beats.models import CheckIn, Playback, Recording
from shouwang.core.retention import purge
from shouwang.evidence.purging import stores_files


@stores_files
def _recordings() -> list[bytes]:
    return [bytes(one) for one in Recording.objects.values_list("stored", flat=True)]


def _without_unit(rows: list[Any]) -> None:
    Playback.objects.filter(pk__in=[row.pk for row in rows]).update(unit=None)


purge("track", "beats.CheckIn", overdue=lambda before: CheckIn.objects.filter(at__lt=before))
purge(
    "track", "beats.Playback", overdue=lambda before: Playback.objects.filter(at__lt=before, unit__isnull=False),
    erase=_without_unit,
)  # fmt: skip
