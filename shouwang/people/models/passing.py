"""Hand-over of a post: what was passed on, signed by both."""

from __future__ import annotations

from django.db import models

from shouwang.core.datamap import STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.people.models.post import Post


class PostPassing(models.Model):
    """One post passed from its holder to the next. Signed by the leaving when written, by the next on taking it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    leaving = models.OneToOneField(Post, on_delete=models.PROTECT, related_name="passed_on")
    taking = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="taken_over")
    note = models.TextField(blank=True, default="")  # what the next holder should know about the place
    passed_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)

    data_map = every(TECHNICAL, "id") | every(STAFF, "leaving", "taking", "note", "passed_at", "taken_at")
