"""The loudspeaker library: what may be played, in which hours and how loud, and where it was played (S-PAT-013)."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.core.datamap import PUBLIC, STAFF, TECHNICAL, TRACK, every
from shouwang.core.ids import new_id
from shouwang.duty.models import Unit
from shouwang.places.models import Area

DAY_BEGINS, DAY_ENDS = dt.time(6), dt.time(22)  # night is 22 to 6: Law on Noise Pollution (2022), article 88
SOFTEST, LOUDEST, USUAL = 40, 70, 60  # dB(A) at the nearest window; 70 is the day beside a main road (GB 3096-2008)


class MessageState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("loudspeaker", "Waits for approval")
    APPROVED = "approved", pgettext_lazy("loudspeaker", "May be played")
    WITHDRAWN = "withdrawn", pgettext_lazy("loudspeaker", "Withdrawn")


class Message(models.Model):
    """One text to be played between `begins` and `ends` of a day, at most `most_db` at the nearest window."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    ground = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    duty_path = models.CharField(max_length=200)
    government_path = models.CharField(max_length=200, blank=True, default="")
    topic = models.CharField(_("Topic"), max_length=60)
    text = models.CharField(max_length=500)
    begins = models.TimeField()
    ends = models.TimeField()
    most_db = models.PositiveSmallIntegerField(default=USUAL)
    state = models.CharField(max_length=9, choices=MessageState.choices, default=MessageState.DRAFT)
    written_by = models.UUIDField(null=True)
    written_at = models.DateTimeField()
    approved_by = models.UUIDField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    data_map = every(TECHNICAL, "id", "duty_path", "government_path") | every(
        PUBLIC, "ground", "topic", "text", "begins", "ends", "most_db"
    ) | every(
        STAFF, "state", "written_by", "written_at", "approved_by", "approved_at", "withdrawn_at"
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(begins__lt=models.F("ends"), begins__gte=DAY_BEGINS, ends__lte=DAY_ENDS),
                name="announcement_message_by_day",
            ),
            models.CheckConstraint(
                condition=models.Q(most_db__range=(SOFTEST, LOUDEST)), name="announcement_message_not_too_loud"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="approved") | ~models.Q(approved_by=models.F("written_by")),
                name="announcement_message_two_people",
            ),
        ]
        indexes = [models.Index(fields=["duty_path"], name="announcement_path", opclasses=["text_pattern_ops"])]
        ordering = ("topic",)

    def __str__(self) -> str:
        return self.topic

    @property
    def hours(self) -> str:
        return f"{self.begins:%H:%M}–{self.ends:%H:%M}"


class Recording(models.Model):
    """A message as spoken in one language or dialect: its sound alone, sealed on disk."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="recordings")
    language = models.CharField(max_length=30)
    content_type = models.CharField(max_length=40)
    stored = models.BinaryField(max_length=32)
    wrapped_key = models.BinaryField()
    size = models.PositiveIntegerField()
    kept_at = models.DateTimeField()

    data_map = every(TECHNICAL, "id", "message", "content_type", "stored", "wrapped_key", "size") | every(
        PUBLIC, "language"
    ) | every(STAFF, "kept_at")  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "language"], name="announcement_recording_once")]
        ordering = ("language",)

    def __str__(self) -> str:
        return self.language


class Playback(models.Model):
    """A message was played at a place. After as long as a track is kept, `unit` is empty; place and time stay."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="playbacks")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=30, blank=True, default="")
    place = models.CharField(max_length=80)
    level_db = models.PositiveSmallIntegerField(null=True, blank=True)
    at = models.DateTimeField()

    data_map = every(TECHNICAL, "id") | every(PUBLIC, "message", "language", "place", "level_db", "at") | every(
        TRACK, "unit"
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["message", "-at"], name="announcement_playback_at")]

    def __str__(self) -> str:
        return f"{self.place} {self.at}"
