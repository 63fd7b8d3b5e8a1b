"""Who held which post then: every post that a matter touched, loaded at once and asked by person, post and instant."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from shouwang.people.models import Post
from shouwang.people.roles import ROLE_TABLE

MOST_NAMED = 2


@dataclass(frozen=True)
class StandIn:
    """A cover that lay in the stretch: who stood in for which post, from when until when."""

    post: Post
    cover: Post
    start: dt.datetime
    end: dt.datetime | None


class PostBook:
    """Posts by id and by person, as they were held in `start` … `end`."""

    def __init__(self, persons: Iterable[UUID], posts: Iterable[UUID], start: dt.datetime, end: dt.datetime) -> None:
        keys = list(posts)
        rows = Post.objects.filter(
            Q(person__in=list(persons)) | Q(pk__in=keys) | Q(acting_for__in=keys), during__overlap=(start, end)
        ).exclude(role="resident").select_related("person", "area").order_by("during")  # fmt: skip
        self.start, self.end = start, end
        self.by_id: dict[UUID, Post] = {}
        self.by_person: dict[UUID, list[Post]] = defaultdict(list)
        for row in rows:
            self.by_id[row.pk] = row
            self.by_person[row.person_id].append(row)

    def of(self, person: UUID | None, at: dt.datetime) -> list[Post]:
        """The posts somebody held at that instant; several at once is no gap."""
        return [one for one in self.by_person.get(person, ()) if at in one.during] if person else []

    def titles(self, person: UUID | None, at: dt.datetime) -> str:
        return "、".join(title(one) for one in self.of(person, at)[:MOST_NAMED])

    def name(self, post: UUID | None) -> str:
        """Holder and post; a dash where the post is not known."""
        row = self.by_id.get(post) if post else None
        return named(row) if row else "—"

    def stand_ins(self) -> list[StandIn]:
        found = [
            StandIn(self.by_id[one.acting_for_id], one, max(one.during.lower, self.start), one.during.upper)
            for one in self.by_id.values()
            if one.acting_for_id in self.by_id and one.during.lower < self.end
        ]
        return sorted(found, key=lambda one: one.start)


def title(post: Post) -> str:
    """The role on its ground: “Duty lead · station”."""
    role = ROLE_TABLE.get(post.role)
    return f"{role.label if role else post.role} · {post.area.name}"


def named(post: Post) -> str:
    return f"{post.person.name}（{title(post)}）"
