"""Devices: a phone bound to a person, with a key pair that cannot leave it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import SECRET, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.people.models.person import Person


class DeviceState(models.TextChoices):
    WAITING = "waiting", _("Waiting for approval")
    BOUND = "bound", _("Bound")
    LOST = "lost", _("Lost")
    ENDED = "ended", _("Ended")


class Device(models.Model):
    """A field phone. `public_key` is the SPKI of its non-extractable P-256 key; each step it sends is signed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="devices")
    label = models.CharField(max_length=80)
    public_key = models.BinaryField()
    state = models.CharField(max_length=10, choices=DeviceState.choices, default=DeviceState.WAITING)
    bound_at = models.DateTimeField()
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    last_contact_at = models.DateTimeField(null=True, blank=True)
    clock_offset_ms = models.BigIntegerField(default=0)  # device clock minus server clock at last contact
    lost_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # its key is gone: it said so at its last contact

    data_map = (
        every(TECHNICAL, "id", "state", "clock_offset_ms")
        | every(STAFF, "person", "label", "bound_at", "approved_by", "last_contact_at", "lost_at", "ended_at")
        | every(SECRET, "public_key")
    )

    def __str__(self) -> str:
        return self.label
