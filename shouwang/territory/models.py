"""Police rooms, with since when and until when they are open; boards that hang; photographs of door plates."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy as _

from shouwang.core.datamap import PUBLIC, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.places.models import Address, Area


class RoomStatus(models.TextChoices):
    OPEN = "open", _("police room", "Open")
    CLOSED = "closed", _("police room", "Closed")
    MOVED = "moved", _("police room", "Moved")


class PoliceRoom(models.Model):
    """One room at one place. A room that moves closes, and another one stands in its place (`moved_to`).

    code       the community's code, J and a serial never used twice
    hours, equipment   in words, as they hang at the door
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=80)
    station = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    community = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="police_rooms")
    address = models.ForeignKey(Address, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lon = models.FloatField()
    lat = models.FloatField()
    hours = models.CharField(max_length=120)
    staff = models.PositiveSmallIntegerField()
    equipment = models.CharField(max_length=300, blank=True, default="")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    moved_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="moved_from")

    data_map = every(TECHNICAL, "id", "code") | every(
        PUBLIC, "name", "station", "community", "address", "lon", "lat", "hours", "staff", "equipment", "opened_on",
        "closed_on", "moved_to",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_on=None) | models.Q(closed_on__gte=models.F("opened_on")),
                name="police_room_closes_after_it_opened",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def status(self) -> RoomStatus:
        if self.closed_on is None:
            return RoomStatus.OPEN
        return RoomStatus.MOVED if self.moved_to_id else RoomStatus.CLOSED

    @property
    def status_words(self) -> Promise | str:
        return self.status.label

    def is_open_on(self, day: dt.date) -> bool:
        return self.opened_on <= day and (self.closed_on is None or self.closed_on > day)


class PostedBoard(models.Model):
    """The board that hangs in an area, as somebody said who posted it.

    says  a hash of its words and its border, to be compared with what a board printed now would say
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.OneToOneField(Area, on_delete=models.CASCADE, related_name="posted_board")
    says = models.CharField(max_length=64)
    posted_at = models.DateTimeField()
    posted_by = models.UUIDField(null=True)

    data_map = every(TECHNICAL, "id", "says") | every(PUBLIC, "area", "posted_at") | every(STAFF, "posted_by")

    def __str__(self) -> str:
        return f"{self.area_id} {self.posted_at}"


class PlatePhoto(models.Model):
    """A door plate as somebody saw it: a copy without metadata. What the phone sent is not kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    address = models.ForeignKey(Address, on_delete=models.PROTECT, related_name="plate_photos")
    picture = models.BinaryField()  # JPEG
    added_at = models.DateTimeField()
    added_by = models.UUIDField(null=True)

    data_map = every(TECHNICAL, "id") | every(PUBLIC, "address", "picture", "added_at") | every(STAFF, "added_by")

    class Meta:
        indexes = [models.Index(fields=["address", "-added_at"], name="plate_photo_newest")]

    def __str__(self) -> str:
        return f"{self.address_id} {self.added_at}"
