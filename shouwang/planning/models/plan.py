"""Plans: what was asked, what was read of the ground, what was proposed, what became of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import PUBLIC, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.places.models import Area


class PlanState(models.TextChoices):
    WAITING = "waiting", _("Waits for its turn")
    WORKING = "working", _("Being worked out")
    READY = "ready", _("Worked out")
    FAILED = "failed", _("Could not be worked out")
    DRAWN = "drawn", _("Made a draft")


class Plan(models.Model):
    """A proposal of grids for one community. It changes nothing; a chosen alternative becomes a draft of borders.

    limits        households of a grid from `lower` to `upper`, `fewest` to `most` grids, as asked for
    ground        `atoms` (shape, households, calls, premises, labels, today's grid), `edges`, `costs`
    alternatives  each with `kind`, `assignment`, `cost`, `bound`; those moved by hand are of the kind `hand`
    relaxed       limits that had to give, and which of them; empty where none had to
    reason        why it is drawn although it leaves the limits (S-GRD-006)
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="plans")
    preset = models.CharField(max_length=12)
    limits = models.JSONField()
    state = models.CharField(max_length=8, choices=PlanState.choices, default=PlanState.WAITING)
    progress = models.CharField(max_length=12, blank=True, default="")  # what is being worked on now
    problem = models.CharField(max_length=300, blank=True, default="")
    ground = models.JSONField(default=dict)
    alternatives = models.JSONField(default=list)
    relaxed = models.JSONField(default=dict)
    asked_by = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    chosen = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=300, blank=True, default="")
    cut = models.UUIDField(null=True)  # the draft of borders it became

    data_map = every(TECHNICAL, "id", "state", "progress", "problem", "chosen", "cut") | every(
        PUBLIC, "area", "preset", "limits", "ground", "alternatives", "relaxed", "reason"
    ) | every(STAFF, "asked_by", "asked_at", "ready_at")  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["area", "-asked_at"], name="plan_of_area")]

    def __str__(self) -> str:
        return f"{self.area} ({self.state})"
