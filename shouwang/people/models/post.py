"""Posts: person × role × area × dates. Only a post gives power over others' matters."""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.people.models.person import Person
from shouwang.places.models import Area


class PostQuerySet(models.QuerySet["Post"]):
    def held_at(self, at: dt.datetime) -> PostQuerySet:
        return self.filter(during__contains=at, person__active=True)


class Post(models.Model):
    """A person in a role over an area, from a date to a date.

    `responsible` marks the one directly responsible post of an area (GRD-11: exactly one at any instant);
    `acting_for` is the post this one stands in for, with its own dates (acting cover).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=32)  # a key of people.access.ROLES
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="posts")
    during = DateTimeRangeField()
    responsible = models.BooleanField(default=False)
    acting_for = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="covers")
    accepted_at = models.DateTimeField(null=True, blank=True)  # the holder signed for the post

    objects = PostQuerySet.as_manager()

    data_map = every(TECHNICAL, "id") | every(
        STAFF, "person", "role", "area", "during", "responsible", "acting_for", "accepted_at"
    )

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="post_one_responsible_per_area",
                expressions=[("area", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=models.Q(responsible=True, acting_for__isnull=True),
                violation_error_message=_("Another post is already responsible for this area at that time."),
            ),
            ExclusionConstraint(
                name="post_one_cover_at_a_time",
                expressions=[("acting_for", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=models.Q(acting_for__isnull=False),
            ),
            ExclusionConstraint(
                name="post_one_administration_per_person",  # SEC-03: nobody holds two
                expressions=[("person", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=models.Q(role__in=["system_admin", "security_admin", "audit_admin"]),
                violation_error_message=_("Nobody holds two of the three administrations."),
            ),
        ]
        indexes = [models.Index(fields=["area", "role"], name="post_area_role")]

    def __str__(self) -> str:
        return f"{self.person} · {self.role} · {self.area}"
