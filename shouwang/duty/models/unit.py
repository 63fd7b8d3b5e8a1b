"""Units: crews that can be sent. Booths and rapid-police vehicles share one list (S-CMD-022)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import PUBLIC, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.places.models import Area


class UnitForm(models.TextChoices):
    CAR = "car", _("Patrol car")
    FOOT = "foot", _("On foot")
    CYCLE = "cycle", _("Cycle patrol")
    BOOTH = "booth", _("Booth")
    RAPID = "rapid", _("Rapid-police post")


class Unit(models.Model):
    """A crew that can be sent, as long as a shift of it is on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=40)
    call_sign = models.CharField(max_length=20, blank=True, default="")
    initials = models.CharField(max_length=12, blank=True, default="")  # for typed commands: qx1
    form = models.CharField(max_length=8, choices=UnitForm.choices)
    home = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    duty_path = models.CharField(max_length=200)
    government_path = models.CharField(max_length=200, blank=True, default="")
    lon = models.FloatField(null=True, blank=True)  # where a booth stands
    lat = models.FloatField(null=True, blank=True)
    report_every_s = models.PositiveSmallIntegerField(default=10)
    active = models.BooleanField(default=True)

    data_map = every(TECHNICAL, "id") | every(
        PUBLIC,
        "name",
        "call_sign",
        "initials",
        "form",
        "home",
        "duty_path",
        "government_path",
        "lon",
        "lat",
        "report_every_s",
        "active",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home", "name"], name="unit_name_once_in_its_office")]

    def __str__(self) -> str:
        return self.name
