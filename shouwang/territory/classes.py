"""Urban or rural: what statistics count a community as (table C3), set by whoever draws its borders."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import require
from shouwang.people.verbs import Verb
from shouwang.places.models import Area
from shouwang.places.models.area import URBAN_RURAL_CODES, Tier, UrbanRural

WORDS = {
    "主城区": UrbanRural.MAIN_URBAN, "城乡结合区": UrbanRural.URBAN_FRINGE, "镇中心区": UrbanRural.TOWN_CENTRE,
    "镇乡结合区": UrbanRural.TOWN_FRINGE, "特殊区域": UrbanRural.SPECIAL_AREA,
    "乡中心区": UrbanRural.TOWNSHIP_CENTRE, "村庄": UrbanRural.VILLAGE,
}  # fmt: skip
MEANT = {str(one): one for one in UrbanRural} | {code: one for one, code in URBAN_RURAL_CODES.items()} | WORDS


class NoSuchClass(Problem):
    code, status = "territory.no_such_class", 422
    says = _("“{said}” is no class of table C3: 111, 112, 121, 122, 123, 210 or 220.")


class ClassOfCommunities(Problem):
    code, status = "territory.class_of_communities", 422
    says = _("Communities and villages have this class; what lies in {area} counts as its community does.")


def community_of(area: Area | None) -> Area | None:
    """The community an area lies in today, or is; None above communities."""
    path = area.duty_path or area.government_path if area else ""
    numbers = [int(part) for part in path.split("/") if part]
    return Area.objects.filter(number__in=numbers, tier=Tier.COMMUNITY).first()


def read_class(said: str) -> UrbanRural:
    """The class that a code, a Chinese word or our own name means. Raises NoSuchClass"""
    found = MEANT.get(said.strip())
    if found is None:
        raise NoSuchClass(field="class", said=said[:20])
    return found


def set_class(area: Area, said: str, *, by: Actor, at: dt.datetime) -> Area:
    """Put a community in its class; "" takes it out. Raises NotAllowed, NotVisible, NoSuchClass, ClassOfCommunities"""
    with acting(by):
        require(by, Verb.AREA_DRAW, area, at)
        if area.tier != Tier.COMMUNITY:
            raise ClassOfCommunities(area=area.name)
        was, area.urban_rural = area.urban_rural_code, read_class(said).value if said else ""
        if area.urban_rural_code != was:
            area.save(update_fields=["urban_rural"])
            record("area.class", topic="area.classed", subject=area, area=area, by=by, at=at, called=area.name,
                   was_class=was or "–", became=area.urban_rural_code or "–")  # fmt: skip
    return area
