"""What a batch holds while it is on its way: the file, its faults, its records to be, and what became of each line."""

from __future__ import annotations

from django.db import models

from shouwang.connections.sheets.models.batch import Batch
from shouwang.core.datamap import TECHNICAL, FieldUse, every
from shouwang.core.ids import new_id

ON_THE_WAY = FieldUse("sensitive", "taking a sheet over into a register", "statutory_duty", "sheet_content", "see")
WAY_BACK = FieldUse("technical", "undoing a batch, and knowing its lines again", "none", "sheet", "none")


class Part(models.Model):
    """A piece of the file, sealed. Pages put it here and cannot read it; it goes when the file was looked over."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    content_enc = models.BinaryField()

    data_map = every(TECHNICAL, "id", "batch", "number") | every(ON_THE_WAY, "content_enc")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="sheet_part_once")]


class Fault(models.Model):
    """What is wrong with one cell, in words. The line as it was is kept sealed, for the file to mend."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="faults")
    number = models.PositiveIntegerField()
    column = models.CharField(max_length=40)
    says = models.CharField(max_length=400)
    cells_enc = models.BinaryField(null=True)  # with the first fault of a line

    data_map = every(TECHNICAL, "id", "batch", "number", "column") | every(ON_THE_WAY, "says", "cells_enc")

    class Meta:
        indexes = [models.Index(fields=["batch", "number"], name="fault_of_batch")]


class Staged(models.Model):
    """A line that can be taken over: the columns of its record as they will be written.

    id       the record it becomes; of a resident's line the residence
    match    what tells whether it is there already: keyed hash of a document number, credit code, name
    bucket   where a resident with this number would stand
    person   the resident it belongs to: a new one, one of an earlier line, or one who is registered
    known    it is there already
    """

    id = models.UUIDField(primary_key=True, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    digest = models.BinaryField()
    match = models.BinaryField(null=True)
    bucket = models.SmallIntegerField(null=True)
    address = models.UUIDField(null=True)
    person = models.UUIDField(null=True)
    known = models.BooleanField(default=False)
    given = models.JSONField()

    data_map = every(TECHNICAL, "id", "batch", "number", "person", "known") | every(
        ON_THE_WAY, "digest", "match", "bucket", "address", "given"
    )

    class Meta:
        verbose_name_plural = "staged"
        indexes = [
            models.Index(fields=["batch", "number"], name="staged_of_batch"),
            models.Index(fields=["batch", "match", "number"], name="staged_twins"),
        ]


class Line(models.Model):
    """What became of a line: which records it made, so that they can be taken back.

    digest  keyed hash of what the line says: the same line brought again changes nothing
    """

    id = models.UUIDField(primary_key=True, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    digest = models.BinaryField()
    made = models.BooleanField()
    resident = models.UUIDField(null=True)  # where it made one
    dwelling = models.UUIDField(null=True)  # where it made one beside

    data_map = every(WAY_BACK, "id", "batch", "number", "digest", "made", "resident", "dwelling")

    class Meta:
        indexes = [
            models.Index(fields=["batch", "number"], name="line_of_batch"),
            models.Index(fields=["digest"], name="line_by_what_it_says"),
        ]
