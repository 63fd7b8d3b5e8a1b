"""Which matters a person sees. The one filter of every list, detail, feed, tile, export and search."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models

from shouwang.core.actor import Actor
from shouwang.people.verbs import Verb

if TYPE_CHECKING:
    from shouwang.matters.models import Matter  # noqa: F401  (a forward name for the generic below)
    from shouwang.people.models import Post


class MatterQuerySet(models.QuerySet["Matter"]):
    def open(self) -> MatterQuerySet:
        return self.filter(phase__in=["new", "active", "waiting"])

    def overdue(self, at: dt.datetime) -> MatterQuerySet:
        return self.open().filter(due_at__lt=at)

    def visible_to(self, by: Actor, at: dt.datetime, verb: Verb = Verb.MATTER_READ) -> MatterQuerySet:
        """Matters whose ground a post of `by` covers with the verb, less what is sealed or excluded."""
        from shouwang.people.access import reaching

        return self.filter(reaching(by, verb, at))

    def held_by(self, post: Post) -> MatterQuerySet:
        """Open matters for which that post is responsible."""
        return self.open().filter(responsible=post)
