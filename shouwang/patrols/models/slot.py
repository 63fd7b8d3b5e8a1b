"""Who takes part in a shift of a patrol, and what he marked: points, hourly signs of safety. Never a track."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.core.datamap import STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.duty.models import Unit
from shouwang.patrols.models.kinds import Branch, Party
from shouwang.patrols.models.order import Leg, Point
from shouwang.patrols.models.partner import Partner
from shouwang.people.models import Person


class Slot(models.Model):
    """One person on one shift. `until`: when he goes home, earlier than the shift for some volunteers.

    `heads`: leads this shift under the order's sworn lead. `covers`: for whom he stands in. `signed_at`: the lead
    signed for the hours.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    leg = models.ForeignKey(Leg, on_delete=models.CASCADE, related_name="slots")
    party = models.CharField(max_length=10, choices=Party.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="patrol_slots")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="slots")
    sworn = models.BooleanField(default=False)
    auxiliary = models.BooleanField(default=False)
    heads = models.BooleanField(default=False)
    branch = models.CharField(max_length=8, choices=Branch.choices, blank=True, default="")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reach = models.CharField(max_length=40, blank=True, default="")  # call sign or duty telephone of this shift
    until = models.DateTimeField()
    buddy = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    covers = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    on_at = models.DateTimeField(null=True, blank=True)
    off_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.UUIDField(null=True, blank=True)

    data_map = every(TECHNICAL, "id", "leg", "partner") | every(
        STAFF, "party", "person", "sworn", "auxiliary", "heads", "branch", "unit", "reach", "until", "buddy", "covers",
        "on_at", "off_at", "signed_at", "signed_by",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["leg", "person"], condition=models.Q(person__isnull=False), name="slot_person_once"
            ),
            models.UniqueConstraint(
                fields=["leg", "partner"], condition=models.Q(partner__isnull=False), name="slot_partner_once"
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) | models.Q(partner__isnull=False), name="slot_is_of_somebody"
            ),
            models.CheckConstraint(
                condition=models.Q(off_at__isnull=True) | models.Q(on_at__lte=models.F("off_at")),
                name="slot_ends_after_it_began",
            ),
        ]
        indexes = [models.Index(fields=["on_at"], name="slot_on_at")]

    def __str__(self) -> str:
        return f"{self.leg_id} {self.name}"

    @property
    def name(self) -> str:
        return self.person.name if self.person else self.partner.name if self.partner else ""

    @property
    def whom(self) -> UUID | None:
        """The id that the journal names him by."""
        return self.person_id or self.partner_id

    @property
    def employer(self) -> str:
        """Company, office or branch that sends him."""
        if self.partner and self.partner.employer:
            return self.partner.employer
        return self.unit.name if self.unit else str(Branch(self.branch).label) if self.branch else ""

    def served(self, at: dt.datetime) -> dt.timedelta:
        return (self.off_at or max(at, self.on_at)) - self.on_at if self.on_at else dt.timedelta()


class Sort(models.TextChoices):
    SEEN = "seen", pgettext_lazy("patrol", "Seen")
    SKIPPED = "skipped", pgettext_lazy("patrol", "Skipped")
    SAFE = "safe", _("All is well")
    HELP = "help", _("Needs help")


class Mark(models.Model):
    """A button or the sign of a place: of a point, or of nothing but “all is well”. It holds no position.

    What has a mark stays: nobody may delete one, and a cascade would try to.

    known_at  when whoever orders the patrol took note of a place left out
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="marks")
    point = models.ForeignKey(Point, on_delete=models.PROTECT, null=True, blank=True, related_name="marks")
    sort = models.CharField(max_length=8, choices=Sort.choices)
    by_sign = models.BooleanField(default=False)
    reason = models.CharField(max_length=120, blank=True, default="")
    at = models.DateTimeField()
    known_at = models.DateTimeField(null=True, blank=True)
    known_by = models.UUIDField(null=True, blank=True)

    data_map = every(TECHNICAL, "id") | every(
        STAFF, "slot", "point", "sort", "by_sign", "reason", "at", "known_at", "known_by"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(sort="skipped") | ~models.Q(reason=""), name="mark_skipped_with_a_reason"
            ),
            models.CheckConstraint(
                condition=models.Q(point__isnull=False) | ~models.Q(sort__in=["seen", "skipped"]),
                name="mark_of_a_point",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slot_id} {self.sort}"
