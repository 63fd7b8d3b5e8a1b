"""Who takes part in a joint task, and the notes they share."""

from __future__ import annotations

from django.db import models

from shouwang.core.datamap import MATTER, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.matters.models import Matter
from shouwang.people.models import Person
from shouwang.places.models import Area


class JointMember(models.Model):
    """An office that takes part, from then until it leaves. Exactly one leads."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="joint_members")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    lead = models.BooleanField(default=False)
    called_at = models.DateTimeField()
    joined_at = models.DateTimeField(null=True, blank=True)
    joined_by = models.UUIDField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    data_map = every(TECHNICAL, "id") | every(
        STAFF, "matter", "area", "lead", "called_at", "joined_at", "joined_by", "left_at"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "area"], condition=models.Q(left_at__isnull=True), name="joint_member_once"
            ),
            models.UniqueConstraint(
                fields=["matter"], condition=models.Q(lead=True, left_at__isnull=True), name="joint_one_leads"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.area_id}"


class JointNote(models.Model):
    """What one member tells the others: who comes where and when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="joint_notes")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=500)
    written_at = models.DateTimeField()

    data_map = every(TECHNICAL, "id") | every(STAFF, "matter", "area", "person", "written_at") | every(MATTER, "words")

    def __str__(self) -> str:
        return f"{self.matter_id} {self.written_at}"
