"""Standard addresses: a tree of elements (REG-01), the other names they go by, and what became of them."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import pgettext_lazy

from shouwang.core.datamap import PUBLIC, TECHNICAL, every
from shouwang.core.ids import new_id
from shouwang.places.elements import ELEMENTS
from shouwang.places.models.area import Area


class Element(models.TextChoices):
    """Table C5. Codes and allowed parents are in `places/elements.py`."""

    PROVINCE = "province", pgettext_lazy("address", "Province")
    CITY = "city", pgettext_lazy("address", "City")
    COUNTY = "county", pgettext_lazy("address", "County or district")
    TOWNSHIP = "township", pgettext_lazy("address", "Township")
    TOWN = "town", pgettext_lazy("address", "Town")
    STREET_OFFICE = "street_office", pgettext_lazy("address", "Street office")
    COMMUNITY = "community", pgettext_lazy("address", "Community")
    RESIDENTS_COMMITTEE = "residents_committee", pgettext_lazy("address", "Residents’ committee")
    VILLAGERS_COMMITTEE = "villagers_committee", pgettext_lazy("address", "Villagers’ committee")
    GROUP = "group", pgettext_lazy("address", "Villagers’ group")
    STREET = "street", pgettext_lazy("address", "Street")
    ESTATE = "estate", pgettext_lazy("address", "Estate")
    COMPOUND = "compound", pgettext_lazy("address", "Compound")
    NATURAL_VILLAGE = "natural_village", pgettext_lazy("address", "Natural village")
    BUILDING = "building", pgettext_lazy("address", "Building")
    ENTRANCE_UNIT = "entrance_unit", pgettext_lazy("address", "Entrance")
    ROOM = "room", pgettext_lazy("address", "Room")


class AddressStatus(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("address", "Planned")
    IN_USE = "in_use", pgettext_lazy("address", "In use")
    DEMOLISHED = "demolished", pgettext_lazy("address", "Demolished")
    MERGED = "merged", pgettext_lazy("address", "Merged")
    SPLIT = "split", pgettext_lazy("address", "Split")


class AddressSource(models.TextChoices):
    """Where it is known from."""

    GROUND = "ground", pgettext_lazy("address", "Map")
    MADE = "made", pgettext_lazy("address", "Made for practice")
    DESK = "desk", pgettext_lazy("address", "Entered at the desk")
    FIELD = "field", pgettext_lazy("address", "Seen on the spot")
    SHEET = "sheet", pgettext_lazy("address", "Sheet")


class AddressQuerySet(models.QuerySet["Address"]):
    def in_use(self) -> AddressQuerySet:
        return self.filter(status=AddressStatus.IN_USE)

    def under(self, address: Address) -> AddressQuerySet:
        """Everything below it, itself not."""
        return self.filter(path__startswith=address.path).exclude(pk=address.pk)

    def above(self, address: Address) -> AddressQuerySet:
        """What it stands under, the highest first."""
        return self.filter(number__in=address.numbers[:-1]).order_by("path")


class Address(models.Model):
    """One element of a standard address: 桥西路, its 12号, there 3单元, there 402室.

    number     what paths are made of, and what stands on the door plate's code; drawn from a sequence, never reused
    path       numbers from the top down to its own, closed: `/1/4/350/`; what is below begins with it
    name       the element alone (`12号`, `3单元`); full_text is the one official text of the whole path
    searched   full_text without what stands above the street, made comparable (`places/words.py`)
    area       the smallest duty area that holds the point today; brought along when areas are cut anew
    since      from when it is in use; until: when it ended
    verify_by  after this day it is shown as stale (REG-05: 24 months after verified_at)
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.BigIntegerField(unique=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=160)
    element = models.CharField(max_length=20, choices=Element.choices)
    name = models.CharField(max_length=80)
    full_text = models.CharField(max_length=240)
    searched = models.CharField(max_length=240, default="", blank=True)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="addresses")
    status = models.CharField(max_length=12, choices=AddressStatus.choices, default=AddressStatus.IN_USE)
    since = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=8, choices=AddressSource.choices, default=AddressSource.DESK)
    verified_at = models.DateTimeField(null=True, blank=True)
    verify_by = models.DateField(null=True, blank=True)

    objects = AddressQuerySet.as_manager()

    data_map = every(TECHNICAL, "id", "number", "parent", "path", "searched") | every(
        PUBLIC, "element", "name", "full_text", "lon", "lat", "area", "status", "since", "until", "source",
        "verified_at", "verify_by",
    )  # fmt: skip

    class Meta:
        verbose_name_plural = "addresses"
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"], name="address_once_under_its_parent", nulls_distinct=False,
                condition=models.Q(status__in=["planned", "in_use"]),
            )
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["path"], name="address_path", opclasses=["text_pattern_ops"]),
            models.Index(fields=["searched"], name="address_searched"),
            models.Index(fields=["area", "element"], name="address_in_area"),
        ]

    def __str__(self) -> str:
        return self.full_text

    @property
    def numbers(self) -> list[int]:
        """The path's numbers, the highest first, its own last."""
        return [int(part) for part in self.path.split("/") if part]

    @property
    def code(self) -> int:
        """The element's code of C5."""
        return ELEMENTS[self.element][0]

    @property
    def point(self) -> tuple[float, float] | None:
        return None if self.lon is None or self.lat is None else (self.lon, self.lat)

    @property
    def is_open(self) -> bool:
        """Whether it is or will be in use: what has ended is kept, and changes no more."""
        return self.status in (AddressStatus.PLANNED, AddressStatus.IN_USE)

    def is_stale(self, on: dt.date) -> bool:
        return self.verify_by is not None and self.verify_by < on


class AddressAlias(models.Model):
    """Another name, complete as one says it (解放路, 桥西里3栋): a former or a spoken one, the shop at that number."""

    class Kind(models.TextChoices):
        FORMER = "former", pgettext_lazy("address", "Former name")
        SPOKEN = "spoken", pgettext_lazy("address", "As people say")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    address = models.ForeignKey(Address, on_delete=models.CASCADE, related_name="aliases")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.SPOKEN)
    name = models.CharField(max_length=120)
    since = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)

    data_map = every(TECHNICAL, "id") | every(PUBLIC, "address", "kind", "name", "since", "until")

    class Meta:
        verbose_name_plural = "address aliases"
        constraints = [models.UniqueConstraint(fields=["address", "name"], name="address_alias_once")]

    def __str__(self) -> str:
        return self.name


class AddressSuccession(models.Model):
    """What a merged or split address became: `was` ended, `became` stands in its place from `at` on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    was = models.ForeignKey(Address, on_delete=models.CASCADE, related_name="became")
    became = models.ForeignKey(Address, on_delete=models.CASCADE, related_name="came_from")
    at = models.DateTimeField()

    data_map = every(TECHNICAL, "id") | every(PUBLIC, "was", "became", "at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["was", "became"], name="address_succession_once")]

    def __str__(self) -> str:
        return f"{self.was} → {self.became}"
