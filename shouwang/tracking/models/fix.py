"""Fixes: where a unit on shift was. Off-shift reports are dropped at the gate and never stored (S-CMD-005)."""

from __future__ import annotations

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from shouwang.core.datamap import TECHNICAL, TRACK, every


class Fix(models.Model):
    """One position report of a unit, kept 30 days (90 if tied to a review)."""

    id = models.BigAutoField(primary_key=True)
    unit = models.UUIDField()  # an id, not a foreign key: these rows are many and short-lived
    shift = models.UUIDField()
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    lon = models.FloatField()
    lat = models.FloatField()
    speed_mps = models.FloatField(null=True)
    heading_deg = models.FloatField(null=True)
    accuracy_m = models.FloatField(null=True)
    battery_share = models.FloatField(null=True)
    late = models.BooleanField(default=False)
    source = models.CharField(max_length=12)

    data_map = every(TECHNICAL, "id", "source", "late", "received_at") | every(
        TRACK, "unit", "shift", "at", "lon", "lat", "speed_mps", "heading_deg", "accuracy_m", "battery_share"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "at"], name="fix_once")]
        indexes = [BrinIndex(fields=["at"], name="fix_at")]  # rows come in the order of time: the purge reads few pages

    def __str__(self) -> str:
        return f"fix {self.id}"  # never the place: this ends up in logs


class LastFix(models.Model):
    """The newest fix of each unit: one small table that the desk and the suggestions read."""

    unit = models.UUIDField(primary_key=True)
    shift = models.UUIDField()
    at = models.DateTimeField()
    lon = models.FloatField()
    lat = models.FloatField()
    speed_mps = models.FloatField(null=True)
    heading_deg = models.FloatField(null=True)
    accuracy_m = models.FloatField(null=True)
    battery_share = models.FloatField(null=True)
    duty_path = models.CharField(max_length=200, blank=True, default="")  # of the unit: who may see it
    government_path = models.CharField(max_length=200, blank=True, default="")

    data_map = every(
        TRACK, "unit", "shift", "at", "lon", "lat", "speed_mps", "heading_deg", "accuracy_m", "battery_share"
    ) | every(TECHNICAL, "duty_path", "government_path")  # fmt: skip
