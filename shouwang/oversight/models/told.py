"""What somebody was told: that his way was replayed, that he was found at a place."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import ACCESS, TECHNICAL, every
from shouwang.core.ids import new_id


class About(models.TextChoices):
    REPLAY = "replay", _("Your way on shift was replayed")
    PRESENCE = "presence", _("You were found near a place")
    EXPORT = "export", _("Your way on shift was handed over with the record of a matter")
    REVIEW = "review", _("What you did in a case is reviewed; you may answer")


class Told(models.Model):
    """One notice to one person. `words` are his own, written beside what it is about."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.UUIDField()
    about = models.CharField(max_length=8, choices=About.choices)
    subject = models.UUIDField()
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    words = models.CharField(max_length=500, blank=True, default="")
    said_at = models.DateTimeField(null=True)

    data_map = every(TECHNICAL, "id") | every(
        ACCESS, "person", "about", "subject", "told_at", "read_at", "words", "said_at"
    )

    class Meta:
        verbose_name_plural = "told"
        constraints = [models.UniqueConstraint(fields=["subject", "person"], name="told_once")]
        indexes = [models.Index(fields=["person", "-told_at"], name="told_to_person")]
