"""Looking for what does not fit, and hearing whoever noted it: he reads it first, then the lead reads both.

Nothing here decides: a finding waits until a hand settles it, and what is explained is erased (ETH-12).
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.calendar import Limit, Span, due_at
from shouwang.core.chinese import clean_line
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.oversight.models import Finding, Settled
from shouwang.oversight.telling import NOBODY, NoWords
from shouwang.people.access import NotVisible, Verb, reaches, require, spans

ANSWER = Limit(3, Span.WORKING_DAY, "", "design")
MOST = 100
CAUSES: dict[str, Promise] = {
    "late_stamp": _("Noted later than it happened"),
    "wrong_place": _("The place of the matter is wrong"),
    "no_signal": _("The position was wrong or late"),
    "rode": _("By vehicle"),
    "with_other": _("A colleague noted it for me"),
    "mistake": _("Pressed by mistake"),
    "other": _("Something else, in my words"),
}


class NoCause(Problem):
    code, status = "oversight.no_cause", 400
    says = _("Choose what it came from.")


class SettledAlready(Problem):
    code, status = "oversight.settled_already", 409
    says = _("This has been settled already.")


class OwnFinding(Problem):
    code, status = "oversight.own_finding", 403
    says = _("Somebody else settles what was found about oneself.")


def keep_finding(found: Finding, *, by: Actor, at: dt.datetime) -> bool:
    """Once; false where it is known."""
    with acting(by):
        if Finding.objects.filter(check_name=found.check_name, subject=found.subject, person=found.person).exists():
            return False
        found.found_at, found.answer_by = at, due_at(at, ANSWER).at
        found.save(force_insert=True)
        # Not what it is about: the entry stays when the finding is explained and erased.
        record("finding.keep", topic="finding.kept", subject=found, by=by, at=at, area=found.area_id,
               check=found.check_name)  # fmt: skip
    return True


def own_findings(by: Actor) -> list[Finding]:
    """What was found about oneself, newest first: read here before anybody else can."""
    with acting(by):
        return list(Finding.objects.filter(person=by.person_id or NOBODY).order_by("-at")[:MOST])


def explain(key: UUID, cause: str, words: str, *, by: Actor, at: dt.datetime) -> Finding:
    """With his words it goes on to the lead. Raises NotVisible, NoCause, NoWords, SettledAlready"""
    said = clean_line(words, 500, field="words")
    if cause not in CAUSES:
        raise NoCause(field="cause")
    if not said:
        raise NoWords(field="words")
    with acting(by):
        row = Finding.objects.select_for_update(of=("self",)).filter(pk=key, person=by.person_id or NOBODY).first()
        if row is None:
            raise NotVisible
        if row.settled:
            raise SettledAlready
        row.came_from, row.said, row.said_at, row.passed_at = cause, said, at, row.passed_at or at
        row.save(update_fields=["came_from", "said", "said_at", "passed_at"])
        record("finding.explain", topic="finding.passed", subject=row, by=by, at=at, area=row.area_id, came_from=cause)
    return row


def pass_on_unanswered(*, by: Actor, at: dt.datetime) -> int:
    """Who said nothing in three working days is read without his words; how many."""
    with acting(by):
        rows = list(Finding.objects.select_for_update(of=("self",)).filter(passed_at__isnull=True, answer_by__lt=at))
        for row in rows:
            row.passed_at = at
            row.save(update_fields=["passed_at"])
            record("finding.pass_on", topic="finding.passed", subject=row, by=by, at=at, area=row.area_id)
    return len(rows)


def to_hear(by: Actor, at: dt.datetime) -> list[Finding]:
    """Passed on and not settled, on the ground where one leads; never one's own. In order of time, not of persons."""
    over = spans(by, Verb.PAST_HEAR, at)
    if not over or by.person_id is None:
        return []
    with acting(by):
        rows = Finding.objects.filter(reaches(over, "area__"), passed_at__isnull=False, settled="")
        return list(rows.exclude(person=by.person_id).select_related("area").order_by("passed_at")[:MOST])


def settle(key: UUID, outcome: str, note: str, *, by: Actor, at: dt.datetime) -> None:
    """A hand decides. Explained: the finding goes, with the words. Raises NotVisible, OwnFinding, SettledAlready"""
    words = clean_line(note, 200, field="note")
    with acting(by):
        rows = Finding.objects.select_for_update(of=("self",)).select_related("area")
        row = rows.filter(pk=key, passed_at__isnull=False).first()
        if row is None:
            raise NotVisible
        if row.person == by.person_id:
            raise OwnFinding
        require(by, Verb.PAST_HEAR, row.area, at)
        if row.settled:
            raise SettledAlready
        row.settled, row.settled_by, row.settled_at, row.note = Settled(outcome), by.person_id, at, words
        record("finding.settle", topic="finding.settled", subject=row, by=by, at=at, area=row.area_id,
               outcome=row.settled)  # fmt: skip
        if row.settled == Settled.EXPLAINED:
            row.delete()
        else:
            row.save(update_fields=["settled", "settled_by", "settled_at", "note"])
