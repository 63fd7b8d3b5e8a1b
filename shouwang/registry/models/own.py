"""The resident's own side: how his account is joined to his record, what he asks about it, and his copy of it."""

from __future__ import annotations

from django.db import models

from shouwang.core.datamap import SECRET, STAFF, TECHNICAL, FieldUse, every
from shouwang.core.ids import new_id
from shouwang.places.models import Area
from shouwang.registry.lists import RequestKind, RequestState
from shouwang.registry.models.kept import PLACE, RECORD, REGISTER

COPY = FieldUse("sensitive", "giving the person what is held about him", "consent", "session", "see_correct_erase")


class CounterCode(models.Model):
    """Shown to a signed-in resident, read out at the counter: it names his account there for a quarter of an hour.

    Alone it opens nothing: the officer has the record open and the card in his hand.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code_hash = models.BinaryField(unique=True)
    account = models.UUIDField()
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    data_map = every(TECHNICAL, "id", "made_at", "ends_at", "used_at") | every(SECRET, "code_hash") | every(
        COPY, "account"
    )  # fmt: skip


class Request(models.Model):
    """One request about one's own record, with its receipt, its clock and its answer. A matter carries the clock.

    wish_enc  the person's words, sealed; opened by a look like any record
    about     the entry of the look it asks about
    proof     the entry by which a deletion can be checked by anybody
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=8, choices=RequestKind.choices)
    receipt_no = models.CharField(max_length=8, unique=True)
    resident = models.UUIDField(db_index=True)
    account = models.UUIDField(db_index=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    about = models.UUIDField(null=True)
    wish_enc = models.BinaryField(null=True)
    key_number = models.PositiveSmallIntegerField(default=1)
    filed_at = models.DateTimeField()
    decide_by = models.DateTimeField()
    state = models.CharField(max_length=8, choices=RequestState.choices, default=RequestState.FILED)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    reason = models.CharField(max_length=300, default="", blank=True)
    remedy = models.CharField(max_length=300, default="", blank=True)
    proof = models.UUIDField(null=True)
    retain_until = models.DateField()

    data_map = (
        every(TECHNICAL, "id", "key_number", "proof")
        | every(REGISTER, "kind", "resident", "account", "about", "wish_enc", "reason", "remedy")
        | every(PLACE, "area", "receipt_no")
        | every(RECORD, "filed_at", "decide_by", "state", "decided_at", "retain_until")
        | every(STAFF, "decided_by")
    )

    class Meta:
        indexes = [models.Index(fields=["area", "state", "decide_by"], name="request_waiting")]


class OwnCopy(models.Model):
    """Everything held about one person, put together by a job for him alone and gone a day later.

    n_done of n_parts is its progress; `content_enc` is JSON, sealed, once it is ready.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    resident = models.UUIDField()
    account = models.UUIDField(db_index=True)
    asked_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    n_parts = models.PositiveSmallIntegerField(default=0)
    n_done = models.PositiveSmallIntegerField(default=0)
    content_enc = models.BinaryField(null=True)
    ready_at = models.DateTimeField(null=True)

    data_map = every(TECHNICAL, "id", "asked_at", "ends_at", "n_parts", "n_done", "ready_at") | every(
        COPY, "resident", "account", "content_enc"
    )

    class Meta:
        verbose_name_plural = "own copies"
