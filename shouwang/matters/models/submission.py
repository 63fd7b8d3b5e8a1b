"""What residents hand in. The public face writes here and nowhere else; a job takes it in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import MATTER, SECRET, TECHNICAL, every
from shouwang.core.ids import new_id


class SubmissionKind(models.TextChoices):
    REPORT = "report", _("Report")
    ADDITION = "addition", _("Addition")
    PLACE = "place", _("Place corrected")
    WITHDRAWAL = "withdrawal", _("Withdrawal")
    ANSWER = "answer", _("Questionnaire answered")
    CODE = "code", _("One-time code asked for")
    MENDED = "mended", _("Said to be mended")
    SELF_CHECK = "self_check", _("Self-check")


class Submission(models.Model):
    """One thing handed in. For a report `matter` is the key the matter will have, so the receipt opens it at once.

    `content` is checked by `matters.inbox` before it is kept. `identity` was kept in the registry in the same act.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=SubmissionKind.choices)
    matter = models.UUIDField(db_index=True)
    content = models.JSONField(default=dict)
    identity = models.UUIDField(null=True, blank=True)
    person = models.UUIDField(null=True, blank=True)
    grant = models.UUIDField(null=True, blank=True)  # the receipt it came by
    quiet = models.BooleanField(default=False)  # do not write or call
    protected = models.BooleanField(default=False)
    pass_phrase_hash = models.CharField(max_length=256, blank=True, default="")
    received_at = models.DateTimeField()
    taken_in_at = models.DateTimeField(null=True, blank=True)
    refused = models.CharField(max_length=60, blank=True, default="")  # a Problem's code; its author sees why

    data_map = (
        every(TECHNICAL, "id", "kind", "received_at", "taken_in_at", "refused")
        | every(MATTER, "matter", "content", "identity", "person", "grant", "quiet", "protected")
        | every(SECRET, "pass_phrase_hash")
    )


class OneTimeCode(models.Model):
    """A code sent to the reporter's number: with the receipt it opens that one matter. Kept as a hash, 10 minutes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.UUIDField(db_index=True)
    code_hash = models.BinaryField()
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    wrong = models.PositiveSmallIntegerField(default=0)

    data_map = every(TECHNICAL, "id", "matter", "made_at", "ends_at", "used_at", "wrong") | every(SECRET, "code_hash")


class ReceiptTry(models.Model):
    """A wrong code or pass phrase: five in 15 minutes and that address, or that receipt, waits (SVC-14)."""

    id = models.BigAutoField(primary_key=True)
    source = models.BinaryField()  # keyed hash of the network address or the receipt: never either itself
    at = models.DateTimeField()

    data_map = every(TECHNICAL, "id", "at") | every(SECRET, "source")

    class Meta:
        indexes = [models.Index(fields=["source", "at"], name="receipt_try_source")]
