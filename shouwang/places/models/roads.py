"""What changes on the roads while the ground stays as it was loaded: closures, and how fast the hours let one drive."""

from __future__ import annotations

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models

from shouwang.core.datamap import PUBLIC, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.places.models.area import Area


class RoadClosure(models.Model):
    """A piece of road nobody drives through for a time.

    points    [[lon, lat], …] along it as it was drawn; they are laid on whichever roads are in use
    one_way   closed only in the direction in which it was drawn
    during    until it is opened again, at most until the end that was given
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    points = models.JSONField()
    one_way = models.BooleanField(default=False)
    name = models.CharField(max_length=60)
    reason = models.CharField(max_length=120)
    during = DateTimeRangeField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    opened_by = models.UUIDField(null=True, blank=True)

    data_map = every(TECHNICAL, "id") | every(STAFF, "made_by", "opened_by") | every(
        PUBLIC, "area", "points", "one_way", "name", "reason", "during", "made_at"
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(models.Func("during", function="upper"), name="road_closure_ends")]

    def __str__(self) -> str:
        return self.name


class DrivingHours(models.Model):
    """Percent of the free speed, by group of roads and hour: {"main": [24 numbers], …}. The newest row counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    percent = models.JSONField()
    since = models.DateTimeField()
    set_by = models.UUIDField(null=True)

    data_map = every(TECHNICAL, "id") | every(STAFF, "set_by") | every(PUBLIC, "percent", "since")

    class Meta:
        indexes = [models.Index(fields=["-since"], name="driving_hours_newest")]

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%d}"
