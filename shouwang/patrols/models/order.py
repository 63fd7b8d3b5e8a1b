"""A patrol order: a piece of ground, a window, one sworn lead, shifts, and places that must be seen."""

from __future__ import annotations

import datetime as dt

from django.db import models

from shouwang.core.clock import local_date
from shouwang.core.datamap import PUBLIC, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.patrols.models.kinds import Cover, Half, Kind, Mode, State
from shouwang.patrols.models.series import Series
from shouwang.people.models import Person
from shouwang.places.models import Area


class Order(models.Model):
    """`ground` answers for it; `beat`, where one is named, is an area of a free layer.

    `on` is its start date, over midnight too (CAL-11). `version` rises with each act: whoever acts on an older one is
    told so. `risk`: volunteers need insurance and training (VOL-02).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=60)
    ground = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    beat = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    duty_path = models.CharField(max_length=200)
    government_path = models.CharField(max_length=200, blank=True, default="")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.ORDINARY)
    mode = models.CharField(max_length=8, choices=Mode.choices, default=Mode.FOOT)
    cover = models.CharField(max_length=8, choices=Cover.choices, default=Cover.BASE)
    on = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    lead = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="patrols_led")
    channel = models.CharField(max_length=60)
    task = models.CharField(max_length=200, blank=True, default="")
    risk = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    why = models.CharField(max_length=200, blank=True, default="")  # not held: the reason; reviewed: what was learnt
    series = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, blank=True, related_name="orders")
    version = models.PositiveIntegerField(default=1)
    planned_by = models.UUIDField(null=True)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    began_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    data_map = every(TECHNICAL, "id", "duty_path", "government_path", "version", "series") | every(
        STAFF, "name", "ground", "beat", "kind", "mode", "cover", "on", "starts_at", "ends_at", "lead", "channel",
        "task", "risk", "state", "why", "planned_by", "changed_by", "began_at", "closed_at",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_at__lt=models.F("ends_at")), name="patrol_ends_after_it_starts"
            ),
            models.UniqueConstraint(fields=["series", "on"], name="patrol_one_an_evening"),
        ]
        indexes = [
            models.Index(fields=["-starts_at"], name="patrol_starts"),
            models.Index(fields=["duty_path"], name="patrol_duty_path", opclasses=["text_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"

    @property
    def over_midnight(self) -> bool:
        return local_date(self.ends_at - dt.timedelta(seconds=1)) != self.on


class Leg(models.Model):
    """One shift of an order. An ordinary order has one; a whole night has several, each with its own people."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="legs")
    place = models.PositiveSmallIntegerField()
    half = models.CharField(max_length=6, choices=Half.choices, default=Half.WHOLE)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    data_map = every(TECHNICAL, "id", "order") | every(STAFF, "place", "half", "starts_at", "ends_at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "place"], name="leg_one_in_its_place")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.place}"


class Point(models.Model):
    """A place that must be seen. With `stay_minutes` one stands there; `code` is what its sign says (PAT-04).

    `of_beat`: the point of a beat that it is; the plate of that beat is its sign, too.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="points")
    place = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=60)
    place_text = models.CharField(max_length=300)
    lon = models.FloatField()
    lat = models.FloatField()
    stay_minutes = models.PositiveSmallIntegerField(default=0)
    code = models.CharField(max_length=8)
    of_beat = models.UUIDField(null=True, blank=True)

    data_map = every(TECHNICAL, "id", "order", "code", "of_beat") | every(
        PUBLIC, "place", "label", "place_text", "lon", "lat", "stay_minutes"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "place"], name="point_one_in_its_place"),
            models.UniqueConstraint(fields=["code"], name="point_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.label}"
