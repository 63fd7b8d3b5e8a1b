"""Other kinds ask for a promise or a follow-up, and never learn that it is this kind that serves them."""

from __future__ import annotations

import datetime as dt

from shouwang.core.actor import Actor
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.matters.openings import Wanted, serves
from shouwang.people.chain import areas_upwards
from shouwang.places.models import Area
from shouwang.places.models.area import Tier


@serves("follow_up")
def follow_up(matter: Matter, wanted: Wanted, by: Actor, at: dt.datetime) -> Matter:
    """One tier above whoever handled it: the station answers a caller who was not satisfied."""
    station = Area.objects.filter(pk__in=areas_upwards(matter.area, at), tier=Tier.STATION).first()
    return _open(matter, wanted, "promise.follow_up", station or matter.area, by, at)


@serves("promise")
def promise(matter: Matter, wanted: Wanted, by: Actor, at: dt.datetime) -> Matter:
    """Where it was given."""
    return _open(matter, wanted, "promise.given", matter.area, by, at)


def _open(matter: Matter, wanted: Wanted, subkind: str, area: Area, by: Actor, at: dt.datetime) -> Matter:
    """Below the matter, with its place and its gist, and as closed to others as the matter is."""
    return open_matter(
        kind="promise", by=by, at=at, verb=None, subkind=subkind, channel="own_find", area=area, parent=matter,
        point=(matter.lon, matter.lat) if matter.lon is not None and matter.lat is not None else None,
        place_text=matter.place_text, gist=matter.gist, facts={"why": wanted.why, **wanted.given},
        sealed_to=list(wanted.sealed_to) or list(matter.named), stand_in=matter.stand_in,
        not_posts=matter.excluded_posts, not_persons=matter.excluded_persons, not_areas=matter.excluded_areas,
    )  # fmt: skip
