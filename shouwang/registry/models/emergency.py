"""An emergency: a quarter of an hour in which one person may be found anywhere in the town, judged by a second one."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import ACCESS, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.places.models import Address, Area
from shouwang.registry.models.search import Sitting


class Verdict(models.TextChoices):
    WAITING = "waiting", _("waits for a second person")
    CONFIRMED = "confirmed", _("it was an emergency")
    ABUSE = "abuse", _("it was not")


class Emergency(models.Model):
    """Opened by one officer with a reason and a matter; confirmed or called abuse by somebody else within 24 hours.

    building        it is about everybody in one building, who must come out; no single person is found by it
    escalated_at    nobody had judged it in time: it went to whoever stands above
    kin_reached_at  the family was told by telephone, as the officer says; by message is seen from the notice
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sitting = models.OneToOneField(Sitting, on_delete=models.PROTECT, related_name="emergency")
    person = models.UUIDField()
    matter = models.UUIDField(db_index=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")  # the ground of the officer's post
    building = models.ForeignKey(Address, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200)
    began_at = models.DateTimeField()
    judge_by = models.DateTimeField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.WAITING)
    judged_at = models.DateTimeField(null=True)
    judged_by = models.UUIDField(null=True)
    escalated_at = models.DateTimeField(null=True)
    kin_reached_at = models.DateTimeField(null=True)

    data_map = every(TECHNICAL, "id", "sitting") | every(
        ACCESS, "person", "matter", "area", "reason", "began_at", "judge_by", "verdict", "judged_at", "judged_by",
        "building", "escalated_at", "kin_reached_at",
    )  # fmt: skip

    class Meta:
        verbose_name_plural = "emergencies"
        constraints = [
            models.CheckConstraint(
                name="emergency_judged_by_somebody_else",
                condition=models.Q(judged_by__isnull=True) | ~models.Q(judged_by=models.F("person")),
            )
        ]
