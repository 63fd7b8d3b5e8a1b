"""Grants: a narrow right without a post. It names what it opens and when it ends."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import SECRET, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.people.models.person import Person


class GrantKind(models.TextChoices):
    RECEIPT = "receipt", _("Receipt holder")  # opens one matter
    PARTY = "party", _("Party of a matter")  # opens one matter for a resident's account
    FILED = "filed", _("Filed by this account")
    UNIT = "unit", _("Unit's token")  # reports positions of one unit
    SCREEN = "screen", _("Wall screen")  # sees one area, read-only, no identity
    INVITE = "invite", _("Invitation")  # sets a first password and second factor
    DEVICE = "device", _("Binding of a phone")  # sends a key for one person, within minutes
    SYSTEM = "system", _("Outside system")
    CALENDAR = "calendar", _("Own duty as a calendar")  # lists one person's own turns, nothing else
    DOCK = "dock", _("Docking station of recorders")  # notes uploads of one office
    BOUND = "bound", _("Bound to a resident")  # face to face at a counter


class Grant(models.Model):
    """One right for one holder. `subject` is the id of what it opens (matter, unit, area, person …).

    `token_hash` is a keyed hash of the secret given out once; a grant of a signed-in person has none.
    `rests_on` is the contact (registry identity) of the account at that time: when it changes, the grant ends.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=10, choices=GrantKind.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="grants")
    subject = models.UUIDField()
    token_hash = models.BinaryField(null=True, blank=True, unique=True)
    rests_on = models.UUIDField(null=True, blank=True)
    given_by = models.UUIDField(null=True, blank=True)
    given_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    data_map = (
        every(TECHNICAL, "id", "kind", "subject", "rests_on")
        | every(STAFF, "person", "given_by", "given_at", "ends_at", "revoked_at")
        | every(SECRET, "token_hash")
    )

    class Meta:
        indexes = [models.Index(fields=["kind", "subject"], name="grant_subject")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
