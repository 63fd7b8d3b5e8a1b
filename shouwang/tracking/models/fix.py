"""Fixes: where a unit on shift was. Off-shift reports are dropped at the gate and never stored (S-CMD-005)."""

from __future__ import annotations

from django.db import models

from shouwang.core.datamap import TECHNICAL, TRACK, every


class Fix(models.Model):
    """One position report of a unit, kept 30 days (90 if tied to a review).

    The table is cut by days of Shanghai (`days.py`): what is over is dropped a day at a time.
    `in_duty`, `in_government` are the paths of the smallest areas it lay in, and so of all around them.
    """

    pk = models.CompositePrimaryKey("unit", "at")
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
    in_duty = models.CharField(max_length=200, blank=True, default="", db_default="")
    in_government = models.CharField(max_length=200, blank=True, default="", db_default="")

    data_map = every(TECHNICAL, "pk", "source", "late", "received_at") | every(
        TRACK, "unit", "shift", "at", "lon", "lat", "speed_mps", "heading_deg", "accuracy_m", "battery_share",
        "in_duty", "in_government",
    )  # fmt: skip

    def __str__(self) -> str:
        return f"fix of {self.unit}"  # never the place: this ends up in logs


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
