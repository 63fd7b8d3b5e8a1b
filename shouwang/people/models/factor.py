"""What proves who somebody is, beside the password: codes from an app, recovery codes, passkeys."""

from __future__ import annotations

from django.db import models

from shouwang.core.datamap import SECRET, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.people.models.person import Person


class CodeApp(models.Model):
    """A TOTP secret, sealed under the key ring. `last_step` is the newest code used: none is taken twice."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="code_app")
    secret_enc = models.BinaryField()
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    last_step = models.BigIntegerField(default=0)

    data_map = (
        every(TECHNICAL, "id", "last_step")
        | every(STAFF, "person", "made_at", "confirmed_at")
        | every(SECRET, "secret_enc")
    )


class RecoveryCode(models.Model):
    """One of ten codes on paper, each good once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.BinaryField(unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    data_map = every(TECHNICAL, "id") | every(STAFF, "person", "made_at", "used_at") | every(SECRET, "code_hash")


class Passkey(models.Model):
    """A WebAuthn credential: possession and a gesture or PIN in one, so it is both factors."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="passkeys")
    credential_id = models.BinaryField(unique=True)
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    label = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    data_map = (
        every(TECHNICAL, "id", "sign_count")
        | every(STAFF, "person", "label", "made_at", "used_at")
        | every(SECRET, "credential_id", "public_key")
    )

    def __str__(self) -> str:
        return self.label
