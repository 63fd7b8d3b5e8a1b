"""Patrol routes: what was asked, what it was weighed by, what was proposed, which way was accepted."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.core.datamap import PUBLIC, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.places.models import Area


class RouteState(models.TextChoices):
    WAITING = "waiting", _("Waits for its turn")
    READY = "ready", _("Worked out")
    FAILED = "failed", _("Could not be worked out")
    ACCEPTED = "accepted", pgettext_lazy("route", "Accepted")


class Going(models.TextChoices):
    FOOT = "foot", pgettext_lazy("patrol", "On foot")
    BICYCLE = "bicycle", _("By bicycle")
    CAR = "car", _("By car")


class RoutePlan(models.Model):
    """Ways over the places of a patrol. Who may see it learns where a crew will be: staff of the ground only.

    places        each with `label`, `lon`, `lat`, `seconds`, `early`, `late` (seconds after the start; null: any time);
                  a street has `to`, where it ends; `weight`: reports there at those hours
    alternatives  each with `kind`, `visits` (place, onwards, begins, stays), `seconds`, `metres`, `line`, `foreseen`
    before        the route that a call broke off
    order         the patrol it is for, where there is one
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    order = models.UUIDField(null=True)
    before = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    label = models.CharField(max_length=60)
    mode = models.CharField(max_length=8, choices=Going.choices, default=Going.FOOT)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    start = models.JSONField()
    goal = models.JSONField()
    places = models.JSONField()
    state = models.CharField(max_length=8, choices=RouteState.choices, default=RouteState.WAITING)
    problem = models.CharField(max_length=300, blank=True, default="")
    alternatives = models.JSONField(default=list)
    chosen = models.PositiveSmallIntegerField(null=True)
    asked_by = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)

    data_map = every(TECHNICAL, "id", "order", "before", "state", "problem") | every(PUBLIC, "area") | every(
        STAFF, "label", "mode", "starts_at", "ends_at", "start", "goal", "places", "alternatives", "chosen",
        "asked_by", "asked_at", "ready_at",
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["area", "-asked_at"], name="route_of_area")]

    def __str__(self) -> str:
        return f"{self.label} ({self.state})"
