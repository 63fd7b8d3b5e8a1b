"""A review on paper: who answered for what, the time line, limits, looks, findings with grounds, and the answers."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shouwang.core.clock import SHANGHAI
from shouwang.core.paper import pdf
from shouwang.matters.kinds import kind_of
from shouwang.oversight.export_record import SHEET, in_two
from shouwang.oversight.models import Review
from shouwang.oversight.purposes import PURPOSES
from shouwang.oversight.reviewing.bases import RULES
from shouwang.oversight.reviewing.drawing import Drawing
from shouwang.oversight.reviewing.postbook import named
from shouwang.people.models import Person

Part = dict[str, Any]


def report_sheet(review: Review, drawing: Drawing, at: dt.datetime, language: str) -> bytes:
    """A PDF."""
    heard = list(review.heard.prefetch_related("answers").order_by("id"))
    findings = list(review.findings.order_by("made_at"))
    keys = [review.opened_by, review.closed_by, *(one.person for one in heard), *(one.made_by for one in findings)]
    names = dict(Person.objects.filter(pk__in=[one for one in keys if one]).values_list("pk", "name"))
    answers = [(names.get(one.person, "—"), answer) for one in heard for answer in one.answers.all()]
    matter = review.matter
    with translation.override(language):
        data = {
            "lang": language[:2], "none": _("nothing"),
            "title": _("Review of {kind} {number}").format(kind=kind_of(matter.kind).label, number=matter.number),
            "foot": _("Made {when}: {reason}. Each entry can be checked with its proof.").format(
                when=_second(at), reason=review.reason
            ),
            "facts": [
                [_("Reference"), matter.reference], [_("Purpose"), str(PURPOSES.get(review.purpose, ""))],
                [_("Reason"), review.reason],
                [_("Opened"), f"{_second(review.opened_at)} · {names.get(review.opened_by, '—')}"],
                [pgettext("review", "Closed"), f"{_second(review.closed_at)} · {_name(names, review.closed_by)}"],
                [_("What is to change"), review.measures],
            ],
            "parts": [
                _chain(drawing), _lines(drawing), _clocks(drawing), _looks(drawing),
                _part(_("Findings"), [_("Post"), _("Found"), _("Rule"), _("Why"), _("By")], [
                    [drawing.book.name(one.post), str(one.get_found_display()), f"{one.rule} {RULES.get(one.rule, '')}",
                     _struck(one.words, one.taken_back_at), names.get(one.made_by, "—")] for one in findings
                ], [32, 30, 34, 50, 16]),
                _part(_("Answers"), [_("When"), _("Who"), _("In their words")], [
                    [_second(answer.said_at), who, answer.words] for who, answer in answers
                ], [24, 24, 92]),
            ],
        }  # fmt: skip
    return pdf(SHEET, data)


def _chain(drawing: Drawing) -> Part:
    rows = [
        [one.area.name, named(one.post) if one.post else _("nobody"),
         named(one.holder) if one.holder and one.holder != one.post else "–"]
        for one in drawing.chain
    ]  # fmt: skip
    return _part(_("Who answered for the ground when it began"), [_("Area"), _("Post"), _("Stood in")], rows,
                 [30, 60, 60])  # fmt: skip


def _lines(drawing: Drawing) -> Part:
    rows = [
        [_second(one.at), str(one.label), one.text, one.titles, in_two(one.entry) if one.entry else "–"]
        for one in drawing.lines
    ]  # fmt: skip
    head = [_("When"), _("Sort"), _("What happened"), _("Post then"), _("Entry")]
    return _part(_("Time line"), head, rows, [21, 13, 62, 30, 34])


def _clocks(drawing: Drawing) -> Part:
    rows = [
        [str(one.label), _second(one.clock.started_at), _second(one.clock.due_at), _second(one.clock.met_at),
         "\n".join(f"{_second(a)} – {_second(b)} {why}" for a, b, why in one.stops) or "–", " → ".join(one.holders)]
        for one in drawing.clocks
    ]  # fmt: skip
    head = [_("Limit"), _("Began"), _("Due"), pgettext("limit", "Met"), _("Stopped"), _("With whom it stood")]
    return _part(_("Limits"), head, rows, [24, 20, 20, 20, 30, 46])


def _looks(drawing: Drawing) -> Part:
    rows = [[one.name, one.titles, str(one.n_looks), _second(one.first_at)] for one in drawing.looks]
    return _part(_("Looks at identities"), [_("Who"), _("Post then"), _("Times"), _("First")], rows, [30, 60, 16, 34])


def _part(heading: str, head: list[str], rows: list[list[str]], widths: list[int]) -> Part:
    return {"title": heading, "head": head, "rows": rows, "widths": widths}


def _name(names: dict[UUID, str], key: UUID | None) -> str:
    return names.get(key, "—") if key else "—"


def _struck(words: str, taken_back_at: dt.datetime | None) -> str:
    return _("{words} (taken back {when})").format(words=words, when=_second(taken_back_at)) if taken_back_at else words


def _second(at: dt.datetime | None) -> str:
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S") if at else "–"
