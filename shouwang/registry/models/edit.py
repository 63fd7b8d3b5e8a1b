"""What phones wrote about the registers without a network, and the log of every record: who changed which fields."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.places.models import Address, Area
from shouwang.registry.models.kept import PLACE, RECORD, REGISTER


class EditState(models.TextChoices):
    ASIDE = "aside", _("Kept aside")
    TAKEN = "taken", _("Written into the record")
    BESIDE = "beside", _("Written beside other changes")
    OPEN = "open", _("Contradicts another edit")
    SETTLED = "settled", _("Settled by a person")


UNSETTLED = (EditState.ASIDE, EditState.OPEN)


class Edit(models.Model):
    """One form that a phone sent, or one change of a record at the desk (then a trigger writes it, without words).

    id        that of the phone's step
    record    what it changed or became; None while it is nowhere
    number    its place among all edits, drawn when it reached its record; None for a new record
    base      the highest number in the copy that it was made on
    told_enc  what was written, sealed whole; emptied when it is in the record and nobody can contradict it any more
    key_number  32767 where nothing is sealed
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    act = models.CharField(max_length=40)
    register = models.CharField(max_length=12)
    record = models.UUIDField(null=True)
    number = models.BigIntegerField(null=True, unique=True)
    base = models.BigIntegerField(default=0)
    device = models.UUIDField(null=True)
    person = models.UUIDField(null=True)
    address = models.ForeignKey(Address, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    fields = ArrayField(models.CharField(max_length=40), default=list)
    told_enc = models.BinaryField(null=True)
    key_number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=EditState.choices)
    made_at = models.DateTimeField()
    received_at = models.DateTimeField()

    data_map = (
        every(TECHNICAL, "id", "number", "base", "device", "key_number")
        | every(REGISTER, "told_enc", "record")
        | every(PLACE, "address", "area")
        | every(RECORD, "act", "register", "fields", "state", "made_at", "received_at")
        | every(STAFF, "person")
    )

    class Meta:
        indexes = [
            models.Index(fields=["record", "number"], name="edit_of_record"),
            models.Index(
                fields=["area", "received_at"], condition=models.Q(state__in=UNSETTLED), name="edit_unsettled"
            ),
        ]
