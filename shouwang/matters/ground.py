"""Where a matter lies and who answers for it: area by point, responsible post, and up the chain of areas."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from shouwang.core.geo import bounds_of, covers
from shouwang.matters.models import Matter
from shouwang.people.access import paths_of
from shouwang.people.chain import NobodyResponsible, chain_of
from shouwang.people.models import Post
from shouwang.people.roles import ROLE_TABLE, ROLES
from shouwang.people.verbs import Verb
from shouwang.places.models import Area, AreaVersion

ABLE = Verb.MATTER_WORK  # whoever answers for a matter can work on it: a grid worker is passed over


class Ground:
    """The duty areas of one instant, loaded once for many questions."""

    def __init__(self, at: dt.datetime) -> None:
        versions = AreaVersion.objects.in_force_at(at).filter(layer="duty").select_related("area")
        self.areas: dict[UUID, Area] = {}
        self.parents: dict[UUID, UUID | None] = {}
        self._shapes: dict[UUID | None, list[tuple[UUID, tuple[float, float, float, float], Any]]] = {}
        for one in versions:
            self.areas[one.area_id], self.parents[one.area_id] = one.area, one.parent_id
            if not one.boundary["coordinates"]:
                continue  # nobody has drawn it yet: nothing lies in it
            shape = (one.area_id, bounds_of(one.boundary), one.boundary)
            self._shapes.setdefault(one.parent_id, []).append(shape)

    def smallest_at(self, lon: float, lat: float) -> Area | None:
        """The smallest area that holds the position; None outside the town."""
        found: UUID | None = None
        while True:
            inside = self._child(found, lon, lat)
            if inside is None:
                return self.areas[found] if found else None
            found = inside

    def _child(self, parent: UUID | None, lon: float, lat: float) -> UUID | None:
        for area, (west, south, east, north), boundary in self._shapes.get(parent, ()):
            if west <= lon <= east and south <= lat <= north and covers(boundary, lon, lat):
                return area
        return None

    def of_tier(self, area: Area | None, tier: str) -> Area | None:
        """The area of that tier in which `area` lies, or `area` itself."""
        while area is not None and area.tier != tier:
            parent = self.parents.get(area.pk)
            area = self.areas.get(parent) if parent else None
        return area


def area_at(lon: float, lat: float, at: dt.datetime) -> Area | None:
    """The smallest duty area that held this position at that instant; None outside the town.

    Why step by step: one point needs the few shapes around it, not those of the whole town.
    """
    found: Area | None = None
    while True:
        children = AreaVersion.objects.in_force_at(at).filter(layer="duty", parent=found).select_related("area")
        inside = next((one.area for one in children if covers(one.boundary, lon, lat)), None)
        if inside is None:
            return found
        found = inside


def responsible_for(matter: Matter, at: dt.datetime) -> Post:
    """The post that answers for the matter's area: nearest in the chain and not excluded. Raises NobodyResponsible.

    A sealed matter stays within its named list.
    """
    if matter.visibility == "sealed":
        allowed = _sealed_chain(matter, at)
    else:
        allowed = [post for post in chain_of(matter.area, at, ABLE) if not _is_excluded(post, matter)]
    if not allowed:
        raise NobodyResponsible(area=matter.area.name)
    return allowed[0]


def next_above(matter: Matter, holder: UUID | None, at: dt.datetime) -> Post | None:
    """Who holds the matter next when `holder` let its clock run out; None at the top.

    A sealed matter climbs its named list and then to its stand-in, never outside; an open one climbs the chain of
    areas. Both skip whom the matter excludes.
    """
    chain = _sealed_chain(matter, at) if matter.visibility == "sealed" else chain_of(matter.area, at, ABLE)
    allowed = [post for post in chain if not _is_excluded(post, matter)]
    ids = [post.pk for post in allowed]
    if holder in ids:
        place = ids.index(holder)
        return allowed[place + 1] if place + 1 < len(allowed) else None
    former = Post.objects.filter(pk=holder).select_related("area").first() if holder else None
    above = [post for post in allowed if former is None or _reaches(post, former.area)]
    return above[0] if above else None


def _sealed_chain(matter: Matter, at: dt.datetime) -> list[Post]:
    ids = [*matter.named, *([matter.stand_in] if matter.stand_in else [])]
    held = Post.objects.held_at(at).filter(pk__in=ids).select_related("area", "person")
    by_id = {post.pk: post for post in held}
    return [by_id[one] for one in ids if one in by_id and not _is_excluded(by_id[one], matter)]


def _reaches(post: Post, area: Area) -> bool:
    """Whether the post's ground holds that area: of use when the last holder is no longer in the chain."""
    return any(area.duty_path.startswith(path) or area.government_path.startswith(path) for path in paths_of(post.area))


def _is_excluded(post: Post, matter: Matter) -> bool:
    return (
        post.pk in matter.excluded_posts
        or post.acting_for_id in matter.excluded_posts
        or post.person_id in matter.excluded_persons
        or not numbers_of(post.area).isdisjoint(matter.excluded_areas)
    )


def posts_over(matter: Matter, at: dt.datetime, able: Verb) -> list[Post]:
    """Posts that stand on the matter's ground or above and may do `able` to it, nearest first."""
    numbers = {int(part) for path in (matter.duty_path, matter.government_path) for part in path.split("/") if part}
    held = Post.objects.held_at(at).filter(area__number__in=numbers).select_related("area", "person")
    fit = [post for post in held if able in ROLES.get(post.role, ()) and not _is_excluded(post, matter)]
    return sorted(fit, key=lambda post: (-len(post.area.duty_path), not post.responsible, post.person.name))


def post_choices(posts: list[Post]) -> list[tuple[str, str]]:
    """(key, "沈知行 · 社区民警 · 桥西社区") for a form."""
    return [(str(post.pk), f"{post.person.name} · {ROLE_TABLE[post.role].label} · {post.area.name}") for post in posts]


def numbers_of(area: Area) -> set[int]:
    """The numbers of the area and of everything it lies in."""
    return {int(part) for path in paths_of(area) for part in path.split("/") if part}


def lay_in(matter: Matter, area: Area) -> None:
    """Put the matter, not yet saved, into an area, with the paths that the access filter reads."""
    matter.area, matter.duty_path, matter.government_path = area, area.duty_path, area.government_path
