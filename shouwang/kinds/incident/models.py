"""Tables of the incident kind: the clock stamps of C11, and the caller's answers afterwards."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import MATTER, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.matters.models import Matter


class StampName(models.TextChoices):
    """C11, in the order in which they come."""

    CALLED = "called_at", _("Called at")
    ANSWERED = "answered_at", _("Answered at")
    ACCEPTED = "accepted_at", _("Accepted at")
    CLASSIFIED = "classified_at", _("Classified at")
    DISPATCHED = "dispatched_at", _("Crew sent at")
    ACKNOWLEDGED = "acknowledged_at", _("Signed at")
    DEPARTED = "departed_at", _("Departed at")
    ARRIVED = "arrived_at", _("Arrived at")
    FIRST_REPORT = "first_report_at", _("First report at")
    HANDLED = "handled_at", _("Handled at")
    FED_BACK = "fed_back_at", _("Fed back at")
    VERIFIED = "verified_at", _("Verified at")
    CLOSED = "closed_at", _("Closed at")
    CALLED_BACK = "called_back_at", _("Caller asked at")


class Stamp(models.Model):
    """One clock time of a call. Rows are only added: an amended time is a newer row with its reason (CFS-01).

    at  when it happened      recorded_at  when it was written down
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="stamps")
    name = models.CharField(max_length=16, choices=StampName.choices)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    person = models.UUIDField(null=True, blank=True)
    device = models.UUIDField(null=True, blank=True)
    amends = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True, default="")

    data_map = (
        every(TECHNICAL, "id", "matter", "device")
        | every(MATTER, "name", "at", "recorded_at", "amends", "reason")
        | every(STAFF, "person")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "name"], condition=models.Q(amends=False), name="stamp_once_unless_amended"
            )
        ]
        indexes = [models.Index(fields=["matter", "id"], name="stamp_matter")]


class Answer(models.Model):
    """What the caller said afterwards: by the link in his message, or told on the telephone. At most one each."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="answers")
    rating = models.PositiveSmallIntegerField()  # C19: 5 very satisfied … 1 very dissatisfied
    came_in_time = models.BooleanField(null=True)
    explained = models.BooleanField(null=True)
    comment = models.CharField(max_length=500, blank=True, default="")
    by_telephone = models.BooleanField(default=False)
    at = models.DateTimeField()

    data_map = every(TECHNICAL, "id", "matter") | every(
        MATTER, "rating", "came_in_time", "explained", "comment", "by_telephone", "at"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "by_telephone"], name="answer_once"),
            models.CheckConstraint(condition=models.Q(rating__gte=1, rating__lte=5), name="answer_rating"),
        ]
