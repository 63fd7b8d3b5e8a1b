"""Keepings: a matter keeps the tracks of its units beyond 30 days: asked for by one, agreed by another, for a term."""

from __future__ import annotations

from django.contrib.postgres.fields import DateTimeRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.utils.translation import pgettext_lazy

from shouwang.core.datamap import SECRET, STAFF, TECHNICAL, FieldUse, every
from shouwang.core.ids import new_id

KEPT_TRACK = FieldUse("sensitive", "what a matter keeps of a track", "statutory_duty", "register", "see")


class KeepingState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("track", "waits for a decision")
    KEPT = "kept", pgettext_lazy("track", "kept")
    REFUSED = "refused", pgettext_lazy("track", "refused")
    ENDED = "ended", pgettext_lazy("track", "over, destroyed")


class TrackKeeping(models.Model):
    """One matter, one reason, one term. `kept_to`: what is older was archived already."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.UUIDField()
    reason = models.CharField(max_length=120)
    term_days = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=7, choices=KeepingState.choices, default=KeepingState.ASKED)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    retain_until = models.DateField(null=True)
    kept_to = models.DateTimeField(null=True)

    data_map = every(TECHNICAL, "id", "kept_to") | every(
        STAFF, "matter", "reason", "term_days", "state", "asked_by", "asked_at", "decided_by", "decided_at",
        "retain_until",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=models.Q(state__in=["asked", "kept"]), name="track_keeping_one_of_a_matter"
            ),
            models.CheckConstraint(
                condition=~models.Q(decided_by=models.F("asked_by")), name="track_keeping_decided_by_another"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="kept") | models.Q(decided_by__isnull=False, retain_until__isnull=False),
                name="track_keeping_has_a_term",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter} ({self.state})"


class KeptStretch(models.Model):
    """Which unit was on that matter, and when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    keeping = models.ForeignKey(TrackKeeping, on_delete=models.CASCADE, related_name="stretches")
    unit = models.UUIDField()
    during = DateTimeRangeField()

    data_map = every(TECHNICAL, "id", "keeping") | every(STAFF, "unit", "during")

    class Meta:
        verbose_name_plural = "kept stretches"
        indexes = [models.Index(fields=["unit"], name="kept_stretch_unit"),
                   GistIndex(fields=["during"], name="kept_stretch_during")]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.unit} {self.during}"


class TrackArchive(models.Model):
    """What was taken of one unit before its day was dropped: a Parquet file, sealed. `sha256` is of the file itself."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    keeping = models.ForeignKey(TrackKeeping, on_delete=models.PROTECT, related_name="archives")
    unit = models.UUIDField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    n_fixes = models.PositiveIntegerField()
    sha256 = models.BinaryField(max_length=32)
    size = models.PositiveIntegerField()
    stored = models.BinaryField(max_length=32, unique=True)
    wrapped_key = models.BinaryField()
    kept_at = models.DateTimeField()

    data_map = every(TECHNICAL, "id", "keeping", "sha256", "size", "stored", "kept_at") | every(
        KEPT_TRACK, "unit", "starts_at", "ends_at", "n_fixes"
    ) | every(SECRET, "wrapped_key")  # fmt: skip

    def __str__(self) -> str:
        return f"{self.n_fixes} fixes of {self.unit}"

    @property
    def fingerprint(self) -> str:
        return bytes(self.sha256).hex()
