"""Finding: a purpose for a quarter of an hour, and one row for every search."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from shouwang.core.datamap import ACCESS, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.registry.lists import Register
from shouwang.registry.purposes import Basis, Purpose

MOST_CANDIDATES = 20


class Sitting(models.Model):
    """What somebody is finding for: the matter in hand, or said once, and good until `ends_at`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.UUIDField(db_index=True)
    purpose = models.CharField(max_length=40, choices=Purpose.choices)
    basis = models.CharField(max_length=20, choices=Basis.choices)
    matter = models.UUIDField(null=True)
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    data_map = every(TECHNICAL, "id") | every(ACCESS, "person", "purpose", "basis", "matter", "began_at", "ends_at")

    class Meta:
        constraints = [
            models.CheckConstraint(name="sitting_purpose", condition=models.Q(purpose__in=Purpose.values)),
            models.CheckConstraint(name="sitting_basis", condition=models.Q(basis__in=Basis.values)),
        ]


class Search(models.Model):
    """One search: written and committed before anything is found (`open_search`, `find_records`).

    The journal entry that says how many were found has this row for its subject.

    terms_check  SHA-256 over the terms and this row: the search serves these terms and no others
    paths        the ground it reached over
    shown        which records it gave, masked; only these can be opened afterwards, for the same purpose
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.UUIDField()
    post = models.UUIDField(null=True)
    sitting = models.UUIDField()
    register = models.CharField(max_length=12, choices=Register.choices)
    purpose = models.CharField(max_length=40, choices=Purpose.choices)
    matter = models.UUIDField(null=True)
    terms_check = models.BinaryField()
    paths = ArrayField(models.CharField(max_length=200))
    began_at = models.DateTimeField()
    transaction = models.BigIntegerField()
    shown = ArrayField(models.UUIDField(), null=True)

    data_map = every(TECHNICAL, "id", "transaction") | every(
        ACCESS, "person", "post", "sitting", "register", "purpose", "matter", "terms_check", "paths", "began_at",
        "shown",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="search_shows_few",
                condition=models.Q(shown__isnull=True) | models.Q(shown__len__lte=MOST_CANDIDATES),
            )
        ]
        indexes = [models.Index(fields=["person", "began_at"], name="search_of_person")]
