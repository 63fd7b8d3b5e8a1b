"""Booths: what a fixed unit has and covers, and whether its power and its line are up."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from shouwang.core.datamap import PUBLIC, STAFF, every
from shouwang.duty.models.unit import Unit


class BoothPlace(models.TextChoices):
    SQUARE = "square", pgettext_lazy("booth", "Square or pedestrian street")
    MARKET = "market", pgettext_lazy("booth", "Market or mall")
    STATION = "station", pgettext_lazy("booth", "Railway or bus station")
    SCHOOL = "school", pgettext_lazy("booth", "School or hospital")
    CROSSING = "crossing", pgettext_lazy("booth", "Main crossing")
    OTHER = "other", pgettext_lazy("booth", "Other place")


class Power(models.TextChoices):
    MAINS = "mains", pgettext_lazy("booth power", "Mains")
    BATTERY = "battery", pgettext_lazy("booth power", "On battery")
    OFF = "off", pgettext_lazy("booth power", "Out")
    UNKNOWN = "unknown", pgettext_lazy("booth power", "Not known")


class Booth(models.Model):
    """What stands in the register of a unit that is a booth; where it stands is the unit's point.

    crew_size   how many ought to be on it while it is open
    opens, closes   equal: day and night
    heard_at    when its box reported last by itself; the line is up for a while after that
    typed_at    when somebody typed the standing instead
    """

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, primary_key=True, related_name="booth")
    place_kind = models.CharField(max_length=8, choices=BoothPlace.choices, default=BoothPlace.OTHER)
    place_text = models.CharField(max_length=120, blank=True, default="")
    crew_size = models.PositiveSmallIntegerField(default=2)
    opens = models.TimeField()
    closes = models.TimeField()
    kit = models.CharField(max_length=300, blank=True, default="")
    cover_m = models.PositiveIntegerField(default=500)
    power = models.CharField(max_length=7, choices=Power.choices, default=Power.UNKNOWN)
    line_up = models.BooleanField(null=True)
    heard_at = models.DateTimeField(null=True)
    typed_at = models.DateTimeField(null=True)
    typed_by = models.UUIDField(null=True)

    data_map = every(
        PUBLIC, "unit", "place_kind", "place_text", "crew_size", "opens", "closes", "kit", "cover_m", "power",
        "line_up", "heard_at",
    ) | every(STAFF, "typed_at", "typed_by")  # fmt: skip

    def __str__(self) -> str:
        return str(self.unit_id)
