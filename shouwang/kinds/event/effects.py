"""Checks and effects of the steps of an event: who approves, and what becomes of its posts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem
from shouwang.kinds.event.holding import end_turns
from shouwang.kinds.event.models import EventPost, Left
from shouwang.matters.kinds import Taking
from shouwang.people.access import posts_of
from shouwang.people.models import Post
from shouwang.people.roles import ROLES
from shouwang.people.verbs import Verb


class OwnPlan(Problem):
    code, status = "event.own_plan", 409
    says = _("Whoever wrote or changed the plan does not approve it. Somebody of the level above does.")


class NotTheLevelAbove(Problem):
    code, status = "event.not_above", 403
    says = _("The plan is approved by the level above the office that wrote it.")


class NoPosts(Problem):
    code, status = "event.no_posts", 409
    says = _("The plan has no posts yet. Lay out who stands where, then it can be approved.")


def has_posts(taking: Taking) -> None:
    """Raises NoPosts"""
    if not EventPost.objects.filter(matter=taking.matter, dropped_at__isnull=True).exists():
        raise NoPosts


def by_the_level_above(taking: Taking) -> None:
    """A plan of the highest office is approved there, by another person. Raises OwnPlan, NotTheLevelAbove"""
    if taking.by.is_system:
        return
    facts = taking.matter.facts
    if str(taking.by.person_id) in (facts.get("planned_by"), *facts.get("amended_by", ())):
        raise OwnPlan
    key = facts.get("planned_post")
    written = Post.objects.filter(pk=key).select_related("area").first() if key else None
    if written is None or not _has_level_above(written.area.duty_path):
        return
    held = [post for post in posts_of(taking.by, taking.at) if Verb.EVENT_APPROVE in ROLES.get(post.role, ())]
    if not any(_is_above(post.area.duty_path, written.area.duty_path) for post in held):
        raise NotTheLevelAbove


def _is_above(path: str, below: str) -> bool:
    return bool(path) and path != below and below.startswith(path)


def _has_level_above(path: str) -> bool:
    return len(path.strip("/").split("/")) > 1


def stand_all_down(taking: Taking) -> None:
    taking.noted["n_turns"] = end_turns(taking.matter, Left.STOOD_DOWN, taking.at)


def end_as_called_off(taking: Taking) -> None:
    taking.matter.outcome = taking.noted["outcome"] = "called_off"


def end_as_reviewed(taking: Taking) -> None:
    taking.matter.outcome = taking.noted["outcome"] = taking.given["went"]
