"""Exports: the record of one matter as a signed bundle, made by one person for a purpose; and the keys they bear."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from shouwang.core.datamap import ACCESS, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.matters.models import Matter


class Export(models.Model):
    """That it was made. The bundle itself is handed over and kept nowhere.

    units    whose way is in it; their crews were told       sha256  of the manifest that was signed
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    purpose = models.CharField(max_length=12)
    reason = models.CharField(max_length=120)
    units = ArrayField(models.UUIDField())
    n_entries = models.PositiveIntegerField()
    n_fixes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()

    data_map = every(TECHNICAL, "id", "n_entries", "n_fixes", "sha256") | every(
        ACCESS, "matter", "starts_at", "ends_at", "purpose", "reason", "units", "made_by", "made_at"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gte=models.F("starts_at")), name="export_ends_after")
        ]
        indexes = [models.Index(fields=["matter", "-made_at"], name="export_of_matter")]


class ExportKey(models.Model):
    """The public half of a key that exports bear, as it is published: `name+hash+key`. Never removed."""

    key = models.CharField(primary_key=True, max_length=200)
    since = models.DateTimeField()

    data_map = every(TECHNICAL, "key", "since")
