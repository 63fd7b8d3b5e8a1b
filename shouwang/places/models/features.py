"""What the base map draws, what can be found by name, and the road graph. One loaded ground at a time."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models
from django.db.models import F, Func

from shouwang.core.datamap import PUBLIC, TECHNICAL, every
from shouwang.core.ids import new_id


def _point(x: str, y: str) -> Func:
    return Func(F(x), F(y), function="point")


_BOX = Func(_point("west", "south"), _point("east", "north"), function="box")  # PostgreSQL's own type, for GiST


class GroundLoad(models.Model):
    """One loading of ground from one source; the newest is the one in use. `roads` are the graph's arrays (npz)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.CharField(max_length=200)
    digest = models.BinaryField(unique=True)
    loaded_at = models.DateTimeField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    roads = models.BinaryField()
    n_features = models.PositiveIntegerField(default=0)
    n_addresses = models.PositiveIntegerField(default=0)

    data_map = every(TECHNICAL, "id", "digest", "loaded_at", "n_features", "n_addresses") | every(
        PUBLIC, "source", "west", "south", "east", "north", "roads"
    )

    def __str__(self) -> str:
        return self.source


class MapFeature(models.Model):
    """One thing on the base map. west … north are its box, for tiles."""

    id = models.BigAutoField(primary_key=True)
    load = models.ForeignKey(GroundLoad, on_delete=models.CASCADE, related_name="features")
    layer = models.CharField(max_length=12)
    kind = models.CharField(max_length=24)
    name = models.CharField(max_length=120, blank=True, default="")
    geometry = models.JSONField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()

    data_map = every(TECHNICAL, "id", "load") | every(
        PUBLIC, "layer", "kind", "name", "geometry", "west", "south", "east", "north"
    )

    class Meta:
        indexes = [
            models.Index(fields=["load", "layer"], name="map_feature_layer"),
            GistIndex(_BOX, name="map_feature_box"),
        ]


class FoundPlace(models.Model):
    """Something that can be found by words: a standard address, a named place, a crossing.

    The row of an address has the address's own id and no load: it outlives the ground it came with.
    `grams` are the single characters and pairs of `searched` (name, full text, aliases, half-width, no spaces).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    load = models.ForeignKey(GroundLoad, on_delete=models.CASCADE, null=True, blank=True, related_name="places")
    kind = models.CharField(max_length=24)  # C5 identifier for addresses; street, crossing, or the kind of a site
    is_address = models.BooleanField(default=False)
    name = models.CharField(max_length=120)
    full_text = models.CharField(max_length=200)
    aliases = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")
    lon = models.FloatField()
    lat = models.FloatField()
    households = models.PositiveIntegerField(default=0)
    made = models.BooleanField(default=False)  # a door number made by the generator, not by a town
    searched = models.TextField(blank=True, default="")
    grams = ArrayField(models.CharField(max_length=2), default=list, blank=True)

    data_map = every(TECHNICAL, "id", "load", "searched", "grams") | every(
        PUBLIC, "kind", "is_address", "name", "full_text", "aliases", "parent", "lon", "lat", "households", "made"
    )

    class Meta:
        indexes = [
            GinIndex(fields=["grams"], name="found_place_grams"),
            models.Index(fields=["kind"], name="found_place_kind"),
        ]

    def __str__(self) -> str:
        return self.full_text
