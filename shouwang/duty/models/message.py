"""Short messages between the desk and the crews, with read marks."""

from __future__ import annotations

from django.db import models

from shouwang.core.datamap import MATTER, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.duty.models.unit import Unit
from shouwang.matters.models import Matter

LONGEST = 500


class Message(models.Model):
    """What one side told the other. `unit` is the crew that wrote it; the desk has none.

    The paths say which desks see it: those of the writing unit, or of the ground the desk's writer stands on.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    text = models.CharField(max_length=LONGEST)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="messages")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="written")
    sender = models.UUIDField(null=True)
    sent_at = models.DateTimeField()
    duty_path = models.CharField(max_length=200)
    government_path = models.CharField(max_length=200, blank=True, default="")

    data_map = every(TECHNICAL, "id", "duty_path", "government_path") | every(
        MATTER, "text", "matter"
    ) | every(STAFF, "unit", "sender", "sent_at")  # fmt: skip

    class Meta:
        indexes = [
            models.Index(fields=["duty_path"], name="message_path", opclasses=["text_pattern_ops"]),
            models.Index(fields=["matter", "sent_at"], name="message_matter"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.id)


class MessageCopy(models.Model):
    """For whom a message is: a unit, or the desk (no unit). The first reader marks it as read."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="copies")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.UUIDField(null=True, blank=True)

    data_map = every(TECHNICAL, "id", "message") | every(STAFF, "unit", "read_at", "read_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "unit"], name="message_once_for_each", nulls_distinct=False)
        ]
        indexes = [models.Index(fields=["unit", "message"], name="message_copy_unit")]
