"""Findings: two notes that do not fit together. Shown first to whoever made them; nothing follows without a hand."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.core.datamap import ACCESS, PUBLIC, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.places.models import Area


class Check(models.TextChoices):
    FAR = "far", _("Arrival noted far from the place")
    FAST = "fast", _("From one visit to the next faster than on foot")
    APART = "apart", _("Two places at once")


class Settled(models.TextChoices):
    """What a person decided after reading both. What is explained is erased, with the words."""

    EXPLAINED = "explained", pgettext_lazy("finding", "explained: erase it")
    FOLLOWED = "followed", pgettext_lazy("finding", "taken up elsewhere, by hand")


class Finding(models.Model):
    """One thing noted that does not fit another. No score, no count of persons.

    facts      what stands beside what: metres, seconds, limit      subject  the assignment or the stop of a round
    answer_by  then it goes on without words                        passed_at  from here on the lead sees it
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    check_name = models.CharField(max_length=5, choices=Check.choices)
    person = models.UUIDField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    subject = models.UUIDField()
    place_text = models.CharField(max_length=300, blank=True, default="")
    at = models.DateTimeField()
    facts = models.JSONField()
    found_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    came_from = models.CharField(max_length=12, blank=True, default="")
    said = models.CharField(max_length=500, blank=True, default="")
    said_at = models.DateTimeField(null=True)
    passed_at = models.DateTimeField(null=True)
    settled = models.CharField(max_length=9, choices=Settled.choices, blank=True, default="")
    settled_by = models.UUIDField(null=True)
    settled_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=200, blank=True, default="")

    data_map = every(TECHNICAL, "id") | every(PUBLIC, "area") | every(
        ACCESS, "check_name", "person", "subject", "place_text", "at", "facts", "found_at", "answer_by", "came_from",
        "said", "said_at", "passed_at", "settled", "settled_by", "settled_at", "note",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["check_name", "subject", "person"], name="finding_once"),
            models.CheckConstraint(
                condition=models.Q(settled="") | models.Q(settled_by__isnull=False), name="finding_settled_by_a_hand"
            ),
            models.CheckConstraint(
                condition=~models.Q(settled_by=models.F("person")), name="finding_settled_by_another"
            ),
        ]
        indexes = [models.Index(fields=["person", "-at"], name="finding_of_person")]
