"""Opening a review: with a purpose and a reason, once; those whose acts it is about are told and asked to answer."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.calendar import Limit, Span, due_at
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.matters.models import Matter
from shouwang.oversight.models import About, Heard, Review
from shouwang.oversight.purposes import stated
from shouwang.oversight.reviewing.concerned import belonging_to, book_of, record_of, stretch_of, whose_acts
from shouwang.oversight.reviewing.seeing import independent
from shouwang.oversight.telling import tell
from shouwang.people.access import NotAllowed, Verb, require
from shouwang.people.models import Post

TO_ANSWER = Limit(10, Span.WORKING_DAY, "", "seed")  # S-SUP-006: at most


class NotIndependent(Problem):
    code, status = "review.not_independent", 403
    says = _("This case is about your own acts or your own office. An inspector, or the level above, reviews it.")


class ReviewedAlready(Problem):
    code, status = "review.open_already", 409
    says = _("A review of this matter is open already.")


class NobodyConcerned(Problem):
    code, status = "review.nobody_concerned", 409
    says = _("The journal holds no act of any post in this matter; there is nothing to review.")


def open_review(*, matter: Matter, purpose: str, reason: str, by: Actor, at: dt.datetime) -> Review:
    """One entry, and a notice to each person whose acts it is about.

    Raises  NoPurpose, NoReason, NotIndependent, ReviewedAlready, NobodyConcerned, NotAllowed, NotVisible
    """
    words = stated(purpose, reason)
    with acting(by):
        row = Matter.objects.select_for_update(of=("self",)).select_related("area").get(pk=matter.pk)
        require(by, Verb.PAST_REVIEW, row, at)
        if by.person_id is None:
            raise NotAllowed
        if Review.objects.filter(matter=row, closed_at__isnull=True).exists():
            raise ReviewedAlready(field="number")
        matters = belonging_to(row, by, at)
        start, end = stretch_of(matters, at)
        found = record_of(matters, start, end)
        book = book_of(found, start, end)
        whose = whose_acts(found, book)
        if not whose:
            raise NobodyConcerned(field="number")
        offices = _offices([book.by_id[key] for held in whose.values() for key in held])
        if by.person_id in whose or not independent(offices, by, at):
            raise NotIndependent(field="number")
        review = Review.objects.create(
            matter=row, matters=[one.pk for one in matters], starts_at=start, ends_at=end, purpose=purpose,
            reason=words, offices=offices, opened_by=by.person_id, opened_at=at,
        )  # fmt: skip
        until = due_at(at, TO_ANSWER).at
        Heard.objects.bulk_create([
            Heard(review=review, person=person, posts=sorted(held), asked_at=at, answer_by=until)
            for person, held in sorted(whose.items())
        ])  # fmt: skip
        record("review.open", topic="review.opened", subject=review, by=by, at=at, area=row.area_id, matter=row.pk,
               purpose=purpose, reason=words, n_persons=len(whose), n_matters=len(matters),
               answer_by=until)  # fmt: skip
        tell(whose, About.REVIEW, review.pk, at)
    return review


def _offices(posts: list[Post]) -> list[int]:
    return sorted({one.area.number for one in posts})
