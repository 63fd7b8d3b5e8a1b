"""Sessions: one row for each browser that is signed in, listed for its owner and ended within a second."""

from __future__ import annotations

import datetime as dt

from django.db import models

from shouwang.core.datamap import SECRET, STAFF, TECHNICAL, FieldUse, every
from shouwang.core.ids import new_id
from shouwang.people.models.person import Person
from shouwang.places.models import Area

SESSION = FieldUse("staff", "showing its owner where he is signed in", "contract_or_hr", "session", "see")
ATTEMPT = FieldUse("technical", "refusing whoever guesses passwords", "statutory_duty", "session", "none")


class Workstation(models.Model):
    """A desk machine of an office, known by a cookie: a session on it stays open while its shift is on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=80)
    token_hash = models.BinaryField(unique=True)
    registered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    data_map = (
        every(TECHNICAL, "id")
        | every(STAFF, "area", "label", "registered_by", "registered_at", "ended_at")
        | every(SECRET, "token_hash")
    )

    def __str__(self) -> str:
        return self.label


class SessionQuerySet(models.QuerySet["Session"]):
    def live(self, at: dt.datetime) -> SessionQuerySet:
        return self.filter(ended_at__isnull=True, ends_at__gt=at, person__active=True)


class Session(models.Model):
    """One browser signed in. `token_hash` is SHA-256 of the cookie.

    proven_at    when the second factor was given; empty while it is still asked for, and the session is nobody yet
    locked_at    idle too long: pages wait for a password or passkey, what was typed stays
    on_duty_until  on a registered workstation: the end of the shift, before which it does not lock
    admin_until  administration was switched on, with `admin_reason`, and ends by itself
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sessions")
    token_hash = models.BinaryField(unique=True)
    label = models.CharField(max_length=80)
    workstation = models.ForeignKey(Workstation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField()
    proven_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True, blank=True)
    on_duty_until = models.DateTimeField(null=True, blank=True)
    admin_until = models.DateTimeField(null=True, blank=True)
    admin_reason = models.CharField(max_length=200, blank=True, default="")
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    challenge = models.BinaryField(null=True, blank=True)  # of the passkey ceremony that is under way

    objects = SessionQuerySet.as_manager()

    data_map = (
        every(TECHNICAL, "id")
        | every(
            SESSION,
            "person",
            "label",
            "workstation",
            "started_at",
            "proven_at",
            "seen_at",
            "locked_at",
            "on_duty_until",
            "admin_until",
            "admin_reason",
            "ends_at",
            "ended_at",
        )
        | every(SECRET, "token_hash", "challenge")
    )

    class Meta:
        indexes = [models.Index(fields=["person", "ended_at"], name="session_person")]

    def __str__(self) -> str:
        return self.label

    @property
    def locked(self) -> bool:
        return self.locked_at is not None

    def administers_at(self, at: dt.datetime) -> bool:
        return self.admin_until is not None and at < self.admin_until


class FailedSignIn(models.Model):
    """One failure, under keyed hashes of the login and of the address it came from: counted, never read."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    login_hash = models.BinaryField()
    address_hash = models.BinaryField()
    at = models.DateTimeField()

    data_map = every(TECHNICAL, "id") | every(ATTEMPT, "login_hash", "address_hash", "at")

    class Meta:
        indexes = [
            models.Index(fields=["login_hash", "at"], name="failed_sign_in_login"),
            models.Index(fields=["address_hash", "at"], name="failed_sign_in_address"),
        ]
