"""A resident's account: the one number or mailbox it rests on, and the proof that it is his own."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import SECRET, TECHNICAL, FieldUse, every
from shouwang.core.ids import new_id
from shouwang.people.models.person import Person

OWN = FieldUse("personal", "telling accounts apart and reaching their holder", "consent", "life", "see_correct_erase")
PROOF = FieldUse("personal", "proving that a number or mailbox is one's own", "consent", "session", "none")


class ContactKind(models.TextChoices):
    MOBILE = "mobile", _("Mobile number")
    MAIL = "mail", _("E-mail")


class ProofPurpose(models.TextChoices):
    JOIN = "join", _("Opening an account")
    CHANGE = "change", _("Changing the number or mailbox")
    LOST = "lost", _("Coming back in")


class Account(models.Model):
    """What belongs to a resident's account. The number itself is a registry identity, which no page can read.

    contact_hash  keyed hash of number or mailbox: an account is found by it, and it is given out once
    shown         the same, masked, for its holder
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="account")
    kind = models.CharField(max_length=8, choices=ContactKind.choices)
    contact_hash = models.BinaryField(unique=True)
    identity = models.UUIDField()
    shown = models.CharField(max_length=120)
    proven_at = models.DateTimeField()

    data_map = every(TECHNICAL, "person", "kind", "proven_at") | every(OWN, "contact_hash", "identity", "shown")


class ContactProof(models.Model):
    """One attempt to prove a contact. The sending job makes the code and keeps its hash; ten minutes, five tries.

    source     keyed hash of the address it was asked from: nobody has others' phones ring all day
    proven_at  the code was right; used_at: what it was for has been done with it
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    purpose = models.CharField(max_length=8, choices=ProofPurpose.choices)
    kind = models.CharField(max_length=8, choices=ContactKind.choices)
    contact_hash = models.BinaryField()
    identity = models.UUIDField()
    shown = models.CharField(max_length=120)
    person = models.UUIDField(null=True, blank=True)  # the account that asks, when it changes its contact
    source = models.BinaryField()
    code_hash = models.BinaryField(null=True, blank=True)
    asked_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    wrong = models.PositiveSmallIntegerField(default=0)
    proven_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    data_map = (
        every(TECHNICAL, "id", "purpose", "kind", "wrong")
        | every(PROOF, "contact_hash", "identity", "shown", "person", "source")
        | every(PROOF, "asked_at", "ends_at", "proven_at", "used_at")
        | every(SECRET, "code_hash")
    )

    class Meta:
        indexes = [
            models.Index(fields=["contact_hash", "asked_at"], name="contact_proof_contact"),
            models.Index(fields=["source", "asked_at"], name="contact_proof_source"),
        ]
