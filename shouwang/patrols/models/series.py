"""Patrols that come back every evening, and who takes turns in leading them."""

from __future__ import annotations

import datetime as dt

from django.db import models

from shouwang.core.datamap import STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.patrols.models.kinds import Cover, Half, Kind, Mode
from shouwang.people.models import Person
from shouwang.places.models import Area


class Series(models.Model):
    """One order an evening. With `halves` it has two shifts that change over at `change_at`; times are of Shanghai."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=60)
    ground = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    beat = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    duty_path = models.CharField(max_length=200)
    government_path = models.CharField(max_length=200, blank=True, default="")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    mode = models.CharField(max_length=8, choices=Mode.choices)
    cover = models.CharField(max_length=8, choices=Cover.choices)
    begins = models.TimeField(default=dt.time(20, 0))
    ends = models.TimeField(default=dt.time(6, 0))
    halves = models.BooleanField(default=False)
    change_at = models.TimeField(default=dt.time(0, 30))  # PAT-05: each place sets its own
    channel = models.CharField(max_length=60)
    task = models.CharField(max_length=200, blank=True, default="")
    first_on = models.DateField()
    last_on = models.DateField(null=True, blank=True)
    set_by = models.UUIDField(null=True)

    data_map = every(TECHNICAL, "id", "duty_path", "government_path") | every(
        STAFF, "name", "ground", "beat", "kind", "mode", "cover", "begins", "ends", "halves", "change_at", "channel",
        "task", "first_on", "last_on", "set_by",
    )  # fmt: skip

    class Meta:
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.name


class Rota(models.Model):
    """Who takes turns, by `place`: as the sworn lead of the evening (`half` empty), or in one half of the night."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="rota")
    half = models.CharField(max_length=6, choices=Half.choices, blank=True, default="")
    place = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    data_map = every(TECHNICAL, "id", "series") | every(STAFF, "half", "place", "person")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "half", "place"], name="rota_one_in_its_place")]

    def __str__(self) -> str:
        return f"{self.series_id} {self.half} {self.place}"
