"""Tier models as data: how a town's responsibility is staged, and who may hold each stage (S-GRD-005)."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models

from shouwang.core.datamap import PUBLIC, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.places.models import Area


class TierModel(models.Model):
    """The tiers in use on one area and below it, over a span of time.

    `tiers` is the checked form of `people.tiers.read_tiers`: key, name, ground, holders, children, duties.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="tier_models")
    preset = models.CharField(max_length=8)
    tiers = models.JSONField()
    during = DateTimeRangeField()

    data_map = every(TECHNICAL, "id") | every(PUBLIC, "area", "preset", "tiers", "during")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="tier_model_one_per_area",
                expressions=[("area", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            )
        ]
