"""Pairs of residents who may be one person, what was said of each, and the way back."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import pgettext_lazy

from shouwang.core.datamap import STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.places.models import Area
from shouwang.registry.models.kept import REGISTER


class Judged(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("pair", "Waits for an officer")
    SAME = "same", pgettext_lazy("pair", "One person")
    DIFFERENT = "different", pgettext_lazy("pair", "Two persons")


class Pair(models.Model):
    """Two residents. No page reads this table: `pairs_waiting` counts, `open_pair` shows one of them, masked.

    area, other_area  the grids of the two sides: an officer of either judges
    likeness          how probable it is that they are one, as the job worked it out
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    left = models.UUIDField()
    right = models.UUIDField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    other_area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    likeness = models.FloatField()
    found_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=Judged.choices, default=Judged.WAITING)
    judged_at = models.DateTimeField(null=True)
    judged_by = models.UUIDField(null=True)

    data_map = (
        every(TECHNICAL, "id", "found_at", "state", "judged_at")
        | every(REGISTER, "left", "right", "area", "other_area", "likeness")
        | every(STAFF, "judged_by")
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["left", "right"], name="pair_once")]
        indexes = [models.Index(fields=["state", "area"], name="pair_waiting")]

    def __str__(self) -> str:
        return f"{self.left} · {self.right} ({self.state})"


class Merge(models.Model):
    """One person instead of two: what was moved and what was laid aside, so that they can be parted again.

    row         the columns of the one laid aside by which he was found, as they were
    residences  moved from him to the one kept
    ended       his residences that the other had as well, ended on that day
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    pair = models.OneToOneField(Pair, on_delete=models.CASCADE, related_name="merge")
    kept = models.UUIDField()
    aside = models.UUIDField()
    row = models.JSONField()
    residences = ArrayField(models.UUIDField())
    ended = ArrayField(models.UUIDField())
    at = models.DateTimeField()

    data_map = every(TECHNICAL, "id", "pair", "at") | every(REGISTER, "kept", "aside", "row", "residences", "ended")

    class Meta:
        indexes = [
            models.Index(fields=["aside"], name="merge_of_aside"),
            models.Index(fields=["kept"], name="merge_of"),
        ]

    def __str__(self) -> str:
        return f"{self.aside} → {self.kept}"
