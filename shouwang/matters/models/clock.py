"""Clocks: how long something may take, what stops it, and how far it has climbed."""

from __future__ import annotations

import datetime as dt

from django.db import models

from shouwang.core.datamap import MATTER, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.matters.models.matter import Matter


class ClockQuerySet(models.QuerySet["Clock"]):
    def running(self) -> ClockQuerySet:
        return self.filter(met_at__isnull=True, stopped_at__isnull=True)

    def unmet(self) -> ClockQuerySet:
        return self.filter(met_at__isnull=True)


class Clock(models.Model):
    """One running limit of a matter. `rule` names the deadline in the kind's declaration.

    `next_mark` is what happens at `next_at` if nothing does before: a reminder (50%, 80%), due, or +1d.
    `level` counts how many times it climbed the chain of areas (S-GRD-003); `holder` is the post it stands with
    since `held_since`. `pauses` are ended stops: [from, to, reason].
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="clocks")
    rule = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    estimated = models.BooleanField(default=False)  # lies beyond the last published calendar year (CAL-10)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stop_reason = models.CharField(max_length=40, blank=True, default="")
    pauses = models.JSONField(default=list, blank=True)
    extended = models.BooleanField(default=False)
    met_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)
    next_mark = models.CharField(max_length=6, blank=True, default="")
    level = models.PositiveSmallIntegerField(default=0)
    holder = models.UUIDField(null=True, blank=True)
    held_since = models.DateTimeField()

    objects = ClockQuerySet.as_manager()

    data_map = (
        every(TECHNICAL, "id", "matter", "level", "next_at", "next_mark")
        | every(
            MATTER, "rule", "started_at", "due_at", "estimated", "stopped_at", "stop_reason", "pauses", "extended",
            "met_at", "held_since",
        )
        | every(STAFF, "holder")
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "rule"], condition=models.Q(met_at__isnull=True), name="clock_one_running_per_rule"
            )
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=models.Q(met_at__isnull=True, stopped_at__isnull=True, next_at__isnull=False),
                name="clock_next",
            )
        ]

    def paused(self) -> list[tuple[dt.datetime, dt.datetime]]:
        """The ended stops, as `core.calendar.due_at` counts them."""
        return [(dt.datetime.fromisoformat(begin), dt.datetime.fromisoformat(end)) for begin, end, _ in self.pauses]
