"""Check-ins: somebody alone or at night says in good time that he is well; silence is heard at the desk."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from shouwang.core.datamap import PUBLIC, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.duty.models.shift import Shift
from shouwang.duty.models.unit import Unit
from shouwang.people.models import Person
from shouwang.places.models import Area


class CheckInWhy(models.TextChoices):
    OWN = "own", pgettext_lazy("check-in", "started by oneself")
    LONE = "lone", pgettext_lazy("check-in", "alone on the unit")
    NIGHT = "night", pgettext_lazy("check-in", "night work")
    ORDER = "order", pgettext_lazy("check-in", "ordered")
    ASKED = "asked", pgettext_lazy("check-in", "asked once, since nothing moved")


class CheckIn(models.Model):
    """One running timer of one person on one shift. Kept with the shift: it shows that somebody looked after him.

    due_at      by when he says that he is well; each time he does, it moves on by `every_s`
    missed_at   since when the desk has heard of his silence
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="check_ins")
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="check_ins")
    why = models.CharField(max_length=5, choices=CheckInWhy.choices)
    every_s = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    data_map = every(TECHNICAL, "id") | every(
        STAFF, "person", "unit", "shift", "why", "every_s", "started_at", "due_at", "answered_at", "missed_at",
        "escalated_at", "ended_at",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ended_at__isnull=True), name="check_in_one_running"
            )
        ]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(ended_at__isnull=True), name="check_in_due")]

    def __str__(self) -> str:
        return f"{self.person_id} until {self.due_at}"


class CheckInRule(models.Model):
    """When timers begin by themselves on the ground of an office; 0 minutes: not at all."""

    area = models.OneToOneField(Area, on_delete=models.PROTECT, primary_key=True, related_name="+")
    lone_min = models.PositiveSmallIntegerField(default=0)
    night_min = models.PositiveSmallIntegerField(default=0)
    set_at = models.DateTimeField()
    set_by = models.UUIDField(null=True)

    data_map = every(PUBLIC, "area", "lone_min", "night_min") | every(STAFF, "set_at", "set_by")

    def __str__(self) -> str:
        return f"{self.area_id}: {self.lone_min}/{self.night_min}"
