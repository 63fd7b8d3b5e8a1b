"""Free layers: ground drawn over the areas of responsibility, such as patrol sectors. They never give access."""

from __future__ import annotations

from django.db import models

from shouwang.core.datamap import PUBLIC, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.places.models.area import Area, Tier


class FreeLayer(models.Model):
    """A layer with a name, drawn over the ground of one office and read by whoever works there.

    Its areas are `Area` rows of the layer `free` and of its `tier` (sectors or beats), without paths: no post stands
    on one, nothing is answered for by one, and a re-cut leaves them alone.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=80)
    tier = models.CharField(max_length=12, choices=[(one, one.label) for one in (Tier.SECTOR, Tier.BEAT)])
    ground = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="free_layers")
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    data_map = every(TECHNICAL, "id") | every(PUBLIC, "name", "tier", "ground", "made_at", "retired_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ground", "name"],
                condition=models.Q(retired_at=None),
                name="free_layer_name_once_on_its_ground",
            )
        ]

    def __str__(self) -> str:
        return self.name


class FreeArea(models.Model):
    """Which free layer an area belongs to, for good."""

    area = models.OneToOneField(Area, on_delete=models.PROTECT, primary_key=True, related_name="free_area")
    layer = models.ForeignKey(FreeLayer, on_delete=models.PROTECT, related_name="members")

    data_map = every(TECHNICAL, "area", "layer")

    def __str__(self) -> str:
        return f"{self.layer_id} {self.area_id}"
