"""A level above takes a matter over from the post it stands with, and gives it back; both with a reason (S-CMD-017)."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem
from shouwang.matters.common_forms import ReasonForm
from shouwang.matters.ground import posts_over, responsible_for
from shouwang.matters.kinds import COMMON_STEPS, OPEN, Step, Taking
from shouwang.matters.passing import make_responsible
from shouwang.people.access import posts_of, spans
from shouwang.people.models import Post
from shouwang.people.verbs import Verb

TAKEN_FROM = "taken_from"  # the fact that keeps the first post it was taken from


class NotAbove(Problem):
    code, status = "takeover.not_above", 403
    says = _("Only a level above the post with which it stands takes a matter over.")


class NotTakenOver(Problem):
    code, status = "takeover.not_taken", 409
    says = _("This matter was not taken over by your office, so there is nothing to give back.")


def _is_above(taking: Taking) -> None:
    """Raises NotAbove"""
    if _post_above(taking) is None:
        raise NotAbove


def _post_above(taking: Taking) -> Post | None:
    """The nearest post of whoever acts that stands above the one responsible now."""
    held = taking.matter.responsible
    below = held.area.duty_path if held else ""
    grounds = spans(taking.by, Verb.MATTER_HAND_OVER, taking.at)
    mine = [post for post in posts_of(taking.by, taking.at) if post.area.duty_path in grounds]
    above = [post for post in mine if below != post.area.duty_path and below.startswith(post.area.duty_path)]
    return max(above, key=lambda post: len(post.area.duty_path), default=None)


def _took_it(taking: Taking) -> None:
    """Raises NotTakenOver"""
    held = taking.matter.responsible
    offices = {post.area_id for post in posts_of(taking.by, taking.at)}
    if TAKEN_FROM not in taking.matter.facts or held is None or held.area_id not in offices:
        raise NotTakenOver


def _take_over(taking: Taking) -> None:
    matter, above = taking.matter, _post_above(taking)
    if above is None:
        raise NotAbove
    taking.noted |= {"from": matter.responsible_id, "to": above.pk, "reason": taking.given["reason"]}
    matter.facts.setdefault(TAKEN_FROM, str(matter.responsible_id))
    make_responsible(matter, above, taking.at)


def _give_back(taking: Taking) -> None:
    """To the post it was taken from, or to whoever answers for the ground if that post is over."""
    matter, was = taking.matter, taking.matter.responsible_id
    key = UUID(matter.facts.pop(TAKEN_FROM))
    able = [post for post in posts_over(matter, taking.at, Verb.MATTER_WORK) if post.pk == key]
    back = able[0] if able else responsible_for(matter, taking.at)
    taking.noted |= {"from": was, "to": back.pk, "reason": taking.given["reason"]}
    make_responsible(matter, back, taking.at)


COMMON_STEPS += [
    Step("take_over", _("Take it over from the level below"), (OPEN,), None, Verb.MATTER_HAND_OVER,
         check=(_is_above,), form=ReasonForm, effects=(_take_over,), tells=("responsible",)),
    Step("give_back", _("Give it back to the level below"), (OPEN,), None, Verb.MATTER_HAND_OVER,
         check=(_took_it,), form=ReasonForm, effects=(_give_back,), tells=("responsible",)),
]  # fmt: skip
