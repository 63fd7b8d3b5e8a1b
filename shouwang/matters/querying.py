"""Which matters a person sees. The one filter of every list, detail, feed, tile, export and search."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from shouwang.core.actor import Actor

if TYPE_CHECKING:
    from shouwang.matters.models import Matter  # noqa: F401  (a forward name for the generic below)


class MatterQuerySet(models.QuerySet["Matter"]):
    def open(self) -> MatterQuerySet:
        return self.filter(phase__in=["new", "active", "waiting"])

    def overdue(self, at: dt.datetime) -> MatterQuerySet:
        return self.open().filter(due_at__lt=at)

    def visible_to(self, by: Actor, at: dt.datetime) -> MatterQuerySet:
        """Matters whose ground a post of `by` covers with the verb to read, less what is sealed or excluded."""
        from shouwang.people.access import Verb, posts_of, spans, within

        if by.is_system:
            return self
        posts = posts_of(by, at)
        post_ids = [post.id for post in posts]
        numbers = [post.area.number for post in posts]
        seen = within(spans(by, Verb.MATTER_READ, at))
        named = Q(visibility="sealed", named__overlap=post_ids)
        return self.filter((seen & Q(visibility="office")) | named).exclude(
            Q(excluded_posts__overlap=post_ids)
            | Q(excluded_persons__contains=[by.person_id])
            | Q(excluded_areas__overlap=numbers)
        )
