"""Who lives here, and where: the closed list of table 3.3 (C23), and nothing else."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from shouwang.core.datamap import TECHNICAL, every
from shouwang.places.models import Area
from shouwang.registry.lists import Category, Declarer, DocumentKind, Relation, Sex
from shouwang.registry.models.dwelling import Dwelling
from shouwang.registry.models.identity import Identity
from shouwang.registry.models.kept import CONSENTED, FOUND_BY, PLACE, REGISTER, Kept


class Resident(Kept):
    """A person who lives or lived here. Nobody reads this table: one finds (`finding.py`), then looks (`looking.py`).

    *_enc      AES-256-GCM, bound to table, column and row; the name is not: beside an index of its characters that
               would be theatre. It is protected by role, token and the encryption of the disk.
    *_bucket   a cut blind index: a thousand numbers share one, so a stolen copy cannot be sorted by it
    *_check    8 bytes of SHA-256(keyed hash ‖ row): tells the right row within a bucket to whoever knows the number
    grams      single characters and pairs of the name, its pinyin and initials (`spelling.py`)
    street … place_grams   where he is registered to live today, written by `settle_resident`, to be found by
    look_for_me_until   a year from when it was said; the database writes it (migration 0013)
    account    his own account, bound at a counter by an officer who saw the card
    """

    category = models.CharField(max_length=12, choices=Category.choices)
    name = models.CharField(max_length=60)
    doc_kind = models.CharField(max_length=32, choices=DocumentKind.choices)
    doc_no_enc = models.BinaryField()
    doc_bucket = models.SmallIntegerField()
    doc_check = models.BinaryField()
    sex = models.PositiveSmallIntegerField(choices=Sex.choices, default=Sex.NOT_STATED)
    birth_date_enc = models.BinaryField(null=True)  # the year alone, unless the item needs the day
    phone_enc = models.BinaryField(null=True)
    phone_bucket = models.SmallIntegerField(null=True)
    phone_check = models.BinaryField(null=True)
    tail_bucket = models.SmallIntegerField(null=True)
    tail_check = models.BinaryField(null=True)
    emergency_contact_enc = models.BinaryField(null=True)
    look_for_me = models.BooleanField(default=False)
    look_for_me_until = models.DateField(null=True)
    key_number = models.PositiveSmallIntegerField(default=1)
    grams = ArrayField(models.CharField(max_length=40), default=list)
    street = models.CharField(max_length=80, default="")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    place_grams = ArrayField(models.CharField(max_length=12), default=list)
    identity = models.ForeignKey(Identity, on_delete=models.SET_NULL, null=True, related_name="+")
    account = models.UUIDField(null=True, unique=True)

    data_map = (
        Kept.kept_map
        | every(TECHNICAL, "key_number")
        | every(
            REGISTER, "category", "name", "doc_kind", "doc_no_enc", "sex", "birth_date_enc", "street", "area",
            "identity", "account",
        )
        | every(CONSENTED, "phone_enc", "emergency_contact_enc", "look_for_me", "look_for_me_until")
        | every(
            FOUND_BY, "grams", "place_grams", "doc_bucket", "doc_check", "phone_bucket", "phone_check", "tail_bucket",
            "tail_check",
        )
    )  # fmt: skip

    class Meta:
        indexes = [
            GinIndex(fields=["grams", "place_grams"], name="resident_grams"),
            models.Index(fields=["doc_bucket"], include=["doc_check", "id"], name="resident_document"),
            models.Index(fields=["phone_bucket"], include=["phone_check", "id"], name="resident_phone"),
            models.Index(fields=["tail_bucket"], include=["tail_check", "id"], name="resident_phone_tail"),
            models.Index(fields=["area", "category"], name="resident_in_area"),
        ]


class Residence(Kept):
    """Person × dwelling × dates × relation. One that ended stays until its time is over."""

    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="residences")
    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="residences")
    relation = models.CharField(max_length=8, choices=Relation.choices)
    from_on = models.DateField()
    to_on = models.DateField(null=True)  # expected
    ended_on = models.DateField(null=True)
    declared_by = models.CharField(max_length=20, choices=Declarer.choices)
    receipt_no = models.CharField(max_length=8)

    data_map = Kept.kept_map | every(
        REGISTER, "resident", "dwelling", "relation", "from_on", "to_on", "ended_on", "declared_by"
    ) | every(PLACE, "receipt_no")  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="residence_ends_after_it_began",
                condition=models.Q(ended_on__isnull=True) | models.Q(ended_on__gte=models.F("from_on")),
            )
        ]
