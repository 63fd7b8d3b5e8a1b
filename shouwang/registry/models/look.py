"""Looks: a token committed first, then the row."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from shouwang.core.datamap import ACCESS, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.registry.lists import Register
from shouwang.registry.purposes import Basis, Purpose

MOST_IDENTITIES = 20  # one matter's parties; whoever needs more asks again, and is seen asking


class LookToken(models.Model):
    """Leave to read the named records of one register, once, for 60 s, if and only if this row is committed.

    Only the database writes it (`open_look`, migration 0002): it sets the times, the person and the transaction.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.UUIDField()
    post = models.UUIDField(null=True)
    register = models.CharField(max_length=12, choices=Register.choices, db_default=Register.IDENTITY)
    purpose = models.CharField(max_length=40, choices=Purpose.choices)
    basis = models.CharField(max_length=20, choices=Basis.choices)
    matter = models.UUIDField(null=True)
    search = models.UUIDField(null=True)  # the search that showed the record, where one did
    identities = ArrayField(models.UUIDField())
    fields = ArrayField(models.CharField(max_length=20))
    entry = models.UUIDField()  # the journal entry that names this look
    created_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    transaction = models.BigIntegerField()  # pg_current_xact_id() of the inserting transaction
    used_at = models.DateTimeField(null=True)

    data_map = every(TECHNICAL, "id", "entry", "transaction", "created_at", "ends_at", "used_at") | every(
        ACCESS, "person", "post", "register", "purpose", "basis", "matter", "search", "identities", "fields"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="look_token_purpose", condition=models.Q(purpose__in=Purpose.values)),
            models.CheckConstraint(name="look_token_basis", condition=models.Q(basis__in=Basis.values)),
            models.CheckConstraint(
                name="look_token_few_identities",
                condition=models.Q(identities__len__gte=1, identities__len__lte=MOST_IDENTITIES),
            ),
        ]
        indexes = [models.Index(fields=["person", "created_at"], name="look_token_of_person")]


class Look(models.Model):
    """One look as the person looked at can read it: who, when, what for, on what basis."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    register = models.CharField(max_length=12, choices=Register.choices, db_default=Register.IDENTITY)
    identity = models.UUIDField(db_index=True)  # the record of that register
    person = models.UUIDField()
    post = models.UUIDField(null=True)
    purpose = models.CharField(max_length=40, choices=Purpose.choices)
    basis = models.CharField(max_length=20, choices=Basis.choices)
    matter = models.UUIDField(null=True, db_index=True)
    fields = ArrayField(models.CharField(max_length=20))
    at = models.DateTimeField()  # set by the database
    entry = models.UUIDField(db_index=True)  # the journal entry

    data_map = every(TECHNICAL, "id", "entry") | every(
        ACCESS, "register", "identity", "person", "post", "purpose", "basis", "matter", "fields", "at"
    )
