"""What recorders brought back: the record of an upload, never the files; and who looked at which record (BWC)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import ACCESS, STAFF, TECHNICAL, FieldUse, every
from shouwang.core.ids import new_id
from shouwang.duty.models.equipment import Item
from shouwang.duty.models.shift import Crew

RECORDED = FieldUse("staff", "shows that duty was recorded and the record is whole", "other_statute", "bwc", "see")


class Kept(models.TextChoices):
    """BWC-02. Everything but the first is kept for good."""

    ORDINARY = "ordinary", _("Six months")
    EVIDENCE = "evidence", _("For good: used as evidence")
    OBSTRUCTED = "obstructed", _("For good: enforcement was obstructed")
    MAJOR = "major", _("For good: major incident or crowd")
    GRAVE = "grave", _("For good: other grave or difficult call")


class Upload(models.Model):
    """One recorder, one person's time on a shift. `files`: name, sha256 and bytes of each; they lie in another store.

    by   who noted it; empty where the docking station did
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="uploads")
    crew = models.OneToOneField(Crew, on_delete=models.PROTECT, related_name="upload")
    files = models.JSONField()
    n_bytes = models.BigIntegerField()
    uploaded_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    kept = models.CharField(max_length=10, choices=Kept.choices, default=Kept.ORDINARY)

    data_map = every(TECHNICAL, "id") | every(STAFF, "by") | every(
        RECORDED, "item", "crew", "files", "n_bytes", "uploaded_at", "kept"
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["uploaded_at"], name="upload_at")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.uploaded_at}"


class UploadView(models.Model):
    """Somebody looked at the list of files. It outlives the record it is about."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    upload = models.UUIDField()
    person = models.UUIDField()
    at = models.DateTimeField()
    why = models.CharField(max_length=120)

    data_map = every(TECHNICAL, "id") | every(ACCESS, "upload", "person", "at", "why")

    class Meta:
        indexes = [models.Index(fields=["upload"], name="upload_view_of")]
