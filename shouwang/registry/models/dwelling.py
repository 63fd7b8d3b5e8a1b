"""Where people live and work: dwellings (table 3.4) and organisations (3.5). Closed lists."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from shouwang.core.datamap import TECHNICAL, every
from shouwang.places.models import Address, Area
from shouwang.registry.lists import BuildingUse, LetFor, Occupancy, StaffBand, Trade, UnitKind
from shouwang.registry.models.kept import FOUND_BY, PLACE, REGISTER, Kept


class Placed(Kept):
    """A record that stands at one standard address, and so in one grid."""

    address = models.ForeignKey(Address, on_delete=models.PROTECT, related_name="+")
    address_text = models.CharField(max_length=240)
    street = models.CharField(max_length=80, default="")  # or estate, or village
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")

    placed_map = Kept.kept_map | every(PLACE, "address", "address_text", "street", "area")

    class Meta:
        abstract = True


class Dwelling(Placed):
    """What can be lived or worked in at one address. At most one for each address."""

    building_use = models.CharField(max_length=10, choices=BuildingUse.choices)
    occupancy = models.CharField(max_length=10, choices=Occupancy.choices)
    rooms = models.PositiveSmallIntegerField(null=True)
    beds = models.PositiveSmallIntegerField(null=True)
    let_for = models.CharField(max_length=10, choices=LetFor.choices, default="", blank=True)
    letting_no = models.CharField(max_length=40, default="", blank=True)
    landlord_contact_enc = models.BinaryField(null=True)
    last_check_on = models.DateField(null=True)
    hazards = models.PositiveSmallIntegerField(default=0)  # open ones
    key_number = models.PositiveSmallIntegerField(default=1)
    place_grams = ArrayField(models.CharField(max_length=12), default=list)  # lent to those registered here

    data_map = (
        Placed.placed_map
        | every(TECHNICAL, "key_number")
        | every(FOUND_BY, "place_grams")
        | every(
            PLACE, "building_use", "occupancy", "rooms", "beds", "let_for", "letting_no", "last_check_on", "hazards"
        )
        | every(REGISTER, "landlord_contact_enc")
    )  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address"], name="dwelling_once_at_its_address")]


class Organisation(Placed):
    """A unit: shop, firm, office, school. Name and credit code are public; who answers for it is not."""

    unit_name = models.CharField(max_length=120)
    credit_code = models.CharField(max_length=18, default="", blank=True)
    unit_kind = models.CharField(max_length=24, choices=UnitKind.choices)
    special_trade = models.CharField(max_length=16, choices=Trade.choices, default="", blank=True)
    licence_no = models.CharField(max_length=40, default="", blank=True)
    licence_expires_on = models.DateField(null=True)
    unit_contact_enc = models.BinaryField(null=True)
    staff_band = models.CharField(max_length=10, choices=StaffBand.choices, default="", blank=True)
    has_guards = models.BooleanField(null=True)
    fire_items = models.PositiveSmallIntegerField(null=True)
    key_number = models.PositiveSmallIntegerField(default=1)
    grams = ArrayField(models.CharField(max_length=40), default=list)
    place_grams = ArrayField(models.CharField(max_length=12), default=list)

    data_map = (
        Placed.placed_map
        | every(TECHNICAL, "key_number")
        | every(
            PLACE, "unit_name", "credit_code", "unit_kind", "special_trade", "licence_no", "licence_expires_on",
            "staff_band", "has_guards", "fire_items",
        )
        | every(REGISTER, "unit_contact_enc")
        | every(FOUND_BY, "grams", "place_grams")
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"], name="organisation_once_by_its_code", condition=~models.Q(credit_code="")
            ),
            models.CheckConstraint(
                condition=models.Q(special_trade="") | models.Q(unit_kind="special_trade"),
                name="organisation_trade_of_special_trades",
            ),
        ]
        indexes = [GinIndex(fields=["grams", "place_grams"], name="organisation_grams")]
