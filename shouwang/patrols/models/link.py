"""Which special squad supports which station in which window, and who commands there: one at a time (S-PAT-007)."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models

from shouwang.core.datamap import STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.duty.models import Unit
from shouwang.people.models import Person
from shouwang.places.models import Area


class Link(models.Model):
    """A squad supports one station at a time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    squad = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    station = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    duty_path = models.CharField(max_length=200)
    government_path = models.CharField(max_length=200, blank=True, default="")
    during = DateTimeRangeField()
    channel = models.CharField(max_length=60)
    set_by = models.UUIDField(null=True)

    data_map = every(TECHNICAL, "id", "duty_path", "government_path") | every(
        STAFF, "squad", "station", "during", "channel", "set_by"
    )

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="link_one_station_at_a_time",
                expressions=[("squad", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return f"{self.squad_id} → {self.station_id}"


class Command(models.Model):
    """Who commands in a link, and from when: one open row at a time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="commands")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    data_map = every(TECHNICAL, "id", "link") | every(STAFF, "person", "since", "until")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["link"], condition=models.Q(until__isnull=True), name="command_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.link_id} {self.person_id}"
