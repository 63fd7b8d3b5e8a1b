"""The public result of a supervisory visit: published by a person, withdrawn with a reason, nobody named in it.

Only of lists whose law says so (`Checklist.basis`), within 20 working days of the visit; a wrong one is withdrawn
within three (INS-06). The unit may answer before: the page of its paper is open to it from the notice on.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.calendar import Limit, Span, due_at
from shouwang.core.chinese import clean_line
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.kinds.hazard.checklists import CHECKLISTS
from shouwang.kinds.hazard.models import Premises
from shouwang.matters.owners import last_minute
from shouwang.people.access import Verb, require

WITHIN = Limit(20, Span.WORKING_DAY)


class NotToBePublished(Problem):
    code, status = "hazard.not_to_be_published", 409
    says = _("Only the result of a visit that was made, by a list whose law says so, is published, and only once.")


class WithdrawnBecause(Problem):
    code, status = "hazard.withdrawn_because", 400
    says = _("Say why it is withdrawn: everybody can read the reason.")


@dataclass(frozen=True)
class Lack:
    """One line that was not in order; `phase`, `outcome` and, while it is open, `due_at` of the hazard it led to."""

    label: Promise
    phase: str
    outcome: str
    due_at: dt.datetime | None


@dataclass(frozen=True)
class Result:
    """What everybody may read of one visit."""

    name: str
    place: str
    visit: Promise
    basis: Promise
    seen_at: dt.datetime
    n_lines: int
    lacks: list[Lack]
    withdrawn_at: dt.datetime | None
    withdrawn_why: str


def publish_by(premises: Premises) -> dt.datetime | None:
    """Until when the result has to be published; None where it is not, or is already."""
    if premises.seen_at is None or premises.published_at or CHECKLISTS[premises.sweep.checklist].basis is None:
        return None
    return last_minute(due_at(premises.seen_at, WITHIN).at)


def publish(*, premises: Premises, by: Actor, at: dt.datetime) -> Premises:
    """Raises NotToBePublished, NotAllowed, NotVisible"""
    with acting(by):
        row = _locked(premises, by, at)
        if publish_by(row) is None:
            raise NotToBePublished
        row.published_at = at
        row.save(update_fields=["published_at"])
        record("sweep.publish", topic="sweep.published", subject=row, by=by, at=at, area=row.sweep.area_id)
    return row


def withdraw(*, premises: Premises, reason: str, by: Actor, at: dt.datetime) -> Premises:
    """Raises NotToBePublished, WithdrawnBecause, NotAllowed, NotVisible"""
    reason = clean_line(reason, 200, field="reason")
    if not reason:
        raise WithdrawnBecause(field="reason")
    with acting(by):
        row = _locked(premises, by, at)
        if row.published_at is None or row.withdrawn_at is not None:
            raise NotToBePublished
        row.withdrawn_at, row.withdrawn_why = at, reason
        row.save(update_fields=["withdrawn_at", "withdrawn_why"])
        record("sweep.withdraw", topic="sweep.withdrawn", subject=row, by=by, at=at, area=row.sweep.area_id)
    return row


def _locked(premises: Premises, by: Actor, at: dt.datetime) -> Premises:
    row = Premises.objects.select_for_update(of=("self",)).select_related("sweep__area").get(pk=premises.pk)
    require(by, Verb.MATTER_CLOSE, row.sweep, at)
    return row


def published(name: str = "") -> list[Result]:
    """The newest two hundred, of units whose name has these words. A function of the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM hazard_published(%s)", [name])
        rows = cursor.fetchall()
    return [_result(*row) for row in rows]


def _result(
    name: str, place: str, checklist: str, seen_at: dt.datetime, lacking: list[str], became: str,
    withdrawn_at: dt.datetime | None, withdrawn_why: str,
) -> Result:  # fmt: skip
    declared = CHECKLISTS[checklist]
    lacks = [
        Lack(
            declared.items[line].label, phase or "", outcome or "", last_minute(due and dt.datetime.fromisoformat(due))
        )
        for line, (phase, outcome, due) in zip(lacking, json.loads(became), strict=True)
    ]
    return Result(
        name, place, declared.label, declared.basis or declared.label, seen_at, len(declared.items), lacks,
        withdrawn_at, withdrawn_why,
    )  # fmt: skip
