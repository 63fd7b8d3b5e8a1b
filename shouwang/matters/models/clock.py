"""Clocks: how long something may take, what stops it, and how far it has climbed."""

from __future__ import annotations

from django.db import models

from shouwang.core.datamap import MATTER, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.matters.models.matter import Matter


class Clock(models.Model):
    """One running limit of a matter. `rule` names the deadline in the kind's declaration.

    `level` counts how many times it climbed the chain of areas (S-GRD-003); `holder` is the post it stands with.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="clocks")
    rule = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    estimated = models.BooleanField(default=False)  # lies beyond the last published calendar year (CAL-10)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stop_reason = models.CharField(max_length=40, blank=True, default="")
    paused_s = models.PositiveIntegerField(default=0)
    met_at = models.DateTimeField(null=True, blank=True)
    level = models.PositiveSmallIntegerField(default=0)
    holder = models.UUIDField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)

    data_map = every(TECHNICAL, "id", "matter", "level") | every(
        MATTER, "rule", "started_at", "due_at", "estimated", "stopped_at", "stop_reason", "paused_s", "met_at",
        "escalated_at",
    ) | every(STAFF, "holder")
