"""What ends: single visits by code, with the tracks (PAT-03)."""

from __future__ import annotations

from shouwang.beats.models import CheckIn
from shouwang.core.retention import purge

purge("track", "beats.CheckIn", overdue=lambda before: CheckIn.objects.filter(at__lt=before))
