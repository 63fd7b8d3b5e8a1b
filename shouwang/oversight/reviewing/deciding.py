"""Findings of a review, each by a person about one post, on one entry and one rule; and its end, after the hearing.

No score, no order of posts, no measure against anybody: what follows is decided elsewhere (ETH-12).
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.calendar import due_at
from shouwang.core.chinese import clean_line, clean_text
from shouwang.core.problem import Problem
from shouwang.journal.models import Entry
from shouwang.journal.record import record
from shouwang.matters.models import Matter
from shouwang.oversight.models import Found, Heard, PostFinding, Review
from shouwang.oversight.reviewing.bases import RULES
from shouwang.oversight.reviewing.concerned import LOOKS, record_of
from shouwang.oversight.reviewing.opening import TO_ANSWER
from shouwang.oversight.reviewing.seeing import require_review, review_seen
from shouwang.oversight.telling import NoWords
from shouwang.people.access import NotVisible

MOST_FINDINGS = 60


class NoFinding(Problem):
    code, status = "review.no_finding", 400
    says = _("Choose the post, what you find of it, the rule and the entry it rests on, all from the lists.")


class ReviewClosed(Problem):
    code, status = "review.closed", 409
    says = _("This review is closed; nothing changes in it any more.")


class TooManyFindings(Problem):
    code, status = "review.too_many_findings", 409
    says = _("A review holds at most {most} findings. Take one back first.")


class NothingFound(Problem):
    code, status = "review.nothing_found", 409
    says = _("Write at least one finding before you close it; “the record does not show it” is one, too.")


class NotHeardYet(Problem):
    code, status = "review.not_heard_yet", 409
    says = _("{n} people may still answer, the last until {until}. Close it when they have, or when the time is over.")


def find(
    key: UUID, *, post: UUID, found: str, rule: str, entry: UUID, words: str, by: Actor, at: dt.datetime
) -> PostFinding:  # fmt: skip
    """Whoever held the post is asked anew. Raises NotVisible, NotAllowed, NoFinding, NoWords, ReviewClosed"""
    said = clean_line(words, 500, field="words")
    if not said:
        raise NoWords(field="words")
    with acting(by):
        review = _locked(key, by, at)
        asked = list(Heard.objects.select_for_update().filter(review=review, posts__contains=[post]))
        if found not in Found.values or rule not in RULES or not asked:
            raise NoFinding(field="post" if not asked else "rule" if rule not in RULES else "found")
        if entry not in entries_of(review, by, at):
            raise NoFinding(field="entry")
        if review.findings.filter(taken_back_at__isnull=True).count() >= MOST_FINDINGS:
            raise TooManyFindings(most=MOST_FINDINGS)
        assert by.person_id is not None
        row = PostFinding.objects.create(
            review=review, post=post, found=found, rule=rule, entry=entry, words=said, made_by=by.person_id, made_at=at
        )
        for one in asked:
            one.asked_at, one.answer_by = at, due_at(at, TO_ANSWER).at
        Heard.objects.bulk_update(asked, ["asked_at", "answer_by"])
        record("review.find", topic="review.changed", subject=review, by=by, at=at, area=review.matter.area_id,
               finding=row.pk, post=post, found=found, rule=rule, entry=entry)  # fmt: skip
    return row


def take_back(key: UUID, finding: UUID, *, by: Actor, at: dt.datetime) -> None:
    """It stays to be read, struck out. Raises NotVisible, NotAllowed, ReviewClosed"""
    with acting(by):
        review = _locked(key, by, at)
        row = review.findings.select_for_update().filter(pk=finding, taken_back_at__isnull=True).first()
        if row is None:
            raise NotVisible
        row.taken_back_at = at
        row.save(update_fields=["taken_back_at"])
        record("review.take_back", topic="review.changed", subject=review, by=by, at=at,
               area=review.matter.area_id, finding=row.pk)  # fmt: skip


def close_review(key: UUID, *, measures: str, by: Actor, at: dt.datetime) -> Review:
    """What is to change is written in words. Raises NotVisible, NotAllowed, ReviewClosed, NothingFound, NotHeardYet"""
    said = clean_text(measures, 500, field="measures")
    if not said:
        raise NoWords(field="measures")
    with acting(by):
        review = _locked(key, by, at)
        findings = review.findings.filter(taken_back_at__isnull=True).count()
        if not findings:
            raise NothingFound
        waiting = [one for one in review.heard.all() if one.waits and one.answer_by > at]
        if waiting:
            raise NotHeardYet(n=len(waiting), until=max(one.answer_by for one in waiting).date())
        review.measures, review.closed_by, review.closed_at = said, by.person_id, at
        review.save(update_fields=["measures", "closed_by", "closed_at"])
        record("review.close", topic="review.closed", subject=review, by=by, at=at, area=review.matter.area_id,
               n_findings=findings)  # fmt: skip
    return review


def entries_of(review: Review, by: Actor, at: dt.datetime) -> set[UUID]:
    """What a finding may rest on: the entries on the time line as `by` sees it."""
    matters = list(Matter.objects.visible_to(by, at).filter(pk__in=review.matters).select_related("area"))
    drawn: list[Entry] = record_of(matters, review.starts_at, review.ends_at).entries if matters else []
    return {one.pk for one in drawn if one.verb != LOOKS}


def _locked(key: UUID, by: Actor, at: dt.datetime) -> Review:
    seen = review_seen(key, by, at)
    require_review(seen, by, at)
    row = Review.objects.select_for_update(of=("self",)).select_related("matter").get(pk=seen.pk)
    if row.closed_at is not None:
        raise ReviewClosed
    return row
