"""Posts of an event, who stood on them, and how many came in. Whoever comes to an event is a number here."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from shouwang.core.datamap import PUBLIC, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.matters.models import Matter
from shouwang.people.models import Person


class EventPost(models.Model):
    """A place to stand on, from–to, and what to do there. `unit` is who is meant to; a crew on duty takes it up."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="event_posts")
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=40)
    task = models.CharField(max_length=200)
    place_text = models.CharField(max_length=300)
    lon = models.FloatField()
    lat = models.FloatField()
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    unit = models.UUIDField(null=True, blank=True)
    unit_name = models.CharField(max_length=40, blank=True, default="")
    dropped_at = models.DateTimeField(null=True, blank=True)

    data_map = every(TECHNICAL, "id", "number") | every(
        STAFF, "matter", "label", "task", "place_text", "lon", "lat", "begins_at", "ends_at", "unit", "unit_name",
        "dropped_at",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="event_post_number"),
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("begins_at")), name="event_post_hours"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.label}"


class Left(models.TextChoices):
    RELIEVED = "relieved", pgettext_lazy("post of an event", "relieved")
    AWAY = "away", pgettext_lazy("post of an event", "left")
    SHIFT_ENDED = "off_duty", pgettext_lazy("post of an event", "went off duty")
    STOOD_DOWN = "stood_down", pgettext_lazy("post of an event", "stood down")


class EventTurn(models.Model):
    """One person on one post, from taking it up until he was relieved or left. Written with the crew's shift."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    post = models.ForeignKey(EventPost, on_delete=models.PROTECT, related_name="turns")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    unit = models.UUIDField()
    unit_name = models.CharField(max_length=40)
    shift = models.UUIDField()
    taken_at = models.DateTimeField()
    taken_by = models.UUIDField(null=True)
    left_at = models.DateTimeField(null=True, blank=True)
    left_how = models.CharField(max_length=10, choices=Left.choices, blank=True, default="")

    data_map = every(TECHNICAL, "id", "shift") | every(
        STAFF, "post", "person", "unit", "unit_name", "taken_at", "taken_by", "left_at", "left_how"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(left_at__isnull=True), name="event_person_on_one_post"
            )
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.taken_at}"


class EventCount(models.Model):
    """So many came in and went out at a gate since the last count. Numbers only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="event_counts")
    gate = models.CharField(max_length=40)
    came = models.PositiveIntegerField()
    went = models.PositiveIntegerField()
    counted_at = models.DateTimeField()
    counted_by = models.UUIDField(null=True)

    data_map = every(TECHNICAL, "id", "matter") | every(PUBLIC, "gate", "came", "went", "counted_at") | every(
        STAFF, "counted_by"
    )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.gate} +{self.came} -{self.went}"
