"""What people ask of a roster: leave, wishes, and swaps between two."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.core.datamap import STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.duty.models.roster import Turn
from shouwang.people.models import Person


class AbsenceKind(models.TextChoices):
    LEAVE = "leave", pgettext_lazy("duty", "Leave")
    WISH_OFF = "wish_off", _("Rather not on duty")
    WISH_ON = "wish_on", _("Gladly on duty")


class AbsenceState(models.TextChoices):
    ASKED = "asked", _("Waits for an answer")
    GRANTED = "granted", pgettext_lazy("duty", "Granted")
    REFUSED = "refused", pgettext_lazy("duty", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("duty", "Taken back")


class Absence(models.Model):
    """Leave, which whoever leads grants, or a wish, which needs no leave and binds nobody. No reason is asked."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absences")
    kind = models.CharField(max_length=8, choices=AbsenceKind.choices)
    first_on = models.DateField()
    last_on = models.DateField()
    state = models.CharField(max_length=9, choices=AbsenceState.choices, default=AbsenceState.ASKED)
    asked_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    data_map = every(TECHNICAL, "id") | every(
        STAFF, "person", "kind", "first_on", "last_on", "state", "asked_at", "decided_by", "decided_at"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(last_on__gte=models.F("first_on")), name="absence_ends_after")
        ]
        indexes = [models.Index(fields=["person", "first_on"], name="absence_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.first_on}"


class SwapState(models.TextChoices):
    ASKED = "asked", _("Waits for the other")
    AGREED = "agreed", _("Both agree; waits for the lead")
    DONE = "done", pgettext_lazy("duty", "Swapped")
    REFUSED = "refused", pgettext_lazy("duty", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("duty", "Taken back")


class Swap(models.Model):
    """`given` goes to `taker`; where `taken` is named, that one goes back to the giver."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    given = models.ForeignKey(Turn, on_delete=models.CASCADE, related_name="given_in")
    giver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    taker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    taken = models.ForeignKey(Turn, on_delete=models.CASCADE, null=True, blank=True, related_name="taken_in")
    state = models.CharField(max_length=9, choices=SwapState.choices, default=SwapState.ASKED)
    asked_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    data_map = every(TECHNICAL, "id", "given", "taken") | every(
        STAFF, "giver", "taker", "state", "asked_at", "agreed_at", "decided_by", "decided_at"
    )

    def __str__(self) -> str:
        return f"{self.giver_id} → {self.taker_id} ({self.state})"
