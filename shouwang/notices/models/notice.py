"""Notices: what somebody is to be told, and how far it has come."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import TECHNICAL, FieldUse, every
from shouwang.core.ids import new_id

TOLD = FieldUse("personal", "showing what somebody was told, when and how", "statutory_duty", "outbox", "see")


class RecipientKind(models.TextChoices):
    PERSON = "person", _("Person with an account")
    PARTY = "party", _("Party to a matter")
    PROOF = "proof", _("Somebody who proves a number or mailbox")
    RESIDENT = "resident", _("Somebody in the register, at his own number")
    HOLDER = "holder", _("Holder of an account, at the number it rests on")
    KIN = "kin", _("Whom a resident wants called in an emergency")


class Channel(models.TextChoices):
    IN_APP = "in_app", _("In the application")
    SMS = "sms", _("Short message")
    MAIL = "mail", _("E-mail")
    VOICE = "voice", _("Voice call")
    ANY = "any", _("To be chosen when it is sent")


class NoticeState(models.TextChoices):
    QUEUED = "queued", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent out")
    DELIVERED = "delivered", _("Delivered")
    READ = "read", _("Read")
    FAILED = "failed", _("Could not be delivered")
    WITHHELD = "withheld", _("Not sent")


class Notice(models.Model):
    """One thing to tell one recipient. The text is not kept: it is made from `wording` and `values` when needed.

    `recipient` is the key of a person, a party, a proof, or of a resident (for himself or for his kin); where he can be
    reached is known to the sending job alone.
    `why` is a short code of why it was withheld or failed. `outside` is the gateway's own number for it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    recipient_kind = models.CharField(max_length=8, choices=RecipientKind.choices)
    recipient = models.UUIDField()
    matter = models.UUIDField(null=True, blank=True, db_index=True)
    wording = models.CharField(max_length=40)
    values = models.JSONField(default=dict, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.ANY)
    state = models.CharField(max_length=10, choices=NoticeState.choices, default=NoticeState.QUEUED)
    life_safety = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    n_parts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=40, blank=True, default="")
    outside = models.CharField(max_length=80, blank=True, default="")

    data_map = every(
        TECHNICAL, "id", "channel", "state", "life_safety", "attempts", "n_parts", "next_try_at", "outside", "language"
    ) | every(
        TOLD, "recipient_kind", "recipient", "matter", "wording", "values", "queued_at", "sent_at", "delivered_at",
        "read_at", "why",
    )  # fmt: skip

    class Meta:
        indexes = [
            models.Index(fields=["next_try_at"], condition=models.Q(next_try_at__isnull=False), name="notice_due"),
            models.Index(fields=["recipient", "queued_at"], name="notice_of_recipient"),
        ]

    def __str__(self) -> str:
        return f"{self.wording} {self.state}"
