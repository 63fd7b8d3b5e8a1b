"""Alerts: what the desk hears again and again until somebody settles it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.duty.models.unit import Unit
from shouwang.matters.models import Matter


class AlertKind(models.TextChoices):
    SOS = "sos", _("Officer needs help")
    SUPPORT = "support", _("Crew asks for support")
    UNSIGNED = "unsigned", _("Not signed in time")
    MISSED = "missed", _("Check-in missed")
    RETURNED = "returned", _("Task given back")


class Alert(models.Model):
    """`subject` is what it is about: an assignment, or the unit itself for a call for help. One open at a time.

    desk          who sent the crew: it rings there first; none: at every desk of the ground at once
    escalated_at  nobody had taken notice: from then on it rings at every desk, and the duty lead was told
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=10, choices=AlertKind.choices)
    subject = models.UUIDField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="alerts")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="alerts")
    raised_at = models.DateTimeField()
    raised_by = models.UUIDField(null=True, blank=True)
    desk = models.UUIDField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_why = models.CharField(max_length=16, blank=True, default="")
    settled_by = models.UUIDField(null=True, blank=True)
    duty_path = models.CharField(max_length=200)
    government_path = models.CharField(max_length=200, blank=True, default="")

    data_map = every(TECHNICAL, "id", "subject", "duty_path", "government_path") | every(
        STAFF, "kind", "unit", "matter", "raised_at", "raised_by", "desk", "escalated_at", "settled_at", "settled_why",
        "settled_by",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"], condition=models.Q(settled_at__isnull=True), name="alert_one_open"
            )
        ]
        indexes = [models.Index(fields=["raised_at"], condition=models.Q(settled_at__isnull=True), name="alert_open")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
