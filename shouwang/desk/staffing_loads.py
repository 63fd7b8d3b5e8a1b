"""What staffing is weighed by and only higher apps know: calls of an area, hours of a person on other duties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from shouwang.core.actor import Actor
from shouwang.duty.presence import other_hours
from shouwang.matters.models import Matter
from shouwang.people.access import reaches, spans
from shouwang.people.models import Measure, Post, StaffingRule
from shouwang.people.staffing.ruling import rules_at
from shouwang.people.staffing.standing import Loads
from shouwang.people.verbs import Verb
from shouwang.places.models import Area

CALLS_OF = dt.timedelta(days=30)


def loads_for(by: Actor, at: dt.datetime) -> Loads:
    """Only what a rule in force asks for is counted."""
    rules = rules_at(by, at, Measure.EACH, Measure.HOUSEHOLDS, Measure.CALLS)
    by_calls = [rule for rule in rules if rule.measure == Measure.CALLS]
    full_time = [rule for rule in rules if rule.full_time and rule.hours]
    return Loads(
        _calls(by_calls, by, at) if by_calls else {},
        other_hours(grounds_of({rule.role for rule in full_time}, by, at), at) if full_time else {},
    )


def grounds_of(roles: Iterable[str], by: Actor, at: dt.datetime) -> dict[UUID, Area]:
    """Who holds one of `roles` in sight of `by`, and his ground; the one he answers for where he holds two."""
    posts = Post.objects.held_at(at).filter(
        reaches(spans(by, Verb.STAFFING_READ, at), "area__"), role__in=roles, acting_for__isnull=True
    )
    return {post.person_id: post.area for post in posts.select_related("area").order_by("responsible", "-id")}


def _calls(rules: list[StaffingRule], by: Actor, at: dt.datetime) -> dict[UUID, int]:
    """Calls of the last 30 days, by area. Sealed ones count nowhere."""
    areas = Area.objects.filter(
        reaches(spans(by, Verb.STAFFING_READ, at)), tier__in={rule.tier for rule in rules}, duty_path__gt=""
    )
    calls = Matter.objects.filter(
        reaches(spans(by, Verb.STAFFING_READ, at)), kind="incident", visibility="office",
        opened_at__gt=at - CALLS_OF, opened_at__lte=at,
    )  # fmt: skip
    paths = list(calls.values_list("duty_path", flat=True))
    return {area.pk: sum(path.startswith(area.duty_path) for path in paths) for area in areas}
