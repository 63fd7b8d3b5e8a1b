"""Setting and ending linkage rules, and who answers for a branch. Rows are dated and never changed."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwang.command.models import Branch, BranchDesk, LinkageRule
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.kinds.incident.calls import GROUPS, SUBKINDS
from shouwang.people.access import Verb, reaches, require, spans, within
from shouwang.people.models import Post
from shouwang.places.models import Area

SHORTEST_S, LONGEST_S = 30, 24 * 3600
Dated = TypeVar("Dated", LinkageRule, BranchDesk)
ENDS = {LinkageRule: "linkage_rule.end", BranchDesk: "branch_desk.end"}


class RuleWrong(Problem):
    code, status = "linkage.rule", 400
    says = _(
        "A rule names a call type or a group, a level from 1 to 4, a branch, and 30 seconds to 24 hours to answer."
    )


class PostEnded(Problem):
    code, status = "linkage.post", 400
    says = _("This post is not held now. Choose another one to answer for the branch.")


def set_rule(
    *, area: Area, sort: str, level: int, branch: str, answer_s: int, by: Actor, at: dt.datetime
) -> LinkageRule:
    """Put a rule in force on this ground; the one before for the same type and branch ends. Raises RuleWrong"""
    known = sort in SUBKINDS or sort.removesuffix(".") in GROUPS
    if not known or level not in (1, 2, 3, 4) or branch not in Branch or not SHORTEST_S <= answer_s <= LONGEST_S:
        raise RuleWrong(field="sort")
    with acting(by):
        require(by, Verb.UNIT_MANAGE, area, at)
        LinkageRule.objects.filter(area=area, sort=sort, branch=branch, until__isnull=True).update(until=at)
        row = LinkageRule.objects.create(
            area=area, duty_path=area.duty_path, sort=sort, level=level, branch=branch, answer_s=answer_s, since=at,
            set_by=by.person_id,
        )  # fmt: skip
        record("linkage_rule.set", topic="linkage.ruled", subject=row, by=by, at=at, area=area, branch=branch)
    return row


def set_desk(*, area: Area, branch: str, post: Post, by: Actor, at: dt.datetime) -> BranchDesk:
    """From now on this post answers for the branch here. Raises RuleWrong, PostEnded"""
    if branch not in Branch:
        raise RuleWrong(field="branch")
    with acting(by):
        require(by, Verb.UNIT_MANAGE, area, at)
        if not Post.objects.held_at(at).filter(pk=post.pk).exists():
            raise PostEnded(field="post")
        row, new = BranchDesk.objects.get_or_create(
            branch=branch, post=post, until=None,
            defaults={"area": area, "duty_path": area.duty_path, "since": at, "set_by": by.person_id},
        )  # fmt: skip
        if new:
            record("branch_desk.set", topic="linkage.ruled", subject=row, by=by, at=at, area=area, branch=branch)
    return row


def end(dated: Dated, *, by: Actor, at: dt.datetime) -> Dated:
    """Calls after this instant ask nobody by this rule, or not at this desk. A second time changes nothing."""
    model = type(dated)
    with acting(by):
        row: Dated = model.objects.select_for_update(of=("self",)).select_related("area").get(pk=dated.pk)
        require(by, Verb.UNIT_MANAGE, row.area, at)
        if row.until is None:
            row.until = at
            row.save(update_fields=["until"])
            record(ENDS[model], topic="linkage.ruled", subject=row, by=by, at=at, area=row.area_id, branch=row.branch)
    return row


def rules_on(by: Actor, at: dt.datetime) -> QuerySet[LinkageRule]:
    """Rules in force that `by` may set or end."""
    rows = LinkageRule.objects.filter(_ground(by, at), until__isnull=True)
    return rows.select_related("area").order_by("sort", "level", "branch")


def desks_on(by: Actor, at: dt.datetime) -> QuerySet[BranchDesk]:
    rows = BranchDesk.objects.filter(_ground(by, at), until__isnull=True)
    return rows.select_related("area", "post__person", "post__area").order_by("branch", "since")


def office_of(by: Actor, at: dt.datetime) -> Area | None:
    """The widest ground on which `by` may set rules."""
    return Area.objects.filter(within(spans(by, Verb.UNIT_MANAGE, at))).order_by("duty_path").first()


def _ground(by: Actor, at: dt.datetime) -> Q:
    return reaches(spans(by, Verb.UNIT_MANAGE, at), "area__")
