"""Uploads on their way: parts that have arrived, so that a broken line goes on where it stopped."""

from __future__ import annotations

from django.db import models

from shouwang.core.datamap import SECRET, TECHNICAL, FieldUse, every
from shouwang.core.ids import new_id

PASSING = FieldUse("personal", "taking in a file part by part", "statutory_duty", "session", "none")


class Upload(models.Model):
    """A file announced by whoever sends it, under an id he made. It is gone when the evidence is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    size = models.PositiveIntegerField()
    sha256 = models.BinaryField(max_length=32)
    sender = models.UUIDField(null=True, blank=True)
    received = models.PositiveIntegerField(default=0)
    wrapped_key = models.BinaryField()
    begun_at = models.DateTimeField(db_index=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    data_map = every(TECHNICAL, "id") | every(SECRET, "wrapped_key") | every(
        PASSING, "size", "sha256", "sender", "received", "begun_at", "finished_at"
    )  # fmt: skip


class UploadPart(models.Model):
    """One part that lies sealed on disk, synced, before it was acknowledged."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="parts")
    offset = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    sha256 = models.BinaryField(max_length=32)
    stored = models.BinaryField(max_length=32)

    data_map = every(TECHNICAL, "id", "upload") | every(PASSING, "offset", "size", "sha256", "stored")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload", "offset"], name="upload_part_once")]
