"""Assignments: a unit sent to a matter, with its own stamps."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.duty.models import Shift, Unit
from shouwang.matters.models import Matter


class AssignmentState(models.TextChoices):
    SENT = "sent", _("Sent, not signed")
    SIGNED = "signed", _("Signed")
    DEPARTED = "departed", _("On the way")
    ARRIVED = "arrived", _("On scene")
    REPORTED = "reported", _("Reported")
    CLEARED = "cleared", _("Cleared")
    RETURNED = "returned", _("Returned")
    RECALLED = "recalled", _("Recalled")


ENDED_STATES = ("cleared", "returned", "recalled")


class Assignment(models.Model):
    """One unit sent to one matter. Written only with what `dispatch.core` returned."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments")
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="assignments")
    state = models.CharField(max_length=10, choices=AssignmentState.choices, default=AssignmentState.SENT)
    sent_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    departed_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    cleared_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=120, blank=True, default="")
    sent_by = models.UUIDField(null=True)
    fallback_at = models.DateTimeField(null=True, blank=True)  # the phone was silent: SMS and voice
    reminded_at = models.DateTimeField(null=True, blank=True)  # back at the desk with a sound

    data_map = every(TECHNICAL, "id", "delivered_at", "read_at", "fallback_at", "reminded_at") | every(
        STAFF, "matter", "unit", "shift", "state", "sent_at", "signed_at", "departed_at", "arrived_at", "reported_at",
        "cleared_at", "ended_at", "reason", "sent_by",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit"],
                condition=~models.Q(state__in=["cleared", "returned", "recalled"]),
                name="assignment_one_open_per_unit",
            )
        ]
        indexes = [
            models.Index(fields=["matter", "sent_at"], name="assignment_matter"),
            models.Index(fields=["sent_at"], name="assignment_unsigned", condition=models.Q(state="sent")),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} → {self.matter_id} ({self.state})"

    @property
    def is_open(self) -> bool:
        return self.state not in ENDED_STATES
