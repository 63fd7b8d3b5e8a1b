"""The side of those a review is about: what is said of their posts, the record of it, and their own words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_text
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.oversight.models import Answer, Heard, PostFinding, Review
from shouwang.oversight.reviewing.deciding import ReviewClosed
from shouwang.oversight.telling import NOBODY, NoWords
from shouwang.people.access import NotVisible

MOST_ANSWERS = 20
MOST = 100


class AnsweredOften(Problem):
    code, status = "review.answered_often", 409
    says = _("You have answered {most} times; that is as often as a review takes.")


@dataclass(frozen=True)
class Own:
    """One review of one's own acts: what was found of one's posts, and what one has said so far."""

    heard: Heard
    findings: list[PostFinding]
    answers: list[Answer]

    @property
    def review(self) -> Review:
        return self.heard.review


def own_hearings(by: Actor) -> list[Heard]:
    """Newest first."""
    rows = Heard.objects.filter(person=by.person_id or NOBODY).select_related("review__matter")
    return list(rows.order_by("-asked_at")[:MOST])


def own_hearing(key: UUID, by: Actor) -> Own:
    """Raises NotVisible"""
    rows = Heard.objects.filter(review=key, person=by.person_id or NOBODY)
    heard = rows.select_related("review__matter__area").first()
    if heard is None:
        raise NotVisible
    findings = PostFinding.objects.filter(review=key, post__in=heard.posts).order_by("made_at")
    return Own(heard, list(findings), list(heard.answers.order_by("said_at")))


def answer(key: UUID, words: str, *, by: Actor, at: dt.datetime) -> Answer:
    """Added, never changed; open until the review is closed. Raises NotVisible, NoWords, ReviewClosed, AnsweredOften"""
    said = clean_text(words, 1000, field="words")
    if not said:
        raise NoWords(field="words")
    with acting(by):
        rows = Heard.objects.select_for_update(of=("self",)).select_related("review__matter")
        heard = rows.filter(review=key, person=by.person_id or NOBODY).first()
        if heard is None:
            raise NotVisible
        if heard.review.closed_at is not None:
            raise ReviewClosed
        if heard.answers.count() >= MOST_ANSWERS:
            raise AnsweredOften(most=MOST_ANSWERS)
        row = Answer.objects.create(heard=heard, words=said, said_at=at)
        heard.answered_at = at
        heard.save(update_fields=["answered_at"])
        record("review.answer", topic="review.answered", subject=heard.review, by=by, at=at,
               area=heard.review.matter.area_id)  # fmt: skip
    return row
