"""A round: one person's stops of one day, in walking order. It says where he is expected, never where he was."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.clock import SHANGHAI
from shouwang.core.datamap import MATTER, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.core.window import Window
from shouwang.people.models import Person
from shouwang.places.models import Area


class Outcome(models.TextChoices):
    DONE = "done", _("Done on the spot")
    NOBODY = "nobody", _("Nobody was there")
    LATER = "later", _("Left for another day")


class Round(models.Model):
    """One person, one day. `metres` and `minutes` are the way as planned; `left_out` is how many did not fit."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    on = models.DateField()
    walker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="rounds")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    duty_path = models.CharField(max_length=200)
    government_path = models.CharField(max_length=200, blank=True, default="")
    starts_at = models.DateTimeField()
    lon = models.FloatField()
    lat = models.FloatField()
    metres = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField()
    left_out = models.PositiveSmallIntegerField(default=0)
    planned_by = models.UUIDField(null=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    data_map = every(TECHNICAL, "id", "duty_path", "government_path") | every(
        STAFF, "on", "walker", "area", "starts_at", "lon", "lat", "metres", "minutes", "left_out", "planned_by",
        "begun_at", "ended_at",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(begun_at__lte=models.F("ended_at")),
                name="round_ends_after_it_began",
            )
        ]
        indexes = [models.Index(fields=["walker", "-on"], name="round_of_walker")]

    def __str__(self) -> str:
        return f"{self.on} {self.walker}"


class Stop(models.Model):
    """Where to go and what for. It repeats place and kind of its matter, so that a walker needs to see no more.

    opens_at, closes_at   within which somebody is there; empty: at any hour
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="stops")
    place = models.PositiveSmallIntegerField()
    matter = models.UUIDField()
    kind = models.CharField(max_length=24)
    subkind = models.CharField(max_length=40, blank=True, default="")
    number = models.PositiveIntegerField()
    place_text = models.CharField(max_length=300)
    lon = models.FloatField()
    lat = models.FloatField()
    expected_at = models.DateTimeField()
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    booked = models.BooleanField(default=False)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True, default="")
    remark = models.CharField(max_length=200, blank=True, default="")
    done_at = models.DateTimeField(null=True, blank=True)

    data_map = every(TECHNICAL, "id", "round", "place", "matter") | every(
        MATTER, "kind", "subkind", "number", "place_text", "lon", "lat", "remark"
    ) | every(STAFF, "expected_at", "opens_at", "closes_at", "booked", "outcome", "done_at")  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "place"], name="stop_one_in_its_place")]
        indexes = [models.Index(fields=["matter"], name="stop_of_matter")]

    @property
    def hours(self) -> Window:
        """Within which hours somebody is there."""
        opens, closes = (one.astimezone(SHANGHAI).time() if one else None for one in (self.opens_at, self.closes_at))
        return Window(opens, closes)

    def __str__(self) -> str:
        return f"{self.place} {self.place_text}"
