"""Looks back: a replay of a stretch of time, and who was at a place. Each says what for."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import pgettext_lazy

from shouwang.core.datamap import ACCESS, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.matters.models import Matter
from shouwang.places.models import Area


class Replay(models.Model):
    """One stretch of one ground, opened by one person. `units` are those whose way he saw; their crews were told."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    purpose = models.CharField(max_length=12)
    reason = models.CharField(max_length=120)
    units = ArrayField(models.UUIDField())
    opened_by = models.UUIDField()
    opened_at = models.DateTimeField()

    data_map = every(TECHNICAL, "id") | every(
        ACCESS, "area", "starts_at", "ends_at", "purpose", "reason", "units", "opened_by", "opened_at"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="replay_ends_after")
        ]
        indexes = [models.Index(fields=["opened_by", "-opened_at"], name="replay_of_opener")]


class Asked(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("presence", "waits for approval")
    APPROVED = "approved", pgettext_lazy("presence", "approved")
    REFUSED = "refused", pgettext_lazy("presence", "refused")


class Presence(models.Model):
    """“Who was here then”: which units on shift were near a place. Asked for one matter, approved by a higher post.

    opened_at   when whoever asked read the answer; he has it until `answer_until`, and no longer
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    duty_path = models.CharField(max_length=200)
    government_path = models.CharField(max_length=200, blank=True, default="")
    place_text = models.CharField(max_length=200)
    lon = models.FloatField()
    lat = models.FloatField()
    radius_m = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    purpose = models.CharField(max_length=12)
    reason = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=Asked.choices, default=Asked.WAITING)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    because = models.CharField(max_length=120, blank=True, default="")
    opened_at = models.DateTimeField(null=True)
    answer_until = models.DateTimeField(null=True)

    data_map = every(TECHNICAL, "id", "duty_path", "government_path") | every(
        ACCESS, "matter", "area", "place_text", "lon", "lat", "radius_m", "starts_at", "ends_at", "purpose", "reason",
        "state", "asked_by", "asked_at", "decided_by", "decided_at", "because", "opened_at", "answer_until",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(decided_by=models.F("asked_by")), name="presence_decided_by_another"
            ),
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="presence_ends_after"),
        ]
        indexes = [models.Index(fields=["asked_by", "-asked_at"], name="presence_of_asker")]
