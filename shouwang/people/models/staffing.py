"""Staffing rules, each with where it comes from, and what people sign for of their days."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.core.datamap import PUBLIC, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.people.models.person import Person
from shouwang.places.models import Area
from shouwang.places.models.area import Tier


class Measure(models.TextChoices):
    EACH = "each", _("So many on each area")
    HOUSEHOLDS = "households", _("One for so many households")
    CALLS = "calls", _("One for so many calls in 30 days")
    SHARE = "share", _("Percent of the sworn officers of a station")
    DAYS = "days", _("Days a week in the community")


class StaffingRule(models.Model):
    """A norm that holds on `area` and below it. A change ends the row and begins another: the old one stays to be read.

    tier       on which kind of area it is counted      role   whom it counts; "" with a share: everybody posted below
    fewest     how many, households or calls for one, percent, days          most   where there is an upper number
    full_time  counts only who does nothing else        hours  a month on other duties that still count as full time;
                                                               with days: how many make a day
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="staffing_rules")
    name = models.CharField(max_length=60)
    measure = models.CharField(max_length=10, choices=Measure.choices)
    role = models.CharField(max_length=32, blank=True, default="")
    tier = models.CharField(max_length=12, choices=Tier.choices)
    fewest = models.PositiveIntegerField()
    most = models.PositiveIntegerField(null=True)
    full_time = models.BooleanField(default=False)
    hours = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=200)
    during = DateTimeRangeField()
    set_by = models.UUIDField(null=True)

    data_map = every(TECHNICAL, "id") | every(STAFF, "set_by") | every(
        PUBLIC, "area", "name", "measure", "role", "tier", "fewest", "most", "full_time", "hours", "source", "during"
    )  # fmt: skip

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="staffing_rule_one_at_a_time",
                expressions=[
                    ("area", RangeOperators.EQUAL),
                    ("measure", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("tier", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return self.name


class DutySort(models.TextChoices):
    COMMUNITY = "community", _("In the community")
    OTHER = "other", _("On other duties")
    TRAINING = "training", pgettext_lazy("duty", "Training")
    LEVEL = "level", _("On a duty level")


class DutyEntry(models.Model):
    """What somebody signs for of one of his days and no shift says already. Struck out, not changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="duty_entries")
    on = models.DateField()
    sort = models.CharField(max_length=10, choices=DutySort.choices)
    minutes = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=120, blank=True, default="")
    signed_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True)

    data_map = every(TECHNICAL, "id") | every(
        STAFF, "person", "on", "sort", "minutes", "words", "signed_at", "struck_at"
    )

    class Meta:
        verbose_name_plural = "duty entries"
        constraints = [
            models.CheckConstraint(condition=models.Q(minutes__range=(1, 1440)), name="duty_entry_within_a_day")
        ]
        indexes = [models.Index(fields=["person", "on"], name="duty_entry_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.on} {self.sort}"
