"""Who is responsible for a piece of ground at an instant, who stands above, and where nobody does (S-GRD-003)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem
from shouwang.people.access import reaches
from shouwang.people.models import Post
from shouwang.people.roles import ROLES
from shouwang.people.verbs import Verb
from shouwang.places.models import Area, AreaVersion
from shouwang.places.models.area import Layer

_UPWARDS = """
WITH RECURSIVE up (area_id, parent_id, depth) AS (
    SELECT v.area_id, v.parent_id, 0 FROM places_areaversion v
    WHERE v.area_id = %(area)s AND v.layer = %(layer)s AND v.status IN ('in_force', 'superseded') AND v.during @> %(at)s
    UNION ALL
    SELECT v.area_id, v.parent_id, up.depth + 1 FROM up JOIN places_areaversion v ON v.area_id = up.parent_id
    WHERE v.layer = %(layer)s AND v.status IN ('in_force', 'superseded') AND v.during @> %(at)s AND up.depth < 10
)
SELECT area_id FROM up ORDER BY depth
"""


class NobodyResponsible(Problem):
    code, status = "people.nobody_responsible", 409
    says = _("Nobody is responsible for {area} or for what lies above it. Give somebody the post first.")


class Fault(StrEnum):
    NO_HOLDER = "no_holder"
    NOT_ACCEPTED = "not_accepted"


@dataclass(frozen=True)
class Gap:
    """A hole in the chain: an area nobody holds, or a holder who has not signed for it."""

    area: Area
    fault: Fault
    post: Post | None = None


@dataclass(frozen=True)
class Link:
    """One tier of the chain. `holder` is the cover while there is one, `post` the post itself."""

    area: Area
    post: Post | None
    holder: Post | None


def areas_upwards(area: Area, at: dt.datetime) -> list[UUID]:
    """The area and those it lay in at that instant, nearest first; the area alone where nothing was in force yet."""
    layer = Layer.DUTY if area.duty_path or not area.government_path else Layer.GOVERNMENT
    with connection.cursor() as cursor:
        cursor.execute(_UPWARDS, {"area": area.pk, "layer": layer.value, "at": at})
        return [row[0] for row in cursor.fetchall()] or [area.pk]


def links_of(area: Area, at: dt.datetime) -> list[Link]:
    """The chain from `area` upwards with whoever holds each tier at that instant."""
    ids = areas_upwards(area, at)
    areas = Area.objects.in_bulk(ids)
    held = _holders(ids, at)
    return [Link(areas[one], *held.get(one, (None, None))) for one in ids]


def chain_of(area: Area, at: dt.datetime, able: Verb | None = Verb.MATTER_READ) -> list[Post]:
    """Responsible posts from `area` upwards, covers first; without those whose role lacks `able`."""
    holders = [link.holder for link in links_of(area, at) if link.holder]
    return [post for post in holders if able is None or able in ROLES.get(post.role, ())]


def responsible_at(area: Area, at: dt.datetime, able: Verb | None = Verb.MATTER_READ) -> Post:
    """The one responsible post for `area` at that instant: its own, or the nearest above; the cover if there is one.

    A holder who may not do `able` is passed over: a grid worker keeps the grid, the community officer its calls.
    Raises  NobodyResponsible
    """
    chain = chain_of(area, at, able)
    if not chain:
        raise NobodyResponsible(area=area.name)
    return chain[0]


def chain_above(area: Area, at: dt.datetime, able: Verb | None = Verb.MATTER_READ) -> list[Post]:
    """Where an overdue matter climbs to, step by step: the chain without `responsible_at`."""
    return chain_of(area, at, able)[1:]


def holders_of(areas: Iterable[Area], at: dt.datetime) -> dict[UUID, Post | None]:
    """Area → who holds it at that instant, the cover where there is one."""
    return {area: holder for area, (_post, holder) in _holders([area.pk for area in areas], at).items()}


def gaps(paths: Iterable[str], at: dt.datetime) -> list[Gap]:
    """Holes in the chain inside `paths` (of spans): areas without holder, holders without signature."""
    in_force = AreaVersion.objects.in_force_at(at).exclude(layer=Layer.FREE).values("area_id")
    areas = list(Area.objects.filter(reaches(paths), pk__in=in_force).order_by("duty_path", "government_path"))
    held = _holders([area.pk for area in areas], at)
    found = []
    for area in areas:
        post, holder = held.get(area.pk, (None, None))
        if holder is None:
            found.append(Gap(area, Fault.NO_HOLDER, post))
        elif holder.accepted_at is None or holder.accepted_at > at:
            found.append(Gap(area, Fault.NOT_ACCEPTED, holder))
    return found


def _holders(areas: Iterable[UUID], at: dt.datetime) -> dict[UUID, tuple[Post, Post | None]]:
    """Area → (its responsible post, who holds it now). A holder whose account is closed holds nothing."""
    posts = Post.objects.filter(
        Q(responsible=True) | Q(acting_for__responsible=True), area_id__in=list(areas), during__contains=at
    ).select_related("person", "area")
    own = {post.area_id: post for post in posts if post.acting_for_id is None}
    covers = {post.acting_for_id: post for post in posts if post.acting_for_id and post.person.active}
    return {area: (post, covers.get(post.id) or (post if post.person.active else None)) for area, post in own.items()}
