"""Holds: a stretch of track that a complaint or review needs, kept 90 days instead of 30 (PAT-03)."""

from __future__ import annotations

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models

from shouwang.core.datamap import STAFF, TECHNICAL, every
from shouwang.core.ids import new_id


class TrackHold(models.Model):
    """Fixes of `unit` inside `during` outlive the ordinary 30 days; at 90 they go, hold or no hold."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.UUIDField()
    during = DateTimeRangeField()
    reason = models.CharField(max_length=120)
    held_by = models.UUIDField()
    held_at = models.DateTimeField()

    data_map = every(TECHNICAL, "id") | every(STAFF, "unit", "during", "reason", "held_by", "held_at")

    class Meta:
        indexes = [models.Index(fields=["unit"], name="track_hold_unit")]

    def __str__(self) -> str:
        return f"{self.unit} {self.during}"
