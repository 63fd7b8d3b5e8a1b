"""Hand-over sheets: what is open when a shift or a post passes from one person to the next."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.places.models import Area


class SheetKind(models.TextChoices):
    SHIFT = "shift", _("Shift hand-over")
    LEAVING = "leaving", _("Leaving a post")


class Sheet(models.Model):
    """A frozen list, signed by both. `contents` holds ids and counts by section; words stay in the matters."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=8, choices=SheetKind.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    duty_path = models.CharField(max_length=200)
    government_path = models.CharField(max_length=200, blank=True, default="")
    post = models.UUIDField(null=True, blank=True)  # the post that is left
    made_at = models.DateTimeField()
    contents = models.JSONField(default=dict)
    remark = models.CharField(max_length=300, blank=True, default="")
    giver = models.UUIDField()
    giver_signed_at = models.DateTimeField(null=True, blank=True)
    taker = models.UUIDField(null=True, blank=True)
    taker_signed_at = models.DateTimeField(null=True, blank=True)

    data_map = every(TECHNICAL, "id", "kind") | every(
        STAFF, "area", "duty_path", "government_path", "post", "made_at", "contents", "remark", "giver",
        "giver_signed_at", "taker", "taker_signed_at",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(taker__isnull=True) | ~models.Q(taker=models.F("giver")),
                name="sheet_signed_by_two",
            )
        ]
        indexes = [models.Index(fields=["area", "made_at"], name="sheet_area")]
