"""Terminals that may report for a unit: listed by whoever manages the unit, registered by themselves."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import PUBLIC, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.duty.models import Unit


class Datum(models.TextChoices):
    WGS84 = "wgs84", "WGS-84"
    GCJ02 = "gcj02", "GCJ-02"
    BD09 = "bd09", "BD-09"


class Terminal(models.Model):
    """One device on a car or a belt, known by its number. Registering is open until `open_until` and once.

    grant  the unit's token that was given as its code; taken back, the terminal is a stranger again
    datum  in which its positions come: some makers shift them for Chinese maps
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(_("Terminal number"), max_length=20, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    datum = models.CharField(_("Datum"), max_length=5, choices=Datum.choices, default=Datum.WGS84)
    open_until = models.DateTimeField(null=True)
    grant = models.UUIDField(null=True)
    registered_at = models.DateTimeField(null=True)
    says = models.CharField(max_length=120, blank=True, default="")  # maker, model and plate, as it said

    data_map = every(TECHNICAL, "id", "grant") | every(PUBLIC, "number", "unit", "datum", "says") | every(
        STAFF, "open_until", "registered_at"
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["unit"], name="terminal_of_unit")]

    def __str__(self) -> str:
        return self.number
