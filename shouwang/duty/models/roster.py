"""Duty models, rosters made from them, and the turns of each person."""

from __future__ import annotations

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.core.datamap import PUBLIC, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.people.models import Person
from shouwang.places.models import Area


class DutyModel(models.Model):
    """How an office stands on duty. `slots` as `rosters.slots` reads them; `partners` act along, unrostered."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="duty_models")
    preset = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    partners = models.CharField(max_length=200, blank=True, default="")
    slots = models.JSONField()
    active = models.BooleanField(default=True)

    data_map = every(TECHNICAL, "id") | every(PUBLIC, "area", "preset", "name", "partners", "slots", "active")

    def __str__(self) -> str:
        return self.name


class RosterState(models.TextChoices):
    WAITING = "waiting", _("Waits for its turn")
    WORKING = "working", _("Being worked out")
    PROPOSED = "proposed", pgettext_lazy("roster", "Proposed")
    CONFLICT = "conflict", pgettext_lazy("roster", "Rules conflict")
    FAILED = "failed", _("Could not be worked out")
    IN_FORCE = "in_force", pgettext_lazy("roster", "In force")
    REPLACED = "replaced", pgettext_lazy("roster", "Replaced")


class Roster(models.Model):
    """Who is to be on duty from `first_on` for so many `days`. Only one in force counts, and it is told to everybody.

    slots      those of the model when it was asked for; the model may change since
    limits     `rest_h`, `nights`, `days`, `week_h`
    conflict   keys of the rules that exclude each other, as few as possible
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    model = models.ForeignKey(DutyModel, on_delete=models.PROTECT, related_name="rosters")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="rosters")
    first_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    slots = models.JSONField()
    limits = models.JSONField()
    state = models.CharField(max_length=8, choices=RosterState.choices, default=RosterState.WAITING)
    progress = models.CharField(max_length=60, blank=True, default="")  # best cost and bound so far
    proven = models.BooleanField(default=False)
    conflict = models.JSONField(default=list)
    asked_by = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    approved_by = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)

    data_map = every(TECHNICAL, "id", "state", "progress", "proven", "conflict") | every(
        PUBLIC, "model", "area", "first_on", "days", "slots", "limits"
    ) | every(STAFF, "asked_by", "asked_at", "ready_at", "approved_by", "approved_at")  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["area", "-first_on"], name="roster_of_area")]

    def __str__(self) -> str:
        return f"{self.area} {self.first_on} ({self.state})"


class Turn(models.Model):
    """One person's shift of a roster. `missed_at`: he did not come; `done` is what was done about it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="turns")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="turns")
    on = models.DateField()
    slot = models.CharField(max_length=8)
    during = DateTimeRangeField()
    by_hand = models.BooleanField(default=False)
    missed_at = models.DateTimeField(null=True)
    missed_by = models.UUIDField(null=True)
    done = models.CharField(max_length=200, blank=True, default="")

    data_map = every(TECHNICAL, "id", "roster", "by_hand") | every(
        STAFF, "person", "on", "slot", "during", "missed_at", "missed_by", "done"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["roster", "person", "on"], name="turn_one_a_day")]
        indexes = [models.Index(fields=["person", "on"], name="turn_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.on} {self.slot}"
