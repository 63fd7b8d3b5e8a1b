"""What is declared to the town (table 3.6), with a receipt and a clock; an officer registers it or says why not."""

from __future__ import annotations

from django.db import models

from shouwang.core.datamap import STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.places.models import Address, Area
from shouwang.registry.lists import DeclarationState, Declarer
from shouwang.registry.models.kept import PLACE, RECORD, REGISTER


class Declaration(models.Model):
    """One declaration. `told_enc` is what was declared, sealed whole; it is opened by a look, like everything here.

    due_at      by when it had to be declared; decide_by: by when the town answers
    filed_by    the account that filed it: that one may open it again
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=24)  # a key of registry.declaring.KINDS
    receipt_no = models.CharField(max_length=8, unique=True)
    declarer = models.CharField(max_length=20, choices=Declarer.choices)
    address = models.ForeignKey(Address, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    told_enc = models.BinaryField(null=True)
    key_number = models.PositiveSmallIntegerField(default=1)
    happened_on = models.DateField()
    filed_at = models.DateTimeField()
    filed_by = models.UUIDField(null=True, db_index=True)
    due_at = models.DateTimeField()
    decide_by = models.DateTimeField()
    state = models.CharField(max_length=10, choices=DeclarationState.choices, default=DeclarationState.FILED)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    reason = models.CharField(max_length=300, default="", blank=True)
    residence = models.UUIDField(null=True)  # what it became
    retain_until = models.DateField()

    data_map = (
        every(TECHNICAL, "id", "key_number")
        | every(REGISTER, "told_enc", "declarer", "address", "filed_by", "reason", "residence")
        | every(PLACE, "kind", "area", "receipt_no", "happened_on")
        | every(RECORD, "filed_at", "due_at", "decide_by", "state", "decided_at", "retain_until")
        | every(STAFF, "decided_by")
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["area", "state", "decide_by"], name="declaration_waiting")]
