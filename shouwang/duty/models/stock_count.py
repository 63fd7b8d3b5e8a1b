"""The monthly count: what stood in the ledger, what was seen, and a word for everything that does not agree."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import PUBLIC, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.duty.models.equipment import EquipmentKind
from shouwang.places.models import Area


class DifferenceSort(models.TextChoices):
    MISSING = "missing", _("In the ledger, not seen")
    ELSEWHERE = "elsewhere", _("Seen, but by the ledger not here")
    UNKNOWN = "unknown", _("Seen, and not in the ledger")


class StockCount(models.Model):
    """One kind of one office in one month. Open until every difference has its explanation; then it stays as it is.

    month            its first day
    expected, n_seen by the ledger and by hand, written down when it closes
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    kind = models.ForeignKey(EquipmentKind, on_delete=models.PROTECT, related_name="counts")
    month = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    expected = models.PositiveIntegerField(null=True)
    n_seen = models.PositiveIntegerField(null=True)

    data_map = every(TECHNICAL, "id") | every(PUBLIC, "area", "kind", "month", "expected", "n_seen") | every(
        STAFF, "opened_at", "opened_by", "closed_at", "closed_by"
    )  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "kind", "month"], name="stock_count_once_a_month")]

    def __str__(self) -> str:
        return f"{self.kind_id} {self.month}"


class StockSeen(models.Model):
    """A number that somebody held in his hand or scanned."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    count = models.ForeignKey(StockCount, on_delete=models.CASCADE, related_name="seen")
    serial = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    data_map = every(TECHNICAL, "id", "count") | every(PUBLIC, "serial") | every(STAFF, "at", "by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["count", "serial"], name="stock_seen_once")]

    def __str__(self) -> str:
        return self.serial


class StockDifference(models.Model):
    """Why a number does not agree. `sort` is written down when the count closes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    count = models.ForeignKey(StockCount, on_delete=models.CASCADE, related_name="differences")
    serial = models.CharField(max_length=40)
    sort = models.CharField(max_length=9, choices=DifferenceSort.choices, blank=True, default="")
    words = models.CharField(max_length=120)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    data_map = every(TECHNICAL, "id", "count") | every(PUBLIC, "serial", "sort") | every(STAFF, "words", "at", "by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["count", "serial"], name="stock_difference_once")]

    def __str__(self) -> str:
        return f"{self.serial} {self.sort}"
