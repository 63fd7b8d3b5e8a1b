"""Night-economy zones: hours, venues and taxi ranks, and what is to be done there by whom (S-PAT-025)."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.core.datamap import PUBLIC, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.people.models import Post
from shouwang.places.models import Area


class NightZone(models.Model):
    """A piece of ground that is busy at night, from `begins` to `ends`; ending before it begins: the next day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(pgettext_lazy("night zone", "Name of the zone"), max_length=60)
    ground = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    duty_path = models.CharField(max_length=200)
    government_path = models.CharField(max_length=200, blank=True, default="")
    boundary = models.JSONField()
    begins = models.TimeField()
    ends = models.TimeField()
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=300, blank=True, default="")

    data_map = every(TECHNICAL, "id", "duty_path", "government_path") | every(
        PUBLIC, "name", "ground", "boundary", "begins", "ends", "outcome"
    ) | every(STAFF, "made_by", "made_at", "closed_at")  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ground", "name"], condition=models.Q(closed_at=None), name="night_zone_named_once"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None) | ~models.Q(outcome=""), name="night_zone_closes_with_outcome"
            ),
            models.CheckConstraint(condition=~models.Q(begins=models.F("ends")), name="night_zone_has_hours"),
        ]
        indexes = [models.Index(fields=["duty_path"], name="night_zone_path", opclasses=["text_pattern_ops"])]
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def over_midnight(self) -> bool:
        return self.ends < self.begins

    def open_at(self, moment: dt.time) -> bool:
        """Whether it is busy at that time of the day. Its end no longer belongs to it."""
        if self.over_midnight:
            return moment >= self.begins or moment < self.ends
        return self.begins <= moment < self.ends


class SpotKind(models.TextChoices):
    VENUE = "venue", pgettext_lazy("night zone", "Venue")
    RANK = "rank", pgettext_lazy("night zone", "Taxi rank")
    STALLS = "stalls", pgettext_lazy("night zone", "Food stalls")


class Spot(models.Model):
    """A venue, a taxi rank or a row of stalls in a zone. `closes`: when its people come out."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    zone = models.ForeignKey(NightZone, on_delete=models.CASCADE, related_name="spots")
    kind = models.CharField(max_length=6, choices=SpotKind.choices, default=SpotKind.VENUE)
    name = models.CharField(max_length=60)
    lon = models.FloatField()
    lat = models.FloatField()
    closes = models.TimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    data_map = every(TECHNICAL, "id", "zone") | every(PUBLIC, "kind", "name", "lon", "lat", "closes") | every(
        STAFF, "ended_at"
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["zone", "name"], condition=models.Q(ended_at=None), name="night_spot_named_once"
            )
        ]
        ordering = ("kind", "name")

    def __str__(self) -> str:
        return self.name


class TaskKind(models.TextChoices):
    PATROL = "patrol", pgettext_lazy("night zone", "Patrol")
    LIGHTING = "lighting", pgettext_lazy("night zone", "Lighting")
    NOISE = "noise", pgettext_lazy("night zone", "Noise")
    TRANSPORT = "transport", pgettext_lazy("night zone", "Transport")
    ORDER = "order", pgettext_lazy("night zone", "Order of stalls")
    OTHER = "other", pgettext_lazy("night zone", "Other")


class TaskState(models.TextChoices):
    OPEN = "open", pgettext_lazy("night zone", "To be done")
    DOING = "doing", pgettext_lazy("night zone", "Being done")
    DONE = "done", pgettext_lazy("night zone", "Done")
    DROPPED = "dropped", pgettext_lazy("night zone", "Not done, with its reason")


STANDING = (TaskState.OPEN, TaskState.DOING)


class ZoneTask(models.Model):
    """One line of a zone's plan: what, by which post and when. `body`: whom outside the post turns to, where one is.

    `said`: what came of it, or why it is not done.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    zone = models.ForeignKey(NightZone, on_delete=models.CASCADE, related_name="tasks")
    kind = models.CharField(max_length=9, choices=TaskKind.choices, default=TaskKind.PATROL)
    text = models.CharField(max_length=200)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=60, blank=True, default="")
    due_on = models.DateField()
    state = models.CharField(max_length=7, choices=TaskState.choices, default=TaskState.OPEN)
    said = models.CharField(max_length=200, blank=True, default="")
    noted_by = models.UUIDField(null=True)
    noted_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True, blank=True)

    data_map = every(TECHNICAL, "id", "zone") | every(
        PUBLIC, "kind", "text", "body", "due_on", "state", "said"
    ) | every(STAFF, "post", "noted_by", "noted_at", "changed_at")  # fmt: skip

    class Meta:
        verbose_name = _("task of a night zone")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=("done", "dropped")) | ~models.Q(said=""), name="night_task_ends_in_words"
            )
        ]
        ordering = ("due_on", "noted_at")

    def __str__(self) -> str:
        return self.text

    @property
    def standing(self) -> bool:
        return self.state in STANDING
