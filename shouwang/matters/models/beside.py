"""What stands beside a matter: notes, watchers, a draft before it, two that are not the same, a request to open."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from shouwang.core.datamap import MATTER, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.matters.models.matter import Matter


class Note(models.Model):
    """Words added by somebody who works on the matter or told it. Never edited; a correction is another note."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField()
    at = models.DateTimeField()
    person = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    from_reporter = models.BooleanField(default=False)  # told through the receipt: shown to both sides

    data_map = (
        every(TECHNICAL, "id", "matter") | every(MATTER, "text", "from_reporter") | every(STAFF, "at", "person", "post")
    )

    class Meta:
        indexes = [models.Index(fields=["matter", "at"], name="note_matter")]


class Watch(models.Model):
    """A colleague who wants to hear of a matter. It gives no right to see it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="watches")
    person = models.UUIDField()
    since = models.DateTimeField()

    data_map = every(TECHNICAL, "id", "matter") | every(STAFF, "person", "since")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "person"], name="watch_once")]


class Draft(models.Model):
    """An intake begun and not finished, kept for the person who typed it, for a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=24)
    typed = models.JSONField(default=dict)
    changed_at = models.DateTimeField()

    data_map = every(TECHNICAL, "id") | every(STAFF, "person", "changed_at") | every(MATTER, "kind", "typed")


class NotSame(models.Model):
    """Two matters that somebody looked at and found to be different: they are not suggested again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    one = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="+")
    person = models.UUIDField(null=True)
    at = models.DateTimeField()

    data_map = every(TECHNICAL, "id", "one", "other") | every(STAFF, "person", "at")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="not_same_once"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="not_same_in_order"),
        ]


class Opening(models.Model):
    """A matter called for another one of a purpose. Open until somebody offers that purpose and opens it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="openings")
    purpose = models.CharField(max_length=24)
    why = models.CharField(max_length=40)  # a code: repeat_place, bad_answer …
    given = models.JSONField(default=dict, blank=True)
    visibility = models.CharField(max_length=8, default="office")
    named = ArrayField(models.UUIDField(), default=list, blank=True)
    asked_at = models.DateTimeField()
    opened = models.ForeignKey(Matter, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    data_map = (
        every(TECHNICAL, "id", "matter", "opened")
        | every(MATTER, "purpose", "why", "given", "visibility", "asked_at", "settled_at")
        | every(STAFF, "named")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "purpose", "why"],
                condition=models.Q(settled_at__isnull=True),
                name="opening_asked_once",
            )
        ]


class DaySerial(models.Model):
    """The last serial number given out on a day; one row a day, locked by whoever takes the next."""

    day = models.DateField(primary_key=True)
    last = models.PositiveIntegerField()

    data_map = every(TECHNICAL, "day", "last")
