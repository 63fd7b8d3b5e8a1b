"""Vehicles that their owners declared, and who asked for one: a plate leads to a message, never to a name."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import STAFF, TECHNICAL, FieldUse, every
from shouwang.core.ids import new_id
from shouwang.places.models import Area

DECLARED = FieldUse("personal", "being told when one's vehicle stands open", "consent", "life", "see_correct_erase")
ASKED = FieldUse("personal", "telling the owner of a vehicle", "consent", "plate", "see")


class VehicleReason(models.TextChoices):
    UNLOCKED = "unlocked", _("stands unlocked or open")
    OBSTRUCTING = "obstructing", _("stands in the way")
    HAZARD = "hazard", _("may be a danger")


class Vehicle(models.Model):
    """One plate, declared from the owner's own account; the plate itself is not kept, only its cut index and a mask."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.UUIDField(db_index=True)
    plate_bucket = models.SmallIntegerField(db_index=True)
    plate_check = models.BinaryField()
    shown = models.CharField(max_length=10)
    declared_at = models.DateTimeField()
    ends_on = models.DateField()

    data_map = every(TECHNICAL, "id") | every(
        DECLARED, "person", "plate_bucket", "plate_check", "shown", "declared_at", "ends_on"
    )


class VehicleAsk(models.Model):
    """One call for an owner, within one matter; only functions of the database write it, and they count.

    After 30 days plate, place and vehicle are emptied; the count stays.

    vehicle  whose owner was told; NULL where nobody declared this plate
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.UUIDField(db_index=True)
    vehicle = models.UUIDField(null=True)
    plate = models.CharField(max_length=8, default="", blank=True)
    place_text = models.CharField(max_length=200, default="", blank=True)
    reason = models.CharField(max_length=12, choices=VehicleReason.choices)
    street = models.CharField(max_length=80)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    person = models.UUIDField()
    post = models.UUIDField(null=True)
    number = models.PositiveSmallIntegerField()  # the first or the second try
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)  # the owner said that he is on his way

    data_map = (
        every(TECHNICAL, "id", "matter", "street", "area")
        | every(ASKED, "vehicle", "plate", "place_text")
        | every(STAFF, "reason", "person", "post", "number", "at", "answered_at")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="vehicle_ask_tries"),
            models.CheckConstraint(condition=models.Q(number__in=[1, 2]), name="vehicle_ask_twice_at_most"),
        ]
