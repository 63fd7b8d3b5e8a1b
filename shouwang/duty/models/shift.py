"""Shifts: a unit is on duty from sign-in to sign-out, with a crew."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.duty.models.unit import Unit
from shouwang.people.models import Person


class Availability(models.TextChoices):
    FREE = "free", _("Free")
    AWAY = "away", _("Away")


class Shift(models.Model):
    """One unit on duty. `during` is open at its end until sign-out; positions count only inside it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="shifts")
    during = DateTimeRangeField()
    availability = models.CharField(max_length=8, choices=Availability.choices, default=Availability.FREE)
    away_reason = models.CharField(max_length=40, blank=True, default="")
    since = models.DateTimeField()  # of this availability

    data_map = every(TECHNICAL, "id") | every(STAFF, "unit", "during", "availability", "away_reason", "since")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="shift_one_per_unit",
                expressions=[("unit", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.during}"


class Crew(models.Model):
    """A person on a shift of a unit. `recorder` is the number of the body-worn recorder, typed for now."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="crew")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    during = DateTimeRangeField()
    sworn = models.BooleanField()
    lead = models.BooleanField(default=False)
    recorder = models.CharField(max_length=20, blank=True, default="")
    no_recorder = models.CharField(max_length=80, blank=True, default="")  # why there is none (CFS-08)

    data_map = every(TECHNICAL, "id") | every(
        STAFF, "shift", "person", "during", "sworn", "lead", "recorder", "no_recorder"
    )

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="crew_person_on_one_unit",
                expressions=[("person", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                violation_error_message=_("This person is already on another unit."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.shift_id}"
