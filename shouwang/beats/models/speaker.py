"""The loudspeaker library: what may be played, in which hours and how loud, and where it was (S-PAT-013)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import PUBLIC, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.duty.models import Unit
from shouwang.places.models import Area


class Message(models.Model):
    """One text to be played between `begins` and `ends`, at most `most_db` at the nearest window."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    ground = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    duty_path = models.CharField(max_length=200)
    government_path = models.CharField(max_length=200, blank=True, default="")
    topic = models.CharField(_("Topic"), max_length=60)
    text = models.CharField(_("Text"), max_length=500)
    begins = models.TimeField()
    ends = models.TimeField()
    most_db = models.PositiveSmallIntegerField(default=60)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    data_map = every(TECHNICAL, "id", "duty_path", "government_path") | every(
        PUBLIC, "ground", "topic", "text", "begins", "ends", "most_db"
    ) | every(STAFF, "made_at", "ended_at")  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(begins__lt=models.F("ends")), name="message_within_a_day"),
            models.CheckConstraint(condition=models.Q(most_db__range=(30, 85)), name="message_not_too_loud"),
        ]
        ordering = ("topic",)

    def __str__(self) -> str:
        return self.topic


class Recording(models.Model):
    """A message as spoken in one language or dialect: sound alone, without what a phone writes into its files."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="recordings")
    language = models.CharField(max_length=30)
    content_type = models.CharField(max_length=40)
    sound = models.BinaryField()

    data_map = every(TECHNICAL, "id", "message", "content_type") | every(PUBLIC, "language", "sound")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "language"], name="recording_one_a_language")]
        ordering = ("language",)

    def __str__(self) -> str:
        return self.language


class Playback(models.Model):
    """A message was played in a street by a unit on shift."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="playbacks")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=30, blank=True, default="")
    street = models.CharField(max_length=80)
    at = models.DateTimeField()

    data_map = every(TECHNICAL, "id") | every(PUBLIC, "message", "language", "street") | every(STAFF, "unit", "at")

    class Meta:
        indexes = [models.Index(fields=["-at"], name="playback_at")]

    def __str__(self) -> str:
        return f"{self.street} {self.at}"
