"""Calls that a lead took out of the count of promised minutes, each with its cause (CFS-04, CFS-05)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.matters.models import Matter


class ExcuseCause(models.TextChoices):
    BLOCKED = "blocked", _("Road closed or blocked")
    WEATHER = "weather", _("Flood, snow or ice")
    WRONG_PLACE = "wrong_place", _("The place that was told was wrong")
    LATER = "later", _("A later hour was agreed")
    STAMP = "stamp", _("The stamp is wrong and cannot be amended")


class Excuse(models.Model):
    """One call that is not counted, why, and who said so; taken back, it is counted again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=12, choices=ExcuseCause.choices)
    words = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.UUIDField(null=True, blank=True)

    data_map = every(TECHNICAL, "id") | every(
        STAFF, "matter", "why", "words", "made_at", "made_by", "taken_back_at", "taken_back_by"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=models.Q(taken_back_at__isnull=True), name="excuse_once_a_call"
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.why}"
