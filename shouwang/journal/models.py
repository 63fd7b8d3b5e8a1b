"""An entry is two rows: the envelope, which nobody may change, and the particulars, which the purge may erase."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.models.functions import Now

from shouwang.core.actor import Actor
from shouwang.core.datamap import PUBLIC, TECHNICAL, FieldUse, every
from shouwang.core.ids import new_id
from shouwang.journal.envelope import Envelope

ACCOUNT = FieldUse("personal", "showing for ever who did what, and when", "statutory_duty", "life", "see")
DETAIL = FieldUse("personal", "showing how an act was done, in codes and values", "statutory_duty", "access", "see")

REACTION = FieldUse("technical", "doing once what follows from an act", "none", "outbox", "none")


class Entry(models.Model):
    """The envelope of one act. Ids without foreign keys: it outlives whatever it speaks of."""

    id = models.UUIDField(primary_key=True, default=new_id)
    verb = models.CharField(max_length=100)
    topic = models.CharField(max_length=100)
    subject = models.UUIDField()
    subject_kind = models.CharField(max_length=50)
    actor_kind = models.CharField(max_length=20)
    person = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    device = models.UUIDField(null=True)
    grant = models.UUIDField(null=True)
    area = models.UUIDField(null=True)
    at = models.DateTimeField()
    received_at = models.DateTimeField(db_default=Now())
    commitment = models.BinaryField(max_length=32)

    data_map = {
        **every(TECHNICAL, "id", "verb", "topic", "subject_kind", "actor_kind", "received_at", "commitment"),
        **every(ACCOUNT, "subject", "person", "post", "device", "grant", "area", "at"),
    }

    class Meta:
        indexes = [
            models.Index("subject", "id", name="journal_entry_of_subject"),
            models.Index("person", "id", name="journal_entry_of_person"),
        ]
        verbose_name_plural = "entries"

    @property
    def envelope(self) -> Envelope:
        values = {name: getattr(self, name) for name in Envelope.__dataclass_fields__}
        return Envelope(**values | {"commitment": bytes(self.commitment)})

    @property
    def by(self) -> Actor:
        return Actor(self.person, self.post, self.device, self.actor_kind, self.grant)


class Particulars(models.Model):
    """What the commitment of an entry was made over. Deleting the row is erasing it."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="particulars")
    salt = models.BinaryField(max_length=32)
    text = models.TextField()  # canonical JSON, kept byte for byte

    data_map = {"entry": TECHNICAL, "salt": DETAIL, "text": DETAIL}

    class Meta:
        verbose_name_plural = "particulars"

    @property
    def values(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.text)["particulars"]
        return found


class Pending(models.Model):
    """Entries that wait for the sealer; written with the entry, removed with its leaf."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="+")

    data_map = {"entry": TECHNICAL}

    class Meta:
        verbose_name_plural = "pending"


class Leaf(models.Model):
    """The place of an entry in the tree. Only the sealer numbers; nothing else may follow entries by id."""

    index = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="leaf")
    data = models.BinaryField(max_length=32)  # what the entry bundles publish
    hash = models.BinaryField(max_length=32)

    data_map = every(TECHNICAL, "index", "entry", "data", "hash")

    class Meta:
        verbose_name_plural = "leaves"
        constraints = [models.CheckConstraint(condition=models.Q(index__gte=0), name="journal_leaf_index_from_zero")]


class Head(models.Model):
    """A signed checkpoint: the first `size` leaves have this root."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    at = models.DateTimeField()
    frontier = models.BinaryField()  # roots of the complete subtrees: the sealer goes on from here

    data_map = every(PUBLIC, "size", "root", "note", "at") | every(TECHNICAL, "frontier")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(size__gt=0), name="journal_head_not_empty")]


class Reacted(models.Model):
    """This handler has dealt with this entry; written in the transaction of what it did."""

    id = models.UUIDField(primary_key=True, default=new_id)
    handler = models.CharField(max_length=200)
    entry = models.UUIDField()
    at = models.DateTimeField()

    data_map = every(REACTION, "id", "handler", "entry", "at")

    class Meta:
        verbose_name_plural = "reacted"
        constraints = [models.UniqueConstraint(fields=["handler", "entry"], name="journal_reacted_once")]
