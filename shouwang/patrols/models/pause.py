"""A crew that a call pulled off its patrol, and the way over what was left that was proposed when it was free again."""

from __future__ import annotations

from django.db import models

from shouwang.core.datamap import STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.duty.models import Unit
from shouwang.matters.models import Matter
from shouwang.patrols.models.order import Order


class Pause(models.Model):
    """One unit of one patrol, away at one call. `route`: the way proposed afterwards, where places were left."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="pauses")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    route = models.UUIDField(null=True, blank=True)

    data_map = every(TECHNICAL, "id", "order", "route") | every(STAFF, "unit", "matter", "began_at", "ended_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "unit"], condition=models.Q(ended_at=None), name="pause_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.unit_id}"
