"""What the pages of a review show: to whoever reviews, and to whoever is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from shouwang.core.actor import Actor
from shouwang.core.clock import SHANGHAI
from shouwang.desk.lookback.review_forms import CloseForm, FindingForm
from shouwang.oversight.models import Answer, Heard, PostFinding, Review
from shouwang.oversight.purposes import PURPOSES
from shouwang.oversight.reviewing.bases import RULES
from shouwang.oversight.reviewing.drawing import Drawing, draw, draw_own
from shouwang.oversight.reviewing.hearing import Own
from shouwang.oversight.reviewing.lines import Drawn
from shouwang.oversight.reviewing.postbook import PostBook
from shouwang.oversight.reviewing.seeing import may_review
from shouwang.people.models import Person

SHORT = 60


@dataclass(frozen=True)
class FoundLine:
    """A finding as it is read: of which post, on which line and rule."""

    row: PostFinding
    post: str
    rule: Promise | str
    line: Drawn | None
    who: str


@dataclass(frozen=True)
class Asked:
    """One of those asked, with his words. In the order of the record, not of persons."""

    row: Heard
    name: str
    titles: str
    answers: list[Answer]


def review_page(row: Review, by: Actor, at: dt.datetime, language: str) -> dict[str, Any]:
    drawing = draw(row, by, at, language)
    findings = list(row.findings.order_by("made_at"))
    heard = list(row.heard.prefetch_related("answers"))
    names = people_named([row.opened_by, *(one.person for one in heard), *(one.made_by for one in findings)])
    works = row.closed_at is None and may_review(row, by, at)
    posts, entries = post_choices(heard, drawing.book), entry_choices(drawing)
    return {
        "review": row, "drawing": drawing, "who": names.get(row.opened_by, "—"), "purpose": PURPOSES.get(row.purpose),
        "findings": found_lines(findings, drawing, names), "asked": asked_of(heard, drawing, names), "at": at,
        "works": works, "waiting": [one for one in heard if one.waits and one.answer_by > at],
        "posts": posts, "entries": entries, "find": FindingForm(posts=posts, entries=entries), "close": CloseForm(),
        "reports": row.closed_at is not None and may_review(row, by, at),
    }  # fmt: skip


def answer_page(own: Own, by: Actor, at: dt.datetime, language: str) -> dict[str, Any]:
    """The time line as far as he may read the matter; nobody else's answers, nobody's looks."""
    drawing = draw_own(own.review, by, at, language)
    names = people_named([own.review.opened_by, *(one.made_by for one in own.findings)])
    return {
        "own": own, "review": own.review, "drawing": drawing, "who": names.get(own.review.opened_by, "—"),
        "purpose": PURPOSES.get(own.review.purpose), "at": at,
        "findings": found_lines(own.findings, drawing, names),
    }  # fmt: skip


def found_lines(rows: Iterable[PostFinding], drawing: Drawing, names: dict[UUID, str]) -> list[FoundLine]:
    lines = {one.entry: one for one in reversed(drawing.lines) if not one.derived}
    return [
        FoundLine(one, drawing.book.name(one.post), RULES.get(one.rule, one.rule), lines.get(one.entry),
                  names.get(one.made_by, "—"))
        for one in rows
    ]  # fmt: skip


def asked_of(heard: Iterable[Heard], drawing: Drawing, names: dict[UUID, str]) -> list[Asked]:
    first = {one.person: n for n, one in reversed(list(enumerate(drawing.lines))) if one.person}
    rows = [
        Asked(one, names.get(one.person, "—"), drawing.book.titles(one.person, drawing.book.start),
              sorted(one.answers.all(), key=lambda answer: answer.said_at))
        for one in heard
    ]  # fmt: skip
    return sorted(rows, key=lambda one: (first.get(one.row.person, len(first)), str(one.row.pk)))


def post_choices(heard: Iterable[Heard], book: PostBook) -> list[tuple[str, str]]:
    keys = sorted({key for one in heard for key in one.posts})
    return [(str(key), book.name(key)) for key in keys if key in book.by_id]


def entry_choices(drawing: Drawing) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for one in drawing.lines:
        if one.entry and not one.derived:
            found.setdefault(str(one.entry), f"{one.at.astimezone(SHANGHAI):%m-%d %H:%M:%S} {one.text[:SHORT]}")
    return list(found.items())


def people_named(keys: Iterable[UUID]) -> dict[UUID, str]:
    return dict(Person.objects.filter(pk__in=set(keys)).values_list("pk", "name"))
