"""What was promised: how many minutes until somebody is there (CFS-05). Rows, because 1-3-5 has three readings."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import PUBLIC, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.places.models import Area


class RapidBasis(models.TextChoices):
    """What the minutes go by (C12)."""

    PLACE = "place", _("By place")
    FORCE = "force", _("By force")
    LEVEL = "level", _("By seriousness")


class RapidRule(models.Model):
    """One ring: `applies` is a class of the basis, `minutes` what it is promised. The newest set of an area counts.

    A set is written whole: its rows have one `since`, and end together when the next is written.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    duty_path = models.CharField(max_length=200)
    basis = models.CharField(max_length=8, choices=RapidBasis.choices)
    applies = models.CharField(max_length=12)
    minutes = models.PositiveSmallIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    set_by = models.UUIDField(null=True)

    data_map = every(TECHNICAL, "id", "duty_path") | every(STAFF, "set_by") | every(
        PUBLIC, "area", "basis", "applies", "minutes", "since", "until"
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "applies"], condition=models.Q(until__isnull=True), name="rapid_rule_once"
            ),
            models.CheckConstraint(name="rapid_minutes", condition=models.Q(minutes__gte=1, minutes__lte=120)),
        ]
        indexes = [models.Index(fields=["duty_path", "since"], name="rapid_rule_of")]

    def __str__(self) -> str:
        return f"{self.basis} {self.applies}: {self.minutes}"
