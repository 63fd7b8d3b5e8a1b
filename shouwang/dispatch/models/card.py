"""Cards: what a desk wrote down while the system was away, taken in once each; and drills, which practise it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import MATTER, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.places.models import Area


class Seat(models.Model):
    """A desk's browser. Its number stands before that of every card it writes, so that no two desks clash."""

    number = models.SmallAutoField(primary_key=True)
    person = models.UUIDField()  # who sat there when it was given
    made_at = models.DateTimeField()

    data_map = every(TECHNICAL, "number", "made_at") | every(STAFF, "person")


class Drill(models.Model):
    """A practised failure of one office. Cards written in it never become matters."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    began_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)

    data_map = every(TECHNICAL, "id") | every(STAFF, "area", "began_at", "began_by", "ended_at", "ended_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area"], condition=models.Q(ended_at__isnull=True), name="drill_one_running_per_office"
            )
        ]


class CardState(models.TextChoices):
    WAITING = "waiting", _("Waits to be entered")
    ENTERED = "entered", _("Entered")
    DRILLED = "drilled", _("Practised only")


class Card(models.Model):
    """One card. `id` was made by the desk and is the id of the matter it becomes, so the same card is entered once.

    content      as written: kind, place, words, number, urgency, unit, sent, arrived, cleared (claimed times, ISO);
                 emptied of words and number when it is entered: they are the matter's then
    written_at   what the desk's clock said
    ahead_s      how far that clock was ahead when the card was handed in by the desk itself; 0 where nobody knows
    """

    id = models.UUIDField(primary_key=True, editable=False)
    seat = models.PositiveIntegerField()
    serial = models.PositiveIntegerField()
    drill = models.ForeignKey(Drill, on_delete=models.PROTECT, null=True, blank=True, related_name="cards")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    duty_path = models.CharField(max_length=200, blank=True, default="")
    government_path = models.CharField(max_length=200, blank=True, default="")
    content = models.JSONField()
    written_at = models.DateTimeField()
    ahead_s = models.FloatField(default=0)
    from_picture = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    received_by = models.UUIDField()
    state = models.CharField(max_length=8, choices=CardState.choices, default=CardState.WAITING)
    entered_at = models.DateTimeField(null=True, blank=True)
    entered_by = models.UUIDField(null=True, blank=True)

    data_map = (
        every(TECHNICAL, "id", "seat", "serial", "drill", "area", "duty_path", "government_path", "ahead_s", "state")
        | every(MATTER, "content")
        | every(STAFF, "written_at", "from_picture", "received_at", "received_by", "entered_at", "entered_by")
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seat", "serial"], name="card_number_once")]
        indexes = [models.Index(fields=["state", "written_at"], name="card_waiting")]

    @property
    def number(self) -> str:
        return f"{self.seat}-{self.serial:03d}"
