"""The equipment ledger: kinds as the town names them, each thing by its number, and every act on it as a line."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.core.datamap import PUBLIC, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.duty.models.shift import Shift
from shouwang.duty.models.unit import Unit
from shouwang.people.models import Person
from shouwang.places.models import Area


def with_whom(holder: Person | None, unit: Unit | None) -> str:
    return holder.name if holder else unit.name if unit else ""


class EquipmentForm(models.TextChoices):
    """What kinds of one form have in common, and what is asked of them."""

    RADIO = "radio", _("Radio")
    RECORDER = "recorder", _("Body recorder")
    GEAR = "gear", _("Protective gear")
    VEHICLE = "vehicle", pgettext_lazy("equipment", "Vehicle")
    BOOTH_KIT = "booth_kit", _("Booth kit")
    OTHER = "other", pgettext_lazy("equipment", "Other")


class EquipmentKind(models.Model):
    """What the town counts by itself: “350M数字对讲机”. `planned`: how many there ought to be; 0 where nobody says."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=40, unique=True)
    form = models.CharField(max_length=9, choices=EquipmentForm.choices)
    planned = models.PositiveIntegerField(default=0)

    data_map = every(TECHNICAL, "id") | every(PUBLIC, "name", "form", "planned")

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class ItemState(models.TextChoices):
    STOCK = "stock", pgettext_lazy("equipment", "In stock")
    ISSUED = "issued", pgettext_lazy("equipment", "Issued")
    FAULT = "fault", pgettext_lazy("equipment", "Faulty")
    REPAIR = "repair", pgettext_lazy("equipment", "In repair")
    LOST = "lost", pgettext_lazy("equipment", "Lost")
    RETIRED = "retired", pgettext_lazy("equipment", "Written off")


class Item(models.Model):
    """One thing, known by the number on it. Issued, it is with a person or with a unit (a car, a booth).

    terminal      the number a radio reports its position with; `grant` the token behind it, set where it registers
    battery_pct   what the last battery test gave
    storage_pct   how full a recorder was when it was uploaded last, at `uploaded_at`
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.ForeignKey(EquipmentKind, on_delete=models.PROTECT, related_name="items")
    home = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    duty_path = models.CharField(max_length=200)
    government_path = models.CharField(max_length=200, blank=True, default="")
    serial = models.CharField(max_length=40, unique=True)
    model = models.CharField(max_length=60, blank=True, default="")
    size = models.CharField(max_length=20, blank=True, default="")
    terminal = models.CharField(max_length=20, blank=True, default="")
    grant = models.UUIDField(null=True, unique=True)
    expires_on = models.DateField(null=True)
    tested_on = models.DateField(null=True)
    battery_pct = models.PositiveSmallIntegerField(null=True)
    storage_pct = models.PositiveSmallIntegerField(null=True)
    uploaded_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=7, choices=ItemState.choices, default=ItemState.STOCK)
    since = models.DateTimeField()  # of this state
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="equipment")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="equipment")

    data_map = every(TECHNICAL, "id", "duty_path", "government_path", "grant") | every(
        PUBLIC, "kind", "home", "serial", "model", "size", "terminal", "expires_on", "tested_on", "battery_pct", "unit",
        "storage_pct", "uploaded_at",
    ) | every(STAFF, "state", "since", "holder")  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["terminal"], condition=~models.Q(terminal=""), name="item_terminal_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="issued") | models.Q(holder__isnull=False) ^ models.Q(unit__isnull=False),
                name="item_issued_to_one",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["duty_path"], name="item_path", opclasses=["text_pattern_ops"]),
            models.Index(fields=["kind", "state"], name="item_kind_state"),
        ]

    def __str__(self) -> str:
        return self.serial

    @property
    def with_whom(self) -> str:
        """Who has it; empty where nobody does."""
        return with_whom(self.holder, self.unit)


class ItemLine(models.Model):
    """One act on one thing. `shift`: the shift its new or old holder was on then, if any."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="lines")
    act = models.CharField(max_length=8)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=120, blank=True, default="")
    percent = models.PositiveSmallIntegerField(null=True)

    data_map = every(TECHNICAL, "id", "item") | every(
        STAFF, "act", "at", "by", "holder", "unit", "shift", "words", "percent"
    )

    class Meta:
        indexes = [models.Index(fields=["item", "-at"], name="item_line_of")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.act} {self.at}"

    @property
    def with_whom(self) -> str:
        """Who had it then."""
        return with_whom(self.holder, self.unit)
