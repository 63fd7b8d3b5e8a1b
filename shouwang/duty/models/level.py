"""Duty levels and the orders that put one in force for a while (PAT-08)."""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.core.datamap import PUBLIC, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.places.models import Area


class Approver(models.TextChoices):
    BUREAU = "bureau", pgettext_lazy("approver", "bureau head")
    CHIEF = "chief", pgettext_lazy("approver", "duty chief or station head")


class DutyLevel(models.Model):
    """How much of a force stands ready; 1 is the highest. The standing one holds where nothing else was ordered.

    share     of those who could be rostered, how many are to be on duty each day (0–1)
    rest_h    hours of rest between two shifts; `nights` running, at most
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField(max_length=40)
    says = models.CharField(max_length=200)
    approver = models.CharField(max_length=8, choices=Approver.choices)
    longest_h = models.PositiveSmallIntegerField()
    share = models.FloatField()
    rest_h = models.PositiveSmallIntegerField()
    nights = models.PositiveSmallIntegerField()
    needs_rest_plan = models.BooleanField(default=False)
    standing = models.BooleanField(default=False)

    data_map = every(TECHNICAL, "id") | every(
        PUBLIC, "number", "name", "says", "approver", "longest_h", "share", "rest_h", "nights", "needs_rest_plan",
        "standing",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(share__gte=0, share__lte=1), name="level_share_is_a_share")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class OrderState(models.TextChoices):
    PROPOSED = "proposed", _("Waits for approval")
    APPROVED = "approved", pgettext_lazy("level", "Approved")
    REFUSED = "refused", pgettext_lazy("level", "Refused")


class LevelOrderQuerySet(models.QuerySet["LevelOrder"]):
    def in_force_at(self, at: dt.datetime) -> LevelOrderQuerySet:
        return self.filter(state=OrderState.APPROVED, during__contains=at)

    def in_force_within(self, start: dt.datetime, end: dt.datetime) -> LevelOrderQuerySet:
        return self.filter(state=OrderState.APPROVED, during__overlap=(start, end))


class LevelOrder(models.Model):
    """A level for an office's ground, from an hour to an hour: it ends by itself unless a new order renews it.

    share, rest_h, nights   those of the level when it was ordered; the row may change since
    ended_at                when the end was noted; the order counts until the end of `during`, noted or not
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.PositiveIntegerField(unique=True)
    level = models.ForeignKey(DutyLevel, on_delete=models.PROTECT, related_name="orders")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="level_orders")
    duty_path = models.CharField(max_length=200)
    government_path = models.CharField(max_length=200, blank=True, default="")
    during = DateTimeRangeField()
    reason = models.CharField(max_length=300)
    rest_plan = models.CharField(max_length=500, blank=True, default="")
    share = models.FloatField()
    rest_h = models.PositiveSmallIntegerField()
    nights = models.PositiveSmallIntegerField()
    renews = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="renewals")
    state = models.CharField(max_length=8, choices=OrderState.choices, default=OrderState.PROPOSED)
    ordered_by = models.UUIDField(null=True)
    ordered_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    why_not = models.CharField(max_length=200, blank=True, default="")
    lifted_by = models.UUIDField(null=True)
    lifted_because = models.CharField(max_length=200, blank=True, default="")
    ended_at = models.DateTimeField(null=True)

    objects = LevelOrderQuerySet.as_manager()

    data_map = every(TECHNICAL, "id", "duty_path", "government_path") | every(
        PUBLIC, "number", "level", "area", "during", "reason", "rest_plan", "share", "rest_h", "nights", "renews",
        "state", "ended_at",
    ) | every(
        STAFF, "ordered_by", "ordered_at", "decided_by", "decided_at", "why_not", "lifted_by", "lifted_because"
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["duty_path"], name="level_order_path", opclasses=["text_pattern_ops"])]

    def __str__(self) -> str:
        return f"{self.number} ({self.state})"
