"""People of partner parties: who sends them, from when to when, insured, trained, and what they may do."""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models

from shouwang.core.datamap import STAFF, TECHNICAL, FieldUse, every
from shouwang.core.ids import new_id
from shouwang.patrols.models.kinds import Party
from shouwang.people.models import Person
from shouwang.places.models import Area

JOINED = FieldUse("personal", "taking part in patrols of one's own will", "consent", "ticket", "see_correct_erase")


class Partner(models.Model):
    """One of a partner party. It holds what a task asks for and nothing else: no number, no address, no health.

    `full_time`: a security worker by contract. `latest_end`: when he goes home, by age and fitness, as he said.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=40)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="partner")
    party = models.CharField(max_length=10, choices=Party.choices)
    employer = models.CharField(max_length=60, blank=True, default="")
    full_time = models.BooleanField(default=False)
    ground = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    duty_path = models.CharField(max_length=200)
    government_path = models.CharField(max_length=200, blank=True, default="")
    contract_from = models.DateField(null=True, blank=True)
    contract_to = models.DateField(null=True, blank=True)
    insured_until = models.DateField(null=True, blank=True)
    trained_on = models.DateField(null=True, blank=True)
    tasks = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    latest_end = models.TimeField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    data_map = (
        every(TECHNICAL, "id", "duty_path", "government_path", "person")
        | every(STAFF, "party", "employer", "full_time", "ground", "contract_from", "contract_to", "tasks", "ended_on")
        | every(JOINED, "name", "insured_until", "trained_on", "latest_end")
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(party="police"), name="partner_is_no_police")]

    def __str__(self) -> str:
        return self.name

    def holds_on(self, day: dt.date) -> bool:
        """Whether he belongs to it on that day: begun, not ended, contract running."""
        spans = ((self.contract_from, self.contract_to), (None, self.ended_on))
        return all((begins is None or begins <= day) and (ends is None or day <= ends) for begins, ends in spans)
