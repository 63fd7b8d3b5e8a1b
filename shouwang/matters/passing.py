"""The responsible post of a matter changes: passed on by hand, with a post that is left, or because it has ended."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.matters.common_forms import Line
from shouwang.matters.ground import post_choices, posts_over, responsible_for
from shouwang.matters.kinds import COMMON_STEPS, OPEN, Step, Taking
from shouwang.matters.models import Matter
from shouwang.people.access import may, require
from shouwang.people.chain import NobodyResponsible
from shouwang.people.models import Post
from shouwang.people.verbs import Verb

BATCH = 500


class CannotTake(Problem):
    code, status = "handover.cannot_take", 400
    says = _("{post} cannot take it: the post has ended, or may not work on this ground, or is excluded.")


class HandOverForm(forms.Form):
    to = forms.UUIDField(label=_("Hand over to"))
    reason = Line(label=_("Reason"), max_length=200)


def _hand_over(taking: Taking) -> None:
    post = _able(taking.given["to"], taking.matter, taking.at)
    taking.noted |= {"from": taking.matter.responsible_id, "to": post.pk, "reason": taking.given["reason"]}
    make_responsible(taking.matter, post, taking.at)


def _able(key: UUID, matter: Matter, at: dt.datetime) -> Post:
    post = Post.objects.held_at(at).filter(pk=key).select_related("area", "person").first()
    if post is None or not may(Actor(person_id=post.person_id, post_id=post.pk), Verb.MATTER_WORK, matter, at):
        raise CannotTake(field="to", post=post or "–")
    return post


def make_responsible(matter: Matter, post: Post, at: dt.datetime) -> None:
    """Set it, not saved here; clocks that have not climbed go along."""
    if matter.responsible_id != post.pk:
        matter.clocks.running().filter(level=0).update(holder=post.pk, held_since=at)
    matter.responsible = post


def pass_all_on(leaving: Post, to: Post, *, by: Actor, at: dt.datetime) -> int:
    """Every open matter of a post that is left goes to `to`, one entry each. How many. Raises CannotTake for any."""
    with acting(by):
        require(by, Verb.MATTER_HAND_OVER, leaving.area, at)
        rows = list(Matter.objects.held_by(leaving).select_for_update(of=("self",)).select_related("area"))
        for row in rows:
            _able(to.pk, row, at)
            _pass(row, to, by=by, at=at, why="post_left")
    return len(rows)


def adopt_orphans(at: dt.datetime) -> int:
    """Open matters whose responsible post has ended, or whose holder has left, go to whoever answers now. How many.

    Where nobody answers they stay as they are, and the chain of the area shows the gap.
    """
    by, adopted = Actor.system(), 0
    held = Q(responsible__during__contains=at, responsible__person__active=True)
    with acting(by):
        orphans = Matter.objects.open().exclude(held).select_for_update(skip_locked=True, of=("self",))
        for row in orphans.select_related("area")[:BATCH]:
            try:
                post = responsible_for(row, at)
            except NobodyResponsible:
                continue
            _pass(row, post, by=by, at=at, why="post_ended")
            adopted += 1
    return adopted


def _pass(row: Matter, to: Post, *, by: Actor, at: dt.datetime, why: str) -> None:
    was = row.responsible_id
    make_responsible(row, to, at)
    row.version += 1
    row.save(update_fields=["responsible", "version"])
    record("matter.pass_on", topic="matter.passed", subject=row, by=by, at=at, area=row.area_id, why=why,
           version=row.version, changed=["responsible"], **{"from": was, "to": to.pk})  # fmt: skip


def _takers(taking: Taking) -> dict[str, list[tuple[str, str]]]:
    posts = posts_over(taking.matter, taking.at, Verb.MATTER_WORK)
    return {"to": post_choices([post for post in posts if post.pk != taking.matter.responsible_id])}


COMMON_STEPS += [
    Step("hand_over", _("Hand over"), (OPEN,), None, Verb.MATTER_HAND_OVER, form=HandOverForm, offers=_takers,
         effects=(_hand_over,), tells=("responsible",)),
]  # fmt: skip
