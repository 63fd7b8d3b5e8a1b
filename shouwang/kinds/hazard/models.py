"""Safety items: things with a date, such as an extinguisher. The item is of a place, never of a person."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import PUBLIC, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.places.models import Area


class ItemSort(models.TextChoices):
    EXTINGUISHER = "extinguisher", _("Fire extinguisher")
    HYDRANT = "hydrant", _("Hydrant")
    ALARM = "alarm", _("Smoke alarm")
    EXIT_LIGHT = "exit_light", _("Escape light")
    GAS_HOSE = "gas_hose", _("Gas hose")
    LIFT = "lift", _("Lift")


class SafetyItem(models.Model):
    """One thing that has to be checked or renewed by a date.

    made_on  by its plate    checked_on  last looked at    expires_on  must be renewed or checked again by then
    hazard   the open matter that its date has led to
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sort = models.CharField(_("What it is"), max_length=12, choices=ItemSort.choices)
    premises = models.CharField(_("Shop, building or stairway"), max_length=120)
    place_text = models.CharField(_("Place"), max_length=300)
    lon = models.FloatField()
    lat = models.FloatField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    duty_path = models.CharField(max_length=200)
    government_path = models.CharField(max_length=200, blank=True, default="")
    made_on = models.DateField(_("Made on"), null=True, blank=True)
    checked_on = models.DateField(_("Checked on"))
    expires_on = models.DateField(_("Good until"))
    noted_by = models.UUIDField(null=True, blank=True)
    hazard = models.UUIDField(null=True, blank=True)
    active = models.BooleanField(default=True)

    data_map = (
        every(TECHNICAL, "id", "duty_path", "government_path", "hazard")
        | every(
            PUBLIC, "sort", "premises", "place_text", "lon", "lat", "area", "made_on", "checked_on", "expires_on",
            "active",
        )
        | every(STAFF, "noted_by")
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sort", "premises", "place_text"],
                condition=models.Q(active=True),
                name="item_once_at_its_place",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_on__gte=models.F("checked_on")), name="item_expires_after"
            ),
        ]
        indexes = [models.Index(fields=["expires_on"], condition=models.Q(active=True), name="item_due")]

    def __str__(self) -> str:
        return f"{self.premises} · {self.get_sort_display()}"
