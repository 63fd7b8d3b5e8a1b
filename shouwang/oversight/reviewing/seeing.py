"""Who may review, and read it: the level above, inspectors, auditors; never those it is about, nor their office."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from shouwang.core.actor import Actor
from shouwang.matters.models import Matter
from shouwang.oversight.models import Heard, Review
from shouwang.oversight.telling import NOBODY
from shouwang.people.access import NotAllowed, NotVisible, Verb, may, paths_of, posts_of
from shouwang.people.models import Post
from shouwang.people.roles import ROLES

APART = ("inspector", "auditor")  # of the bureau, but of none of its offices
READ = (Verb.PAST_REVIEW, Verb.AUDIT_READ)
MOST = 100


def reviews_seen_by(by: Actor, at: dt.datetime) -> list[Review]:
    """Newest first."""
    return list(_seen(by, at).select_related("matter").order_by("-opened_at")[:MOST])


def review_seen(key: UUID, by: Actor, at: dt.datetime) -> Review:
    """Raises NotVisible"""
    found = _seen(by, at).filter(pk=key).select_related("matter__area").first()
    if found is None:
        raise NotVisible
    return found


def may_review(row: Review, by: Actor, at: dt.datetime) -> bool:
    """For whoever sees it already."""
    posts = [one for one in posts_of(by, at) if Verb.PAST_REVIEW in ROLES.get(one.role, ())]
    return may(by, Verb.PAST_REVIEW, row.matter, at) and any(_apart(one, row.offices) for one in posts)


def require_review(row: Review, by: Actor, at: dt.datetime) -> None:
    """Raises NotAllowed"""
    if not may_review(row, by, at):
        raise NotAllowed


def independent(offices: list[int], by: Actor, at: dt.datetime) -> bool:
    """Whether a post of `by` that reviews stands outside all these offices."""
    return any(_apart(one, offices) for one in posts_of(by, at) if Verb.PAST_REVIEW in ROLES.get(one.role, ()))


def _seen(by: Actor, at: dt.datetime) -> QuerySet[Review]:
    found = Q(pk__in=[])
    for verb in READ:
        if posts := [one for one in posts_of(by, at) if verb in ROLES.get(one.role, ())]:
            found |= Q(matter__in=Matter.objects.visible_to(by, at, verb)) & _outside(posts)
    rows = Review.objects.filter(found)
    return rows.exclude(Exists(Heard.objects.filter(review=OuterRef("pk"), person=by.person_id or NOBODY)))


def _outside(posts: list[Post]) -> Q:
    """Reviews about none of the offices of at least one of these posts."""
    if any(one.role in APART for one in posts):
        return Q()
    found = Q(pk__in=[])
    for one in posts:
        found |= ~Q(offices__overlap=sorted(numbers_of(one)))
    return found


def _apart(post: Post, offices: list[int]) -> bool:
    return post.role in APART or not numbers_of(post).intersection(offices)


def numbers_of(post: Post) -> set[int]:
    """Of the area of the post and of all it lies in."""
    return {int(part) for path in paths_of(post.area) for part in path.split("/") if part}
