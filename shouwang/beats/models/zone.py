"""Night-economy zones: hours, venues and taxi ranks, and what is to be done there by whom (S-PAT-025)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.core.datamap import PUBLIC, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.matters.models import Matter
from shouwang.places.models import Area


class NightZone(models.Model):
    """A piece of ground that is busy at night, between `begins` and `ends`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(pgettext_lazy("beat", "Name"), max_length=60)
    ground = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    duty_path = models.CharField(max_length=200)
    government_path = models.CharField(max_length=200, blank=True, default="")
    boundary = models.JSONField()
    begins = models.TimeField()
    ends = models.TimeField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    data_map = every(TECHNICAL, "id", "duty_path", "government_path") | every(
        PUBLIC, "name", "ground", "boundary", "begins", "ends"
    ) | every(STAFF, "made_at", "ended_at")  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ground", "name"], condition=models.Q(ended_at=None), name="night_zone_named_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ZonePlaceKind(models.TextChoices):
    VENUE = "venue", _("Venue")
    RANK = "rank", _("Taxi rank")
    STALLS = "stalls", _("Food stalls")


class ZonePlace(models.Model):
    """A venue, a taxi rank or a row of stalls in a zone. `closes`: when its people come out."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    zone = models.ForeignKey(NightZone, on_delete=models.CASCADE, related_name="places")
    kind = models.CharField(max_length=6, choices=ZonePlaceKind.choices)
    name = models.CharField(max_length=60)
    lon = models.FloatField()
    lat = models.FloatField()
    closes = models.TimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    data_map = every(TECHNICAL, "id", "zone") | every(PUBLIC, "kind", "name", "lon", "lat", "closes") | every(
        STAFF, "ended_at"
    )  # fmt: skip

    class Meta:
        ordering = ("kind", "name")

    def __str__(self) -> str:
        return self.name


class TaskKind(models.TextChoices):
    PATROL = "patrol", pgettext_lazy("zone", "Patrol")
    LIGHTING = "lighting", pgettext_lazy("zone", "Lighting")
    NOISE = "noise", pgettext_lazy("zone", "Noise")
    TRANSPORT = "transport", pgettext_lazy("zone", "Transport")


class ZoneTask(models.Model):
    """One line of a zone's plan. `matter` is the ticket at the right body; without one it waits as a draft."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    zone = models.ForeignKey(NightZone, on_delete=models.CASCADE, related_name="tasks")
    kind = models.CharField(max_length=9, choices=TaskKind.choices)
    text = models.CharField(max_length=200)
    body = models.CharField(max_length=60)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    noted_by = models.UUIDField(null=True)
    noted_at = models.DateTimeField()

    data_map = every(TECHNICAL, "id", "zone", "matter") | every(PUBLIC, "kind", "text", "body") | every(
        STAFF, "noted_by", "noted_at"
    )  # fmt: skip

    class Meta:
        ordering = ("noted_at",)

    def __str__(self) -> str:
        return self.text
