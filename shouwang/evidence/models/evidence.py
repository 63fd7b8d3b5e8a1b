"""Evidence: a photo or a recording that belongs to a matter."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import MATTER, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id


class EvidenceKind(models.TextChoices):
    PHOTO = "photo", _("Photo")
    AUDIO = "audio", _("Recording")


class EvidenceState(models.TextChoices):
    RECEIVED = "received", _("Received, the copy is being made")
    SHOWN = "shown", _("Copy ready")
    UNREADABLE = "unreadable", _("Kept as received; no copy could be made")
    DESTROYED = "destroyed", _("Destroyed")


class Evidence(models.Model):
    """One file as somebody gave it: what it is, where and when it was taken, and how its copy is to look.

    `matter` is a key without foreign key (matters stand higher). `sender` is the person or the grant that gave it;
    a party sees only what he gave himself. `sha256` is of the file as received, and stands in the journal entry.
    `taken_*` come from the file's own metadata: what the device claims, for those who handle the matter.
    `boxes` are to be blurred in every copy: [left, top, right, bottom] as shares of width and height.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=8, choices=EvidenceKind.choices)
    content_type = models.CharField(max_length=40)
    sha256 = models.BinaryField(max_length=32)
    size = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=EvidenceState.choices, default=EvidenceState.RECEIVED)
    sender = models.UUIDField(null=True, blank=True)
    from_party = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_lon = models.FloatField(null=True, blank=True)
    taken_lat = models.FloatField(null=True, blank=True)
    boxes = models.JSONField(default=list, blank=True)

    data_map = every(TECHNICAL, "id", "state") | every(
        MATTER, "matter", "kind", "content_type", "sha256", "size", "from_party", "added_at", "taken_at", "taken_lon",
        "taken_lat", "boxes",
    ) | every(STAFF, "sender")  # fmt: skip

    class Meta:
        verbose_name_plural = "evidence"
        indexes = [models.Index(fields=["sender", "added_at"], name="evidence_of_sender")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
