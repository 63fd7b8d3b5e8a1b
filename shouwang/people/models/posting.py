"""Postings: who goes from where to where, for how long and why, and who decided it."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.core.datamap import STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.people.models.person import Person
from shouwang.people.models.post import Post
from shouwang.places.models import Area


class PostingKind(models.TextChoices):
    PERMANENT = "permanent", _("For good")
    SECONDED = "seconded", _("Seconded")
    SUPPORT = "support", pgettext_lazy("posting", "In support")
    STAND_IN = "stand_in", _("Standing in")


class PostingState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("posting", "Proposed")
    APPROVED = "approved", pgettext_lazy("posting", "Approved")
    REFUSED = "refused", pgettext_lazy("posting", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("posting", "Taken back")
    RETURNED = "returned", pgettext_lazy("posting", "Returned")


class SentFrom(models.TextChoices):
    LINE = "line", _("From the front line")
    BUREAU = "bureau", _("From headquarters")
    UPPER = "upper", _("From the bureau above")
    NEW = "new", _("Newly recruited")


class Posting(models.Model):
    """One person to one post. `post` is what it gave once approved, `leaving` the one he has to pass on.

    from_area, from_body  where from: an area of the town, or a body outside it by name
    room                  the police room, as people call it
    exception             why a recruit begins elsewhere than at a station (S-ORG-034)
    ends_on               the day of return; only a posting for good has none
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="postings")
    kind = models.CharField(max_length=10, choices=PostingKind.choices)
    sent_from = models.CharField(max_length=8, choices=SentFrom.choices)
    from_area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    from_body = models.CharField(max_length=80, blank=True, default="")
    to_area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="postings")
    room = models.CharField(max_length=60, blank=True, default="")
    role = models.CharField(max_length=32)
    stands_for = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    returned_on = models.DateField(null=True)
    reason = models.CharField(max_length=200)
    exception = models.CharField(max_length=200, blank=True, default="")
    state = models.CharField(max_length=10, choices=PostingState.choices, default=PostingState.PROPOSED)
    proposed_by = models.UUIDField(null=True)
    proposed_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_because = models.CharField(max_length=200, blank=True, default="")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="postings")
    leaving = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="left_by")

    data_map = every(TECHNICAL, "id") | every(
        STAFF, "person", "kind", "sent_from", "from_area", "from_body", "to_area", "room", "role", "stands_for",
        "starts_on", "ends_on", "returned_on", "reason", "exception", "state", "proposed_by", "proposed_at",
        "decided_by", "decided_at", "decided_because", "post", "leaving",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="posting_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=False) | models.Q(kind="permanent"), name="posting_has_a_return"
            ),
        ]
        indexes = [models.Index(fields=["-starts_on"], name="posting_starts")]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.to_area_id} ({self.state})"

    @property
    def whence(self) -> str:
        """Where he comes from, in words."""
        return self.from_area.name if self.from_area else self.from_body

    def due_back(self, today: dt.date) -> bool:
        """Whether the day of return is over and nobody wrote that he came back."""
        return self.state == PostingState.APPROVED and self.ends_on is not None and self.ends_on < today
