"""Things with a date, and sweeps over premises of some kinds. Both are of places, never of persons."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import PUBLIC, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.kinds.hazard.checklists import CHECKLISTS
from shouwang.places.models import Area
from shouwang.registry.lists import Trade, UnitKind


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
    told_on  when whoever runs the premises got notice of it
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
    told_on = models.DateField(null=True, blank=True)
    hazard = models.UUIDField(null=True, blank=True)
    active = models.BooleanField(default=True)

    data_map = (
        every(TECHNICAL, "id", "duty_path", "government_path", "hazard")
        | every(
            PUBLIC, "sort", "premises", "place_text", "lon", "lat", "area", "made_on", "checked_on", "expires_on",
            "active", "told_on",
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


class Sweep(models.Model):
    """A plan to look at all premises of some kinds or special trades (C8) on a ground until a day, by one list."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("Name of the sweep"), max_length=80)
    checklist = models.CharField(
        _("By which list"), max_length=16, choices=[(name, one.label) for name, one in CHECKLISTS.items()]
    )
    kinds = ArrayField(models.CharField(max_length=24, choices=[*UnitKind.choices, *Trade.choices]), default=list)
    until = models.DateField(_("Until when"))
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    duty_path = models.CharField(max_length=200)
    government_path = models.CharField(max_length=200, blank=True, default="")
    planned_by = models.UUIDField(null=True)
    planned_at = models.DateTimeField()

    data_map = (
        every(TECHNICAL, "id", "duty_path", "government_path")
        | every(PUBLIC, "name", "checklist", "kinds", "until", "area")
        | every(STAFF, "planned_by", "planned_at")
    )

    def __str__(self) -> str:
        return self.name


class Premises(models.Model):
    """One place of a sweep. `lacking` are the lines of the list that were not in order; each led to a hazard.

    What was published stays readable; withdrawn, it stays with its reason and without its findings.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sweep = models.ForeignKey(Sweep, on_delete=models.CASCADE, related_name="premises")
    name = models.CharField(max_length=120)
    place_text = models.CharField(max_length=300)
    lon = models.FloatField()
    lat = models.FloatField()
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.UUIDField(null=True, blank=True)
    seen_with = models.UUIDField(null=True, blank=True)
    lacking = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    hazards = ArrayField(models.UUIDField(), default=list, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=200, blank=True, default="")

    data_map = every(TECHNICAL, "id", "sweep", "hazards") | every(
        PUBLIC, "name", "place_text", "lon", "lat", "lacking", "published_at", "withdrawn_at", "withdrawn_why"
    ) | every(STAFF, "seen_at", "seen_by", "seen_with")  # fmt: skip

    class Meta:
        verbose_name_plural = "premises"
        constraints = [models.UniqueConstraint(fields=["sweep", "name", "place_text"], name="premises_once_in_a_sweep")]

    def __str__(self) -> str:
        return self.name
