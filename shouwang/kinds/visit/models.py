"""Wishes to be visited: given by the person, for a time, and taken back at once when he says so."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import PUBLIC, STAFF, TECHNICAL, FieldUse, every
from shouwang.core.ids import new_id
from shouwang.core.window import Window
from shouwang.kinds.visit.words import NEEDS
from shouwang.places.models import Area

ASKED = FieldUse("sensitive", "visiting somebody who asked for it", "consent", "ticket", "see_correct_erase")


class Wish(models.Model):
    """Somebody asked to be looked in on. Who it is stands in the registry; here is only where, how often, until when.

    identity  key of what the person told about himself      code_hash  of the code he says to whoever comes
    next_on   when the next visit is due                     matter     the visit that is open now
    home_from, home_until   hours within which the person is there; empty: any
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    identity = models.UUIDField()
    need = models.CharField(_("Need"), max_length=12, choices=list(NEEDS.items()))
    every_days = models.PositiveSmallIntegerField(_("Every how many days"))
    agreed_on = models.DateField()
    ends_on = models.DateField(_("Until when"))
    next_on = models.DateField()
    home_from = models.TimeField(_("At home from"), null=True, blank=True)
    home_until = models.TimeField(_("At home until"), null=True, blank=True)
    place_text = models.CharField(max_length=300)
    lon = models.FloatField()
    lat = models.FloatField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    duty_path = models.CharField(max_length=200)
    government_path = models.CharField(max_length=200, blank=True, default="")
    code_hash = models.BinaryField(max_length=32)
    noted_by = models.UUIDField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    matter = models.UUIDField(null=True, blank=True)

    data_map = (
        every(TECHNICAL, "id", "duty_path", "government_path", "matter", "code_hash")
        | every(
            ASKED, "identity", "need", "every_days", "agreed_on", "ends_on", "next_on", "home_from", "home_until",
            "place_text", "lon", "lat", "revoked_at",
        )
        | every(PUBLIC, "area")
        | every(STAFF, "noted_by")
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(every_days__range=(1, 365)), name="wish_interval"),
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("agreed_on")), name="wish_ends_after"),
        ]
        indexes = [models.Index(fields=["next_on"], condition=models.Q(revoked_at__isnull=True), name="wish_due")]

    @property
    def at_home(self) -> Window:
        return Window(self.home_from, self.home_until)

    def __str__(self) -> str:
        return f"wish {self.id}"  # never whose or where: this ends up in logs


class Device(models.Model):
    """A capture device of an office. What it takes goes to the certificate system and nowhere else."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("Name"), max_length=40)
    serial = models.CharField(_("Number on the device"), max_length=40, unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    duty_path = models.CharField(max_length=200)
    government_path = models.CharField(max_length=200, blank=True, default="")
    active = models.BooleanField(default=True)

    data_map = every(TECHNICAL, "id", "duty_path", "government_path") | every(
        PUBLIC, "name", "serial", "area", "active"
    )

    def __str__(self) -> str:
        return f"{self.name} · {self.serial}"


class Outing(models.Model):
    """A device out for one visit. It is back only once somebody looked that nothing stayed on it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="outings")
    matter = models.UUIDField()
    out_at = models.DateTimeField()
    out_by = models.UUIDField(null=True)
    back_at = models.DateTimeField(null=True, blank=True)
    back_by = models.UUIDField(null=True, blank=True)
    emptied = models.BooleanField(default=False)

    data_map = every(TECHNICAL, "id", "matter") | every(
        STAFF, "device", "out_at", "out_by", "back_at", "back_by", "emptied"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["device"], condition=models.Q(back_at__isnull=True), name="device_out_once"
            ),
            models.CheckConstraint(
                condition=models.Q(back_at__isnull=True) | models.Q(emptied=True), name="device_back_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.device_id} {self.out_at:%Y-%m-%d}"
