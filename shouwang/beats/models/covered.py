"""What was covered: visits by code for a while, and for good one row for each beat, window and day. Never a person."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from shouwang.beats.models.beat import Beat, Window
from shouwang.beats.models.target import Point
from shouwang.core.datamap import PUBLIC, STAFF, TECHNICAL, TRACK, every
from shouwang.core.ids import new_id
from shouwang.duty.models import Unit


class CheckIn(models.Model):
    """A code was scanned by a unit on shift. `placed`: the phone said where it was, and it was there."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="check_ins")
    unit = models.UUIDField()
    at = models.DateTimeField()
    placed = models.BooleanField()

    data_map = every(TECHNICAL, "id") | every(TRACK, "point", "unit", "at", "placed")

    class Meta:
        indexes = [models.Index(fields=["point", "at"], name="check_in_of_point")]

    def __str__(self) -> str:
        return f"check-in at {self.point_id}"


class Covered(models.Model):
    """One beat in one window of one day, planned beside actual.

    points_by_code    of `points_seen`, those known by their code only
    metres, square_m  all of it; `metres_walked`, `square_m_seen` what was
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    beat = models.ForeignKey(Beat, on_delete=models.CASCADE, related_name="covered")
    window = models.ForeignKey(Window, on_delete=models.CASCADE, related_name="covered")
    on = models.DateField()
    min_passes = models.PositiveSmallIntegerField()
    passes = models.PositiveSmallIntegerField()
    points = models.PositiveSmallIntegerField()
    points_seen = models.PositiveSmallIntegerField()
    points_by_code = models.PositiveSmallIntegerField()
    metres = models.PositiveIntegerField()
    metres_walked = models.PositiveIntegerField()
    square_m = models.PositiveIntegerField()
    square_m_seen = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    data_map = every(TECHNICAL, "id", "beat", "window", "counted_at") | every(
        PUBLIC, "on", "min_passes", "passes", "points", "points_seen", "points_by_code", "metres", "metres_walked",
        "square_m", "square_m_seen",
    )  # fmt: skip

    class Meta:
        verbose_name_plural = "covered"
        constraints = [models.UniqueConstraint(fields=["window", "on"], name="covered_once_a_day")]
        indexes = [models.Index(fields=["beat", "-on"], name="covered_of_beat")]

    def __str__(self) -> str:
        return f"{self.beat_id} {self.on}"


class What(models.TextChoices):
    CHANGED = "changed", pgettext_lazy("beat", "Another team")
    SKIPPED = "skipped", pgettext_lazy("beat", "Not walked")


class Change(models.Model):
    """Said with its reason: another team takes a beat for some hours, or nobody walks it (S-PAT-009)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    beat = models.ForeignKey(Beat, on_delete=models.CASCADE, related_name="changes")
    what = models.CharField(max_length=7, choices=What.choices)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    team = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=200)
    noted_by = models.UUIDField(null=True)
    noted_at = models.DateTimeField()

    data_map = every(TECHNICAL, "id", "beat") | every(
        STAFF, "what", "begins_at", "ends_at", "team", "reason", "noted_by", "noted_at"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(begins_at__lt=models.F("ends_at")), name="beat_change_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="beat_change_says_why"),
            models.CheckConstraint(
                condition=models.Q(what="changed") ^ models.Q(team__isnull=True), name="beat_change_names_its_team"
            ),
        ]
        indexes = [models.Index(fields=["beat", "begins_at"], name="beat_change_of_beat")]

    def __str__(self) -> str:
        return f"{self.beat_id} {self.what}"
