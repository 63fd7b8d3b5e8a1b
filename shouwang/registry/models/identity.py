"""What somebody tells about himself: the protected block."""

from __future__ import annotations

from django.db import models

from shouwang.core.datamap import IDENTITY, TECHNICAL, every
from shouwang.core.ids import new_id


class Identity(models.Model):
    """Name, number, address of a caller, reporter or party. The web role cannot read this table.

    Values are AES-256-GCM, AAD = table‖column‖row id, with the number of the key in front (registry.sealing).
    Reading goes through `registry.looking`; writing through `registry.identities.keep_identity`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name_enc = models.BinaryField(null=True, blank=True)
    number_enc = models.BinaryField(null=True, blank=True)  # telephone
    address_enc = models.BinaryField(null=True, blank=True)
    email_enc = models.BinaryField(null=True, blank=True)
    number_index = models.BinaryField(null=True, blank=True)  # blind index of the whole number, truncated
    protected = models.BooleanField(default=False)  # CFS-07: asked to stay unnamed
    do_not_contact = models.BooleanField(default=False)  # nothing is sent, listed nowhere but behind the receipt
    key_number = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField()

    data_map = every(TECHNICAL, "id", "key_number", "created_at") | every(
        IDENTITY, "name_enc", "number_enc", "address_enc", "email_enc", "number_index", "protected", "do_not_contact"
    )
