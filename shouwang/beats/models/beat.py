"""Beats: what is to be walked on an area of the free layer, in which windows, and by which team.

The area gives nobody access; `ground` answers for the beat, and its paths say who may read and keep it.
"""

from __future__ import annotations

import datetime as dt

from django.db import models

from shouwang.core.datamap import PUBLIC, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.duty.models import Unit
from shouwang.places.models import Area

DEFAULT_CAP = 2.5  # PAT-06


class Beat(models.Model):
    """One patrol beat. `sector` is the area of the free layer it belongs to; `cap_times`: k of PAT-06."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.OneToOneField(Area, on_delete=models.PROTECT, related_name="beat")
    sector = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="beats_in")
    ground = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    duty_path = models.CharField(max_length=200)
    government_path = models.CharField(max_length=200, blank=True, default="")
    team = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="beats")
    cap_times = models.FloatField(default=DEFAULT_CAP)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    data_map = every(TECHNICAL, "id", "duty_path", "government_path") | every(
        PUBLIC, "area", "sector", "ground", "cap_times"
    ) | every(STAFF, "team", "made_at", "ended_at")  # fmt: skip

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(cap_times__gte=1), name="beat_cap_is_no_less")]
        indexes = [models.Index(fields=["duty_path"], name="beat_path", opclasses=["text_pattern_ops"])]

    def __str__(self) -> str:
        return self.area.name


class Window(models.Model):
    """Hours of every day in which a beat is passed at least `min_passes` times. Ending before it begins: next day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    beat = models.ForeignKey(Beat, on_delete=models.CASCADE, related_name="windows")
    begins = models.TimeField()
    ends = models.TimeField()
    min_passes = models.PositiveSmallIntegerField(default=1)
    team = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    data_map = every(TECHNICAL, "id", "beat") | every(STAFF, "begins", "ends", "min_passes", "team", "ended_at")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(min_passes__gte=1), name="window_floor_of_one_pass"),
            models.UniqueConstraint(
                fields=["beat", "begins"], condition=models.Q(ended_at=None), name="window_begins_once"
            ),
        ]
        ordering = ("begins",)

    def __str__(self) -> str:
        return f"{self.begins:%H:%M}–{self.ends:%H:%M}"

    @property
    def minutes(self) -> int:
        """How long it lasts; 24 hours where it ends as it begins."""
        begins, ends = (one.hour * 60 + one.minute for one in (self.begins, self.ends))
        return (ends - begins) % 1440 or 1440

    def on(self, day: dt.date, zone: dt.tzinfo) -> tuple[dt.datetime, dt.datetime]:
        begins = dt.datetime.combine(day, self.begins, zone)
        return begins, begins + dt.timedelta(minutes=self.minutes)
