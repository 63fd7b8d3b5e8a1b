"""Who must not be written to any more, and where staff on duty can be reached."""

from __future__ import annotations

from django.db import models

from shouwang.core.datamap import STAFF, TECHNICAL, FieldUse, every
from shouwang.core.ids import new_id

WISH = FieldUse("personal", "keeping the wish not to be written to", "statutory_duty", "life", "see_correct_erase")


class OptOut(models.Model):
    """A number whose holder answered “stop”. Only its keyed hash is kept: enough to meet it again, not to call it."""

    number_hash = models.BinaryField(primary_key=True, max_length=32)
    since = models.DateTimeField()

    data_map = every(WISH, "number_hash", "since")


class StaffNumber(models.Model):
    """The duty telephone of somebody who acts for the town: a key of `registry.Identity`, where the number lies."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.UUIDField(unique=True)
    identity = models.UUIDField()
    kept_at = models.DateTimeField()

    data_map = every(TECHNICAL, "id") | every(STAFF, "person", "identity", "kept_at")
