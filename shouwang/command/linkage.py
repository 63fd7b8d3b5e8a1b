"""Asking branches about a call by rule, their answers, and what is passed to the duty lead because nobody answered."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwang.command.models import Answer, BranchDesk, LinkageRequest, LinkageRule
from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.matters.ground import posts_over
from shouwang.matters.models import Matter
from shouwang.people.access import NotVisible, posts_of, require, spans, within
from shouwang.people.verbs import Verb

BATCH = 200


class AnsweredAlready(Problem):
    code, status = "linkage.answered", 409
    says = _("This request was answered already.")


class AnswerMissing(Problem):
    code, status = "linkage.answer", 400
    says = _("Choose what your branch does.")


def ask_branches(matter: Matter, *, by: Actor, at: dt.datetime) -> list[LinkageRequest]:
    """Ask every branch that a rule names for this call as it is now, each once. The new requests."""
    if not matter.is_open or matter.visibility != "office":
        return []
    known = set(matter.branches_asked.values_list("branch", flat=True))
    asked = []
    for rule in rules_for(matter, at):
        if rule.branch not in known:
            known.add(rule.branch)
            asked.append(_ask(matter, rule, by=by, at=at))
    return asked


def rules_for(matter: Matter, at: dt.datetime) -> list[LinkageRule]:
    """Rules in force on the ground of the matter that fit its type and level, the shortest time first."""
    numbers = [int(part) for part in matter.duty_path.split("/") if part]
    group = matter.subkind.partition(".")[0] + "."
    found = LinkageRule.objects.filter(area__number__in=numbers, since__lte=at).exclude(until__lte=at)
    return list(found.filter(sort__in=[matter.subkind, group], level__gte=matter.urgency).order_by("answer_s"))


def _ask(matter: Matter, rule: LinkageRule, *, by: Actor, at: dt.datetime) -> LinkageRequest:
    row = LinkageRequest.objects.create(
        matter=matter, rule=rule, branch=rule.branch, posts=desks_of(rule.branch, matter.duty_path, at),
        duty_path=matter.duty_path, government_path=matter.government_path, asked_at=at,
        due_at=at + dt.timedelta(seconds=rule.answer_s),
    )  # fmt: skip
    record("linkage.ask", topic="linkage.asked", subject=matter, by=by, at=at, area=matter.area_id, request=row.pk,
           branch=row.branch, posts=row.posts, due_at=row.due_at)  # fmt: skip
    return row


def desks_of(branch: str, duty_path: str, at: dt.datetime) -> list[UUID]:
    """Posts that answer for the branch on this ground and are held now."""
    numbers = [int(part) for part in duty_path.split("/") if part]
    rows = BranchDesk.objects.filter(branch=branch, area__number__in=numbers, since__lte=at).exclude(until__lte=at)
    return list(rows.filter(post__during__contains=at, post__person__active=True).values_list("post", flat=True))


def requests_to(by: Actor, at: dt.datetime) -> QuerySet[LinkageRequest]:
    """The inbox of whoever answers for a branch: requests to a post of his."""
    mine = [post.pk for post in posts_of(by, at)]
    return LinkageRequest.objects.filter(posts__overlap=mine).select_related("matter").order_by("-asked_at")


def requests_on_ground(by: Actor, at: dt.datetime) -> QuerySet[LinkageRequest]:
    """Requests about calls that `by` may see."""
    seen = Matter.objects.visible_to(by, at)
    return LinkageRequest.objects.filter(matter__in=seen).select_related("matter").order_by("-asked_at")


def unanswered(by: Actor, at: dt.datetime) -> QuerySet[LinkageRequest]:
    """What a desk hears: not answered in time, and nobody has taken notice yet."""
    ground = within(spans(by, Verb.UNIT_SEND, at))
    rows = LinkageRequest.objects.filter(ground, passed_at__isnull=False, answered_at__isnull=True)
    return rows.filter(settled_at__isnull=True).select_related("matter").order_by("passed_at")


def answer_request(
    request: LinkageRequest, answer: str, words: str = "", *, by: Actor, at: dt.datetime
) -> LinkageRequest:
    """A desk of the branch answers, late too. Raises AnswerMissing, AnsweredAlready, NotVisible"""
    if answer not in Answer.values:
        raise AnswerMissing(field="answer")
    with acting(by):
        row = LinkageRequest.objects.select_for_update(of=("self",)).select_related("matter").get(pk=request.pk)
        if not {post.pk for post in posts_of(by, at)}.intersection(row.posts):
            raise NotVisible
        if row.answered_at is not None:
            raise AnsweredAlready
        row.answer, row.words = answer, clean_line(words, 200, field="words")
        row.answered_at, row.answered_by = at, by.person_id
        row.save(update_fields=["answer", "words", "answered_at", "answered_by"])
        record("linkage.answer", topic="linkage.answered", subject=row.matter, by=by, at=at, area=row.matter.area_id,
               request=row.pk, branch=row.branch, answer=answer, late=at > row.due_at)  # fmt: skip
    return row


def take_notice(request: LinkageRequest, *, by: Actor, at: dt.datetime) -> LinkageRequest:
    """The desk has rung the branch itself: the alert stops; the branch may still answer. Raises AnsweredAlready"""
    with acting(by):
        row = LinkageRequest.objects.select_for_update(of=("self",)).select_related("matter").get(pk=request.pk)
        require(by, Verb.UNIT_SEND, row, at)
        if row.answered_at is not None or row.settled_at is not None:
            raise AnsweredAlready
        row.settled_at, row.settled_by = at, by.person_id
        row.save(update_fields=["settled_at", "settled_by"])
        record("linkage.settle", topic="linkage.settled", subject=row.matter, by=by, at=at, area=row.matter.area_id,
               request=row.pk, branch=row.branch)  # fmt: skip
    return row


def pass_unanswered(at: dt.datetime) -> int:
    """Requests whose time is over go to the duty lead of the call's ground, with an alert at its desk. How many."""
    by = Actor.system()
    waiting = Q(answered_at__isnull=True, passed_at__isnull=True, due_at__lte=at)
    with acting(by):
        rows = LinkageRequest.objects.filter(waiting).select_for_update(skip_locked=True, of=("self",))
        due = list(rows.select_related("matter__area")[:BATCH])
        for row in due:
            leads = posts_over(row.matter, at, Verb.SHIFT_HAND_OVER)
            lead = next((post for post in leads if post.role == "duty_lead"), next(iter(leads), None))
            row.passed_at, row.passed_to = at, lead.pk if lead else None
            row.save(update_fields=["passed_at", "passed_to"])
            record("linkage.pass", topic="linkage.unanswered", subject=row.matter, by=by, at=at,
                   area=row.matter.area_id, request=row.pk, branch=row.branch,
                   posts=[lead.pk] if lead else [])  # fmt: skip
    return len(due)
