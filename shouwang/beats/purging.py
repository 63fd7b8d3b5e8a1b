"""What ends: single visits by code with the tracks (PAT-03), and the log of loudspeakers after two years."""

from __future__ import annotations

from shouwang.beats.models import CheckIn, Playback
from shouwang.core.retention import purge

purge("track", "beats.CheckIn", overdue=lambda before: CheckIn.objects.filter(at__lt=before))
purge("ticket", "beats.Playback", overdue=lambda before: Playback.objects.filter(at__lt=before))
