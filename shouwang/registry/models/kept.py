"""What every record of the registers carries: where it is from, until when it may be relied on, and kept."""

from __future__ import annotations

import datetime as dt

from django.db import models

from shouwang.core.datamap import FieldUse, every
from shouwang.core.ids import new_id
from shouwang.registry.lists import Source
from shouwang.registry.purposes import Basis

REGISTER = FieldUse(
    "sensitive", "knowing who lives here, so that help reaches him", "statutory_duty", "register", "see_correct_erase"
)
CONSENTED = FieldUse(
    "sensitive", "reaching a person who asked for it", "consent", "register", "see_correct_erase"
)  # fmt: skip
PLACE = FieldUse(
    "personal", "knowing what stands here, and how safe it is", "statutory_duty", "register", "see_correct"
)
RECORD = FieldUse("technical", "saying how far a record can be relied on", "statutory_duty", "register", "see")
FOUND_BY = FieldUse("sensitive", "finding one record again, for a purpose", "statutory_duty", "register", "see")


class Kept(models.Model):
    """REG-05. Past `verify_by` a record is stale: shown as such, and no decision rests on it.

    retain_until  the day it is erased, moved on by every verification
    kept_by       the account that wrote it first
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.CharField(max_length=10, choices=Source.choices)
    basis = models.CharField(max_length=20, choices=Basis.choices)
    verified_at = models.DateTimeField()
    verify_by = models.DateField()
    retain_until = models.DateField()
    stale = models.BooleanField(default=False)
    kept_by = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    kept_map = every(
        RECORD, "id", "source", "basis", "verified_at", "verify_by", "retain_until", "stale", "kept_by", "created_at"
    )  # fmt: skip

    class Meta:
        abstract = True

    def is_stale(self, today: dt.date) -> bool:
        return self.stale or self.verify_by < today
