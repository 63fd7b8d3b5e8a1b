"""Mobilisation: everybody of an office is called to a place, and each answers for himself."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import pgettext_lazy

from shouwang.core.datamap import PUBLIC, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.people.models import Person
from shouwang.places.models import Area


class Answered(models.TextChoices):
    DESK = "desk", pgettext_lazy("mobilisation", "at the desk")
    PHONE = "phone", pgettext_lazy("mobilisation", "on the phone")
    TOLD = "told", pgettext_lazy("mobilisation", "told the lead")


class Mobilisation(models.Model):
    """An order to assemble. It holds until it is ended."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="mobilisations")
    duty_path = models.CharField(max_length=200)
    government_path = models.CharField(max_length=200, blank=True, default="")
    reason = models.CharField(max_length=300)
    place_text = models.CharField(max_length=120)
    assemble_at = models.DateTimeField()
    ordered_by = models.UUIDField(null=True)
    ordered_at = models.DateTimeField()
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    data_map = every(TECHNICAL, "id", "duty_path", "government_path") | every(
        PUBLIC, "area", "reason", "place_text", "assemble_at", "ended_at"
    ) | every(STAFF, "ordered_by", "ordered_at", "ended_by")  # fmt: skip

    def __str__(self) -> str:
        return f"{self.area_id} {self.assemble_at}"


class MobilisationCallQuerySet(models.QuerySet["MobilisationCall"]):
    def unanswered(self) -> MobilisationCallQuerySet:
        return self.filter(answered_at__isnull=True, exempted_at__isnull=True)

    def open(self, at: dt.datetime) -> MobilisationCallQuerySet:
        """Those that still wait for their person, of orders that hold."""
        return self.unanswered().filter(mobilisation__ended_at__isnull=True, mobilisation__ordered_at__lte=at)


class MobilisationCall(models.Model):
    """One person's call: acknowledged, or exempted with a reason, or still open; `chased` counts reminders."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mobilisation = models.ForeignKey(Mobilisation, on_delete=models.CASCADE, related_name="calls")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mobilised")
    answered_at = models.DateTimeField(null=True)
    answered_how = models.CharField(max_length=5, choices=Answered.choices, blank=True, default="")
    exempt_because = models.CharField(max_length=120, blank=True, default="")
    exempted_by = models.UUIDField(null=True)
    exempted_at = models.DateTimeField(null=True)
    chased = models.PositiveSmallIntegerField(default=0)
    chased_at = models.DateTimeField(null=True)

    objects = MobilisationCallQuerySet.as_manager()

    data_map = every(TECHNICAL, "id", "mobilisation") | every(
        STAFF, "person", "answered_at", "answered_how", "exempt_because", "exempted_by", "exempted_at", "chased",
        "chased_at",
    )  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mobilisation", "person"], name="mobilisation_calls_once")]
        indexes = [
            models.Index(
                fields=["person"], name="mobilisation_open", condition=models.Q(answered_at=None, exempted_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.mobilisation_id}"
