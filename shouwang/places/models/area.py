"""Areas: an identity that stays, and dated rows for what changes."""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.core.datamap import PUBLIC, TECHNICAL, every
from shouwang.core.ids import new_id


class Layer(models.TextChoices):
    """Only the first two carry responsibility, escalation and access; the others are drawn over them."""

    DUTY = "duty", _("Duty")
    GOVERNMENT = "government", _("Government")
    FREE = "free", _("Free layer")


class Tier(models.TextChoices):
    BUREAU = "bureau", _("Bureau")
    STATION = "station", _("Station")
    COUNTY = "county", _("County")
    TOWNSHIP = "township", _("Township or street")
    COMMUNITY = "community", _("Community")
    GRID = "grid", _("Grid")
    GRID_POINT = "grid_point", _("Grid point")
    SECTOR = "sector", _("Sector")
    BEAT = "beat", _("Patrol beat")


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    CHECKED = "checked", _("Checked")
    APPROVED = "approved", _("Approved")
    IN_FORCE = "in_force", _("In force")
    SUPERSEDED = "superseded", _("Superseded")


class Scheme(models.TextChoices):
    """GRD-08: never inferred from a code's length."""

    NBS12 = "NBS12", _("Statistical division code")
    GRID15 = "GRID15", _("Grid code")
    GA15 = "GA15", _("Police community code")
    OWN = "OWN", _("Own code")


class UrbanRural(models.TextChoices):
    """Table C3: what statistics count a committee's ground as. Beside its code, never part of it (GRD-04)."""

    MAIN_URBAN = "main_urban", _("Main urban area")
    URBAN_FRINGE = "urban_fringe", _("Fringe of the urban area")
    TOWN_CENTRE = "town_centre", _("Centre of a town")
    TOWN_FRINGE = "town_fringe", _("Fringe of a town")
    SPECIAL_AREA = "special_area", _("Special area")
    TOWNSHIP_CENTRE = "township_centre", _("Centre of a township")
    VILLAGE = "village", pgettext_lazy("urban-rural", "Village")


URBAN_RURAL_CODES = {
    UrbanRural.MAIN_URBAN: "111", UrbanRural.URBAN_FRINGE: "112", UrbanRural.TOWN_CENTRE: "121",
    UrbanRural.TOWN_FRINGE: "122", UrbanRural.SPECIAL_AREA: "123", UrbanRural.TOWNSHIP_CENTRE: "210",
    UrbanRural.VILLAGE: "220",
}  # fmt: skip


class Area(models.Model):
    """One piece of ground as an identity. Name, boundary and parent are `AreaVersion` rows.

    `number` is what paths are made of: `/3/12/`. `duty_path` and `government_path` are today's paths, kept for
    filters; a community has both. A free layer, which never gives access, leaves both empty.
    `urban_rural` is a community's; what lies in it counts as its community does.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.BigIntegerField(unique=True)
    code = models.CharField(max_length=24)
    scheme = models.CharField(max_length=8, choices=Scheme.choices)
    tier = models.CharField(max_length=12, choices=Tier.choices)
    layer = models.CharField(max_length=12, choices=Layer.choices)
    name = models.CharField(max_length=80)  # today's name; the dated one is on the version
    duty_path = models.CharField(max_length=200, default="", blank=True)
    government_path = models.CharField(max_length=200, default="", blank=True)
    urban_rural = models.CharField(max_length=16, choices=UrbanRural.choices, default="", blank=True)

    data_map = every(TECHNICAL, "id", "number") | every(
        PUBLIC, "code", "scheme", "tier", "layer", "name", "duty_path", "government_path", "urban_rural"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="area_code_once_in_its_scheme"),
            models.CheckConstraint(
                condition=models.Q(urban_rural="") | models.Q(tier="community", urban_rural__in=UrbanRural.values),
                name="area_urban_rural_of_communities",
            ),
        ]
        indexes = [
            models.Index(fields=["duty_path"], name="area_duty_path", opclasses=["text_pattern_ops"]),
            models.Index(fields=["government_path"], name="area_government_path", opclasses=["text_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def urban_rural_code(self) -> str:
        """The three digits of C3; "" where nobody has said."""
        return URBAN_RURAL_CODES[UrbanRural(self.urban_rural)] if self.urban_rural else ""


class AreaVersionQuerySet(models.QuerySet["AreaVersion"]):
    def in_force_at(self, at: dt.datetime) -> AreaVersionQuerySet:
        """Versions that hold at that instant: in force now, or superseded since."""
        return self.filter(during__contains=at, status__in=[Status.IN_FORCE, Status.SUPERSEDED])


class AreaVersion(models.Model):
    """What an area was called, where it lay and what it belonged to, over a span of time.

    `boundary` is GeoJSON (Polygon or MultiPolygon, lon/lat WGS-84): the truth of the shape.
    `parent` is the parent in the version's `layer`; a community has one version row per layer it stands in.
    `ordinal` places it among its siblings (GRD-05: west to east, north to south).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="versions")
    layer = models.CharField(max_length=12, choices=Layer.choices)
    parent = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="child_versions")
    name = models.CharField(max_length=80)
    ordinal = models.PositiveIntegerField(default=0)
    boundary = models.JSONField()
    households = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)
    during = DateTimeRangeField()  # [from, to): to is open while in force
    cut = models.UUIDField(null=True, blank=True)  # versions of one re-cut share it

    objects = AreaVersionQuerySet.as_manager()

    data_map = every(TECHNICAL, "id", "area", "cut") | every(
        PUBLIC, "layer", "parent", "name", "ordinal", "boundary", "households", "status", "during"
    )

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="area_version_one_at_a_time",
                expressions=[
                    ("area", RangeOperators.EQUAL),
                    ("layer", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=models.Q(status__in=["in_force", "superseded"]),
            )
        ]
        indexes = [models.Index(fields=["parent", "layer"], name="area_version_parent")]

    def __str__(self) -> str:
        return f"{self.name} ({self.status})"
