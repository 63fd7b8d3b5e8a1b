"""A batch: one file on its way into a register, and back out if that was wrong."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.core.datamap import STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.places.models import Area


class SheetKind(models.TextChoices):
    ADDRESSES = "addresses", _("Standard addresses")
    DWELLINGS = "dwellings", pgettext_lazy("register", "Dwellings")
    RESIDENTS = "residents", pgettext_lazy("register", "Residents and where they live")
    ORGANISATIONS = "organisations", pgettext_lazy("register", "Organisations")
    DECLARATIONS = "declarations", pgettext_lazy("register", "Declarations")


class BatchState(models.TextChoices):
    UPLOADED = "uploaded", pgettext_lazy("batch", "Columns to be confirmed")
    CHECKING = "checking", pgettext_lazy("batch", "Being looked over")
    CHECKED = "checked", pgettext_lazy("batch", "Looked over, nothing changed yet")
    TAKING = "taking", pgettext_lazy("batch", "Being taken over")
    TAKEN = "taken", pgettext_lazy("batch", "Taken over")
    UNDOING = "undoing", pgettext_lazy("batch", "Being undone")
    UNDONE = "undone", pgettext_lazy("batch", "Undone")
    DROPPED = "dropped", pgettext_lazy("batch", "Dropped, nothing was changed")
    FAILED = "failed", pgettext_lazy("batch", "Stopped")


WORKING = (BatchState.CHECKING, BatchState.TAKING, BatchState.UNDOING)


class Batch(models.Model):
    """One file, its columns, how far it is, and counts. What stands in the file is in `Part`, which no page reads.

    paths     the ground of whoever brought it: lines outside are refused
    columns   key → place, as confirmed; the next file with the same headings begins with it
    n_done    lines worked on in this state, of n_lines
    counts    new, known (it is there already), faulty, left (undo left it, since somebody worked on it)
    language  in which what is wrong is written
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=16, choices=SheetKind.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    paths = ArrayField(models.CharField(max_length=200))
    file_name = models.CharField(max_length=120)
    n_bytes = models.BigIntegerField()
    headings = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.UPLOADED)
    n_lines = models.PositiveIntegerField(default=0)
    n_done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    problem = models.CharField(max_length=300, blank=True, default="")
    language = models.CharField(max_length=10, default="zh-hans")
    asked_by = models.UUIDField(null=True, db_index=True)
    asked_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    data_map = every(
        TECHNICAL, "id", "kind", "area", "paths", "n_bytes", "headings", "columns", "state", "n_lines", "n_done",
        "counts", "problem", "language",
    ) | every(STAFF, "file_name", "asked_by", "asked_at", "checked_at", "taken_at", "undone_at")  # fmt: skip

    class Meta:
        verbose_name_plural = "batches"
        indexes = [models.Index(fields=["area", "-asked_at"], name="batch_of_area")]

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"

    @property
    def works(self) -> bool:
        return self.state in WORKING
