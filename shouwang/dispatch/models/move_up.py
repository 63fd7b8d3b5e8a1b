"""Move-ups: when crews are gone from a ground, others are proposed to stand elsewhere. A person decides."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import PUBLIC, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.duty.models import Shift, Unit
from shouwang.places.models import Area


class MoveUpState(models.TextChoices):
    PROPOSED = "proposed", _("Move proposed")
    SENT = "sent", _("Crew told to move")
    REFUSED = "refused", _("Move refused")
    PASSED = "passed", _("Move no longer needed")


class MoveUp(models.Model):
    """One crew and where it should stand, why, and what came of it.

    homes    households that would be within the promised minutes again
    before   share of the homes of the ground in time as it stood; after: with all moves of the same proposal
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")  # the ground with the hole
    duty_path = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="move_ups")
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="+")
    lon = models.FloatField()
    lat = models.FloatField()
    place_text = models.CharField(max_length=200)
    seconds = models.PositiveIntegerField()
    homes = models.PositiveIntegerField()
    before = models.FloatField()
    after = models.FloatField()
    state = models.CharField(max_length=8, choices=MoveUpState.choices, default=MoveUpState.PROPOSED)
    proposed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.UUIDField(null=True)
    reason = models.CharField(max_length=120, blank=True, default="")

    data_map = every(TECHNICAL, "id", "duty_path", "seconds", "homes", "before", "after") | every(
        PUBLIC, "area", "lon", "lat", "place_text"
    ) | every(STAFF, "unit", "shift", "state", "proposed_at", "settled_at", "settled_by", "reason")  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=models.Q(state="proposed"), name="move_up_one_open_per_unit"
            )
        ]
        indexes = [models.Index(fields=["duty_path", "proposed_at"], name="move_up_of")]

    @property
    def before_percent(self) -> str:
        return f"{self.before:.0%}"

    @property
    def after_percent(self) -> str:
        return f"{self.after:.0%}"

    def __str__(self) -> str:
        return f"{self.unit_id} → {self.place_text} ({self.state})"
