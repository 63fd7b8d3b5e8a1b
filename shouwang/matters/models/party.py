"""Parties: matter, role, identity. All a matter holds about who somebody is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import MATTER, SECRET, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.matters.models.matter import Matter


class PartyRole(models.TextChoices):
    CALLER = "caller", _("Caller")
    REPORTER = "reporter", _("Reporter")
    PARTY = "party", _("Party")
    WITNESS = "witness", _("Witness")


class Party(models.Model):
    """Somebody's part in a matter. `identity` is the key of a registry.Identity, without a foreign key upwards.

    `quiet` means: send nothing, list it nowhere but behind the receipt.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="parties")
    role = models.CharField(max_length=10, choices=PartyRole.choices)
    identity = models.UUIDField(null=True, blank=True)
    protected = models.BooleanField(default=False)
    quiet = models.BooleanField(default=False)
    person = models.UUIDField(null=True, blank=True)  # account of the resident who filed it, if any
    pass_phrase_hash = models.CharField(max_length=256, blank=True, default="")
    added_at = models.DateTimeField()

    data_map = (
        every(TECHNICAL, "id", "matter", "added_at")
        | every(MATTER, "role", "identity", "protected", "quiet", "person")
        | every(SECRET, "pass_phrase_hash")
    )
