"""Looks: a token committed first, then the row."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from shouwang.core.datamap import ACCESS, TECHNICAL, every
from shouwang.core.ids import new_id


class LookToken(models.Model):
    """Leave to read the named identities, once each, for 60 s, if and only if this row is committed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    purpose = models.CharField(max_length=40)
    basis = models.CharField(max_length=20)
    matter = models.UUIDField(null=True)
    identities = ArrayField(models.UUIDField())
    created_at = models.DateTimeField()  # set by the database
    ends_at = models.DateTimeField()
    transaction = models.BigIntegerField()  # pg_current_xact_id() of the inserting transaction, set by the database
    used = ArrayField(models.UUIDField(), default=list)

    data_map = every(TECHNICAL, "id", "transaction", "created_at", "ends_at", "used") | every(
        ACCESS, "person", "post", "purpose", "basis", "matter", "identities"
    )


class Look(models.Model):
    """One look as the person looked at can read it: who, when, what for, on what basis."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    identity = models.UUIDField(db_index=True)
    person = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    purpose = models.CharField(max_length=40)
    basis = models.CharField(max_length=20)
    matter = models.UUIDField(null=True, db_index=True)
    fields = ArrayField(models.CharField(max_length=20))
    at = models.DateTimeField()
    entry = models.UUIDField()  # the journal entry

    data_map = every(TECHNICAL, "id", "entry") | every(
        ACCESS, "identity", "person", "post", "purpose", "basis", "matter", "fields", "at"
    )
