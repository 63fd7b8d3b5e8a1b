"""Narrowings: a place takes a verb from a role, for a time, with a reason. It can never add one."""

from __future__ import annotations

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models

from shouwang.core.datamap import STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.people.models.person import Person
from shouwang.places.models import Area


class RoleNarrowing(models.Model):
    """While `during`, posts of `role` that stand on `area` or inside it are without `verb`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=32)
    verb = models.CharField(max_length=40)
    during = DateTimeRangeField()
    reason = models.CharField(max_length=200)
    narrowed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    data_map = every(TECHNICAL, "id") | every(STAFF, "area", "role", "verb", "during", "reason", "narrowed_by")

    class Meta:
        indexes = [models.Index(fields=["role", "verb"], name="role_narrowing_role")]

    def __str__(self) -> str:
        return f"{self.role} − {self.verb}"
