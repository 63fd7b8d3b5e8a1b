"""What was done beside matters: leaflets, patrols, drives. Counted in hours and person-times; nobody met is named."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import PUBLIC, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.places.models import Area
from shouwang.rounds.works import BY_HAND


class Activity(models.Model):
    """One piece of work on one day.

    minutes   how long it took                       n_staff  how many of us
    reached   how many were talked to, as a number   streets, topic, questions  words without names
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    work = models.CharField(_("Sort of work"), max_length=20, choices=list(BY_HAND.items()))
    on = models.DateField(_("Day"))
    minutes = models.PositiveSmallIntegerField(_("Minutes"))
    n_staff = models.PositiveSmallIntegerField(_("How many of us"), default=1)
    reached = models.PositiveIntegerField(_("How many were reached"), default=0)
    topic = models.CharField(_("Topic"), max_length=80, blank=True, default="")
    streets = models.CharField(_("Streets"), max_length=200, blank=True, default="")
    questions = models.CharField(_("Questions that were raised"), max_length=300, blank=True, default="")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    duty_path = models.CharField(max_length=200)
    government_path = models.CharField(max_length=200, blank=True, default="")
    noted_by = models.UUIDField(null=True)
    noted_at = models.DateTimeField()

    data_map = (
        every(TECHNICAL, "id", "duty_path", "government_path")
        | every(PUBLIC, "reached", "topic", "streets", "questions", "area")
        | every(STAFF, "work", "on", "minutes", "n_staff", "noted_by", "noted_at")
    )

    class Meta:
        verbose_name_plural = "activities"
        constraints = [
            models.CheckConstraint(condition=models.Q(minutes__range=(1, 1440)), name="activity_within_a_day"),
            models.CheckConstraint(condition=models.Q(n_staff__gte=1), name="activity_has_staff"),
        ]
        indexes = [models.Index(fields=["on"], name="activity_on")]

    def __str__(self) -> str:
        return f"{self.on} {self.get_work_display()}"
