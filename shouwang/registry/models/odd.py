"""Odd looks and their hearing, what staff declare of themselves for it, and planted records."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.core.datamap import ACCESS, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.places.models import Address, Area
from shouwang.registry.lists import Category, DocumentKind, Sex
from shouwang.registry.models.kept import Kept


class OddRule(models.TextChoices):
    """The rules, as staff read them beforehand (`registry/odd_looks.py`)."""

    OFF_DUTY = "off_duty", _("Outside one’s shift")
    OWN_NAME = "own_name", _("One’s own name")
    OWN_ADDRESS = "own_address", _("One’s own address")
    BURST = "burst", _("Many in a short time")
    DECOY = "decoy", _("A planted record")


class Heard(models.TextChoices):
    """What came of it."""

    EXPLAINED = "explained", pgettext_lazy("odd look", "explained")
    FOLLOWED = "followed", pgettext_lazy("odd look", "followed up elsewhere")


class OddLook(models.Model):
    """One look or search that a rule picked out. Shown first to whoever made it; no score, no count of persons.

    subject    the look or search      said  his own words      answer_by  then it goes on without them
    passed_at  from here on the lead and the auditor see it; row security keeps it from them before (migration 0015)
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    rule = models.CharField(max_length=12, choices=OddRule.choices)
    person = models.UUIDField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")  # the ground of his post
    subject = models.UUIDField()
    is_search = models.BooleanField()
    at = models.DateTimeField()
    found_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    said = models.CharField(max_length=500, default="", blank=True)
    said_at = models.DateTimeField(null=True)
    passed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    outcome = models.CharField(max_length=12, choices=Heard.choices, default="", blank=True)
    note = models.CharField(max_length=200, default="", blank=True)

    data_map = every(TECHNICAL, "id") | every(
        ACCESS, "rule", "person", "area", "subject", "is_search", "at", "found_at", "answer_by", "said", "said_at",
        "passed_at", "closed_at", "closed_by", "outcome", "note",
    )  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "subject", "person"], name="odd_look_once")]
        indexes = [models.Index(fields=["person", "at"], name="odd_look_of_person")]


class OwnAddress(models.Model):
    """Where a member of staff lives, as he declared it himself, for the rule about his own address and nothing else."""

    person = models.UUIDField(primary_key=True)
    address = models.ForeignKey(Address, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()

    data_map = every(STAFF, "person", "address", "declared_at")


class Decoy(Kept):
    """A planted record of nobody. It lies in a table of its own: no count, list, task, map, figure or sheet reads it.

    Found like a resident by name or address, never by a number and never in an emergency; opening it is a rule hit.
    """

    category = models.CharField(max_length=12, choices=Category.choices)
    name = models.CharField(max_length=60)
    doc_kind = models.CharField(max_length=32, choices=DocumentKind.choices)
    doc_no_enc = models.BinaryField()
    sex = models.PositiveSmallIntegerField(choices=Sex.choices, default=Sex.NOT_STATED)
    birth_date_enc = models.BinaryField(null=True)
    phone_enc = models.BinaryField(null=True)
    emergency_contact_enc = models.BinaryField(null=True)
    look_for_me = models.BooleanField(default=False)
    look_for_me_until = models.DateField(null=True)
    key_number = models.PositiveSmallIntegerField()
    grams = ArrayField(models.CharField(max_length=40))
    street = models.CharField(max_length=80)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    place_grams = ArrayField(models.CharField(max_length=12))
    residences = models.JSONField()

    data_map = every(
        TECHNICAL, *Kept.kept_map, "category", "name", "doc_kind", "doc_no_enc", "sex", "birth_date_enc", "phone_enc",
        "emergency_contact_enc", "look_for_me", "look_for_me_until", "key_number", "grams", "street", "area",
        "place_grams", "residences",
    )  # fmt: skip
