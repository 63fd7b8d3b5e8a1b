"""Who is responsible for one piece of ground on one day: the chain above it, the roster of its tiers, what is missing.

Responsibility follows the date that is asked for, not today's holder (S-ORG-001).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from shouwang.core.actor import Actor
from shouwang.people.access import Verb, paths_of, reaches, spans
from shouwang.people.chain import Gap, Link, gaps, links_of
from shouwang.people.models import Post, PostPassing, TierModel
from shouwang.people.roles import ROLE_TABLE
from shouwang.people.tiers import Tier, reports_to, tier_of, tiers_for
from shouwang.places.models import Area


@dataclass(frozen=True)
class Held:
    """A post on a tier, who covers it that day, and how it was passed on by the one before."""

    post: Post
    role: Promise | str
    cover: Post | None
    taken: PostPassing | None


@dataclass(frozen=True)
class Stage:
    """A tier of the model in force, to whom it reports, and who stands on it."""

    tier: Tier
    above: str
    held: list[Held]


@dataclass(frozen=True)
class Roster:
    chain: list[Link]
    stages: list[Stage]
    gaps: list[Gap]


def roster_of(area: Area, at: dt.datetime) -> Roster:
    """As it stood at that instant, of the area and everything inside it."""
    paths = paths_of(area)
    tiers = tiers_for(area, at)
    posts = list(
        Post.objects.held_at(at).filter(reaches(paths, "area__")).select_related("person", "area").order_by(
            "area__number", "during"
        )
    )  # fmt: skip
    covers = {post.acting_for_id: post for post in posts if post.acting_for_id}
    passings = _passings(post.pk for post in posts)
    held: dict[str, list[Held]] = {}
    for post in posts:
        tier = tier_of(post, tiers)
        if tier is not None and post.acting_for_id is None:
            role = ROLE_TABLE[post.role].label if post.role in ROLE_TABLE else post.role
            held.setdefault(tier.key, []).append(Held(post, role, covers.get(post.pk), passings.get(post.pk)))
    stages = [
        Stage(tier, above.name if (above := reports_to(tier, tiers)) else "", held.get(tier.key, [])) for tier in tiers
    ]
    return Roster(list(reversed(links_of(area, at))), stages, gaps(paths, at))


def _passings(posts: Iterable[UUID]) -> dict[UUID, PostPassing]:
    rows = PostPassing.objects.filter(taking__in=list(posts)).select_related("leaving__person")
    return {row.taking_id: row for row in rows if row.taking_id}


def areas_for(by: Actor, at: dt.datetime) -> list[Area]:
    """Areas whose roster `by` may read, those above before those inside."""
    found = Area.objects.filter(reaches(spans(by, Verb.AREA_READ, at)))
    return list(found.order_by("duty_path", "government_path")[:500])


def with_tiers(areas: list[Area], above: Area, at: dt.datetime) -> list[Area]:
    """Areas inside `above` on which tiers of their own are in force."""
    own = set(TierModel.objects.filter(area__in=areas, during__contains=at).values_list("area", flat=True))
    inside = paths_of(above)
    return [one for one in areas if one.pk in own and one != above and any(p.startswith(inside) for p in paths_of(one))]
