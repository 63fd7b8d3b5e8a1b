"""Who can be rostered: whoever holds a post that signs shifts, on the ground of the office."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID

from shouwang.people.access import ROLES, Verb, paths_of, reaches
from shouwang.people.models import Person, Post
from shouwang.places.models import Area

HEADS = frozenset({"station_head", "duty_lead", "bureau_head"})
GRID = frozenset({"grid_worker", "grid_manager", "grid_head", "deputy_grid_head"})
SIGNS = frozenset(role for role, verbs in ROLES.items() if Verb.SHIFT_SIGN in verbs)


@dataclass
class Staff:
    person: Person
    posts: list[Post] = field(default_factory=list)


def pool_of(area: Area, at: dt.datetime) -> dict[UUID, Staff]:
    """Everybody of the office, by id, in the order of their names."""
    held = Post.objects.held_at(at).filter(reaches(paths_of(area), "area__"), role__in=SIGNS, accepted_at__isnull=False)
    found: dict[UUID, Staff] = {}
    for post in held.select_related("person", "area").order_by("person__name", "id"):
        found.setdefault(post.person_id, Staff(post.person)).posts.append(post)
    return found
