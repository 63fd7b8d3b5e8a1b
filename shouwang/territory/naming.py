"""Names of areas: built from the community and a serial, once in the county, never a person's (S-GRD-008)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem
from shouwang.people.models import Person
from shouwang.places.models import Area, AreaVersion
from shouwang.places.models.area import Status, Tier

ENDINGS = ("社区", "村")
LONGEST = 80


class NameTaken(Problem):
    code, status = "territory.name_taken", 409
    says = _("There is another “{name}” in this county. Choose a name that nobody can mix up with it.")


class NamedAfterPerson(Problem):
    code, status = "territory.named_after_person", 422
    says = _("An area is never named after a person: “{name}” holds the name of somebody who serves here.")


class NameUnusable(Problem):
    code, status = "territory.name_unusable", 422
    says = _("A name has 1 to 80 characters, without control characters.")


def grid_name(community: Area, serial: int) -> str:
    """桥西社区 and 4 → 桥西04网格; with its ending where another community of the county shares the stem."""
    stem = _stem(community.name)
    others = Area.objects.filter(tier=Tier.COMMUNITY, name__startswith=stem).exclude(pk=community.pk)
    shared = any(_stem(name) == stem for name in others.values_list("name", flat=True))
    return f"{community.name if shared else stem}{serial:02d}网格"


def point_name(grid: Area, serial: int) -> str:
    """桥西04网格 and 2 → 桥西04网格2号点."""
    return f"{grid.name}{serial}号点"


def check_name(name: str, *, but: Area | None = None) -> str:
    """The name, if an area of this county may have it.

    Raises  NameUnusable, NameTaken, NamedAfterPerson
    """
    clean = " ".join(name.split())
    if not clean or len(clean) > LONGEST or not clean.isprintable():
        raise NameUnusable(field="name")
    versions = AreaVersion.objects.filter(name=clean, status__in=[Status.IN_FORCE, Status.APPROVED])
    if but is not None:
        versions = versions.exclude(area=but)
    if versions.exists():
        raise NameTaken(field="name", name=clean)
    full_names = [one for one in Person.objects.values_list("name", flat=True) if len(one) > 1]
    if any(one in clean for one in full_names):
        raise NamedAfterPerson(field="name", name=clean)
    return clean


def _stem(name: str) -> str:
    for ending in ENDINGS:
        if name.endswith(ending) and len(name) > len(ending):
            return name.removesuffix(ending)
    return name
