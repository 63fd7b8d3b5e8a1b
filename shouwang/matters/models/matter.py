"""The matter: what every kind has in common."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import MATTER, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.matters.querying import MatterQuerySet
from shouwang.people.models import Post
from shouwang.places.models import Area


class Phase(models.TextChoices):
    """The only thing outside a kind's folder asks about."""

    NEW = "new", _("New matter")
    ACTIVE = "active", _("Matter in hand")
    WAITING = "waiting", _("Matter waiting")
    DONE = "done", _("Matter done")
    VOID = "void", _("Matter void")


OPEN_PHASES = (Phase.NEW, Phase.ACTIVE, Phase.WAITING)


class Visibility(models.TextChoices):
    OFFICE = "office", _("Those responsible for the ground")
    SEALED = "sealed", _("A named list")


class Matter(models.Model):
    """Something that has to be brought to an end: on a clock, by someone, with a record.

    `area_path`s are today's paths of `area`, kept for the access filter. `responsible` is never empty while the
    matter is open. `version` grows with every change: two people who edit get a conflict, never an overwrite.
    `named` are the posts that may see a sealed matter; `excluded_posts`/`excluded_persons` never do.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.CharField(max_length=20, unique=True)  # 2611220047: year month day serial, per town
    number = models.PositiveIntegerField()  # the short number spoken at the desk (the serial of the day's sequence)
    kind = models.CharField(max_length=24)
    subkind = models.CharField(max_length=40, blank=True, default="")  # of the kind's own list (C10 for calls)
    state = models.CharField(max_length=32)
    phase = models.CharField(max_length=8, choices=Phase.choices)
    channel = models.CharField(max_length=24, default="counter")
    urgency = models.PositiveSmallIntegerField(default=3)  # 1 life in danger … 4 can be booked
    visibility = models.CharField(max_length=8, choices=Visibility.choices, default=Visibility.OFFICE)

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    duty_path = models.CharField(max_length=200)
    government_path = models.CharField(max_length=200, blank=True, default="")
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    place_text = models.CharField(max_length=300, blank=True, default="")  # the found place, as shown
    address = models.UUIDField(null=True, blank=True)  # places.Address or another found place
    words = models.TextField(blank=True, default="")  # the caller's own words
    gist = models.CharField(max_length=200, blank=True, default="")

    responsible = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=40, blank=True, default="")
    facts = models.JSONField(default=dict, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    named = ArrayField(models.UUIDField(), default=list, blank=True)  # posts, in the order in which it climbs
    stand_in = models.UUIDField(null=True, blank=True)  # the post a sealed matter reaches when the list is used up
    excluded_posts = ArrayField(models.UUIDField(), default=list, blank=True)
    excluded_persons = ArrayField(models.UUIDField(), default=list, blank=True)
    excluded_areas = ArrayField(models.BigIntegerField(), default=list, blank=True)  # Area.number of offices
    grams = ArrayField(models.CharField(max_length=4), default=list, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = MatterQuerySet.as_manager()

    data_map = (
        every(TECHNICAL, "id", "version", "grams", "state", "phase", "visibility", "number")
        | every(
            MATTER, "reference", "kind", "subkind", "channel", "urgency", "area", "duty_path", "government_path", "lon",
            "lat", "place_text", "address", "words", "gist", "opened_at", "due_at", "closed_at", "outcome", "facts",
            "parent", "merged_into",
        )
        | every(STAFF, "responsible", "named", "stand_in", "excluded_posts", "excluded_persons", "excluded_areas")
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="matter_open_has_responsible",
                condition=models.Q(phase__in=["done", "void"]) | models.Q(responsible__isnull=False),
            ),
            models.CheckConstraint(name="matter_urgency", condition=models.Q(urgency__gte=1, urgency__lte=4)),
            models.CheckConstraint(
                name="matter_position",
                condition=models.Q(lon__isnull=True, lat__isnull=True)
                | models.Q(lon__gte=-180, lon__lte=180, lat__gte=-90, lat__lte=90),
            ),
        ]
        indexes = [
            GinIndex(fields=["grams"], name="matter_grams"),
            models.Index(
                fields=["duty_path", "phase"], name="matter_duty_path", opclasses=["text_pattern_ops", "varchar_ops"]
            ),
            models.Index(
                fields=["government_path", "phase"],
                name="matter_government_path",
                opclasses=["text_pattern_ops", "varchar_ops"],
            ),
            models.Index(fields=["responsible"], condition=models.Q(closed_at__isnull=True), name="matter_held_by"),
            models.Index(fields=["kind", "phase", "opened_at"], name="matter_kind_phase"),
            models.Index(fields=["due_at"], condition=models.Q(closed_at__isnull=True), name="matter_due"),
            models.Index(fields=["address", "opened_at"], name="matter_address"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.phase in OPEN_PHASES
