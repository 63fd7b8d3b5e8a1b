"""Files on disk: each sealed under a key of its own, and that key under the ring. Destroying the key destroys it."""

from __future__ import annotations

from django.db import models

from shouwang.core.datamap import MATTER, SECRET, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.evidence.models.evidence import Evidence


class SealedFile(models.Model):
    """`stored` is the SHA-256 of the file as it lies on disk, and its name there: checkable without any key."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    stored = models.BinaryField(max_length=32, unique=True)
    wrapped_key = models.BinaryField()
    size = models.PositiveIntegerField()  # opened
    kept_at = models.DateTimeField()

    class Meta:
        abstract = True


class Original(SealedFile):
    """The file exactly as received; opened only by a named act with a reason."""

    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="original")

    data_map = every(TECHNICAL, "id", "stored", "size", "kept_at", "evidence") | every(SECRET, "wrapped_key")


class CopyForm(models.TextChoices):
    SHOWN = "shown", "shown"
    SMALL = "small", "small"


class Copy(SealedFile):
    """What everybody sees: made anew from the picture or the sound alone, without metadata, blurred where asked."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="copies")
    form = models.CharField(max_length=8, choices=CopyForm.choices)
    content_type = models.CharField(max_length=40)

    data_map = every(TECHNICAL, "id", "stored", "size", "kept_at", "evidence", "form") | every(
        SECRET, "wrapped_key"
    ) | every(MATTER, "content_type")  # fmt: skip

    class Meta:
        verbose_name_plural = "copies"
        constraints = [models.UniqueConstraint(fields=["evidence", "form"], name="evidence_one_copy_of_each_form")]
