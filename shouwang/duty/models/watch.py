"""Who answers for a shift: one duty chief, one duty lead, a hand-over note; and what falls to them at night."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.utils.translation import pgettext_lazy

from shouwang.core.datamap import PUBLIC, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.people.models import Person
from shouwang.places.models import Area


class Watch(models.Model):
    """One shift of an office. It closes with a note for the next one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    duty_path = models.CharField(max_length=200)
    government_path = models.CharField(max_length=200, blank=True, default="")
    during = DateTimeRangeField()
    chief = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    set_by = models.UUIDField(null=True)
    note = models.TextField(blank=True, default="")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)

    data_map = every(TECHNICAL, "id", "duty_path", "government_path") | every(PUBLIC, "area") | every(
        STAFF, "during", "chief", "lead", "set_by", "note", "closed_at", "closed_by"
    )  # fmt: skip

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="watch_one_at_a_time",
                expressions=[("area", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True) | ~models.Q(note=""), name="watch_closed_with_a_note"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.during}"


class LogLine(models.Model):
    """A line somebody wrote into the day log of a shift. It is never changed: a correction is a line that names it.

    at  when it happened, as written down
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    watch = models.ForeignKey(Watch, on_delete=models.PROTECT, related_name="lines")
    at = models.DateTimeField()
    text = models.CharField(max_length=500)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)

    data_map = every(TECHNICAL, "id", "made_at") | every(STAFF, "watch", "at", "text", "corrects", "made_by")

    def __str__(self) -> str:
        return f"{self.at:%H:%M} {self.text[:40]}"


class WatchSide(models.TextChoices):
    CHIEF = "chief", pgettext_lazy("watch", "duty chief")
    LEAD = "lead", pgettext_lazy("watch", "duty lead")


class NightApproval(models.Model):
    """One line of the approval matrix: what falls to whom between two hours, and how far.

    act     a verb, as `people.verbs` names it
    limit   for duty levels the highest that may be approved (1 is the highest of all); 0 where there is no measure
    source  the rule it comes from
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    act = models.CharField(max_length=40)
    side = models.CharField(max_length=5, choices=WatchSide.choices)
    limit = models.PositiveSmallIntegerField(default=0)
    begins = models.TimeField()
    ends = models.TimeField()
    source = models.CharField(max_length=120)

    data_map = every(TECHNICAL, "id") | every(PUBLIC, "act", "side", "limit", "begins", "ends", "source")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["act", "side"], name="night_approval_once")]

    def __str__(self) -> str:
        return f"{self.act} {self.side}"
