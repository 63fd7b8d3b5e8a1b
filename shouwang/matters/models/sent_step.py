"""What a phone sent: kept once, with the time it claims, the time it means and the time it came."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import MATTER, STAFF, TECHNICAL, every


class SentOutcome(models.TextChoices):
    TAKEN = "taken", _("Taken")
    QUARANTINED = "quarantined", _("Kept aside, needs a look")


class SentStep(models.Model):
    """One signed step from a device. The key is made by the phone: the same key is the same step.

    claimed_at    what the phone's clock said
    offset_ms     phone clock minus server clock at last contact
    at            claimed_at less the offset, never later than received_at: the time the step counts from
    body          the signed text as received; an edited copy no longer fits its fingerprint
    """

    id = models.UUIDField(primary_key=True)
    device = models.UUIDField()
    person = models.UUIDField(db_index=True)
    matter = models.UUIDField(null=True, blank=True, db_index=True)
    act = models.CharField(max_length=40)
    body = models.TextField()
    fingerprint = models.BinaryField()
    claimed_at = models.DateTimeField()
    offset_ms = models.BigIntegerField()
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=SentOutcome.choices)
    reason = models.CharField(max_length=60, blank=True, default="")  # the Problem's code
    duty_path = models.CharField(max_length=200, blank=True, default="")  # of the matter: his lead may see it
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.UUIDField(null=True, blank=True)
    settled_how = models.CharField(max_length=12, blank=True, default="")  # applied · set_aside
    settled_because = models.CharField(max_length=200, blank=True, default="", db_default="")  # why it was left aside

    data_map = (
        every(TECHNICAL, "id", "device", "fingerprint", "offset_ms", "outcome", "reason", "duty_path")
        | every(MATTER, "matter", "act", "body", "settled_because")
        | every(STAFF, "person", "claimed_at", "at", "received_at", "settled_at", "settled_by", "settled_how")
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["person", "received_at"],
                condition=models.Q(outcome="quarantined", settled_at__isnull=True),
                name="sent_step_aside",
            )
        ]
