"""What is to be seen on a beat: points, stretches of road, surfaces (S-PAT-010)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.beats.models.beat import Beat
from shouwang.beats.words import PlaceKind
from shouwang.core.datamap import PUBLIC, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id, receipt_code

POINT_RADIUS_M = 50.0
VIEW_M = 60.0  # so far somebody on foot sees what goes on in the evening


class Point(models.Model):
    """A place that must be visited between `begins` and `ends`. `code` stands on its plate, to be scanned there."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    beat = models.ForeignKey(Beat, on_delete=models.CASCADE, related_name="points")
    name = models.CharField(pgettext_lazy("beat", "Name"), max_length=60)
    kind = models.CharField(_("Kind of place"), max_length=10, choices=PlaceKind.choices, default=PlaceKind.OTHER)
    lon = models.FloatField()
    lat = models.FloatField()
    radius_m = models.FloatField(default=POINT_RADIUS_M)
    begins = models.TimeField()
    ends = models.TimeField()
    code = models.CharField(max_length=8, unique=True, default=receipt_code)
    ended_at = models.DateTimeField(null=True, blank=True)

    data_map = every(TECHNICAL, "id", "beat", "code") | every(
        PUBLIC, "name", "kind", "lon", "lat", "radius_m"
    ) | every(STAFF, "begins", "ends", "ended_at")  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["beat", "name"], condition=models.Q(ended_at=None), name="beat_point_named_once"
            )
        ]
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def spoken_code(self) -> str:
        return f"{self.code[:4]} {self.code[4:]}"


class Stretch(models.Model):
    """A stretch of road to be walked along. `line` is GeoJSON, a LineString."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    beat = models.ForeignKey(Beat, on_delete=models.CASCADE, related_name="stretches")
    name = models.CharField(max_length=60)
    line = models.JSONField()
    metres = models.PositiveIntegerField()
    ended_at = models.DateTimeField(null=True, blank=True)

    data_map = every(TECHNICAL, "id", "beat") | every(PUBLIC, "name", "line", "metres") | every(STAFF, "ended_at")

    class Meta:
        verbose_name_plural = "stretches"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Surface(models.Model):
    """An open place to be seen as a whole. `boundary` is GeoJSON, a Polygon; `view_m`: how far one sees on it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    beat = models.ForeignKey(Beat, on_delete=models.CASCADE, related_name="surfaces")
    name = models.CharField(max_length=60)
    boundary = models.JSONField()
    view_m = models.FloatField(default=VIEW_M)
    ended_at = models.DateTimeField(null=True, blank=True)

    data_map = every(TECHNICAL, "id", "beat") | every(PUBLIC, "name", "boundary", "view_m") | every(STAFF, "ended_at")

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
