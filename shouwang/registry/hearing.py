"""The hearing of an odd look: its maker reads it first and says why; then the lead or the auditor reads both.

No score and no table of persons: one look, one explanation, one outcome. Row security keeps a look from everybody but
its maker until it was passed on (migration 0015).
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.people.access import NotVisible, Verb, reaches, require, spans
from shouwang.places.models import Address
from shouwang.registry.models import OddLook, OwnAddress
from shouwang.registry.models.odd import Heard

NOBODY = UUID(int=0)


class SaySomething(Problem):
    code, status = "registry.say_something", 400
    says = _("Write a few words.")


class HeardAlready(Problem):
    code, status = "registry.heard_already", 409
    says = _("This has been heard and closed already.")


class OwnHearing(Problem):
    code, status = "registry.own_hearing", 403
    says = _("Somebody else closes the hearing of one’s own looks.")


def own_looks(by: Actor) -> list[OddLook]:
    """What rules picked out of one's own looks and searches, the newest first."""
    with acting(by):
        return list(OddLook.objects.filter(person=by.person_id or NOBODY).order_by("-at")[:100])


def say_why(key: UUID, words: str, *, by: Actor, at: dt.datetime) -> None:
    """One's own words; with them it goes on to whoever reads it. Raises NotVisible, SaySomething, HeardAlready"""
    said = clean_line(words, 500, field="words")
    if not said:
        raise SaySomething(field="words")
    with acting(by):
        row = OddLook.objects.select_for_update(of=("self",)).filter(pk=key, person=by.person_id or NOBODY).first()
        if row is None:
            raise NotVisible
        if row.closed_at is not None:
            raise HeardAlready
        row.said, row.said_at, row.passed_at = said, at, row.passed_at or at
        row.save(update_fields=["said", "said_at", "passed_at"])
        record("look.explain", topic="look.passed", subject=row, by=by, at=at, area=row.area_id, rule=row.rule)


def pass_on_unanswered(*, by: Actor, at: dt.datetime) -> int:
    """Whoever said nothing in three working days is read without his words; how many."""
    with acting(by):
        rows = list(OddLook.objects.filter(passed_at__isnull=True, answer_by__lt=at).select_for_update(of=("self",)))
        for row in rows:
            row.passed_at = at
            row.save(update_fields=["passed_at"])
            record("look.pass_on", topic="look.passed", subject=row, by=by, at=at, area=row.area_id, rule=row.rule)
    return len(rows)


def looks_to_hear(by: Actor, at: dt.datetime) -> list[OddLook]:
    """Passed on and not closed, on the ground where one leads or audits; never one's own."""
    over = (*spans(by, Verb.MATTER_SEAL, at), *spans(by, Verb.AUDIT_READ, at))
    if not over:
        return []
    with acting(by):
        rows = OddLook.objects.filter(reaches(over, "area__"), passed_at__isnull=False, closed_at__isnull=True)
        return list(rows.exclude(Q(person=by.person_id)).select_related("area").order_by("passed_at")[:100])


def close_hearing(key: UUID, outcome: str, note: str, *, by: Actor, at: dt.datetime) -> None:
    """What came of it. Raises NotVisible, NotAllowed, OwnHearing, HeardAlready"""
    said = clean_line(note, 200, field="note")
    with acting(by):
        rows = OddLook.objects.select_for_update(of=("self",)).select_related("area")
        row = rows.filter(pk=key, passed_at__isnull=False).first()
        if row is None:
            raise NotVisible
        if row.person == by.person_id:
            raise OwnHearing
        require(by, Verb.MATTER_SEAL if spans(by, Verb.MATTER_SEAL, at) else Verb.AUDIT_READ, row.area, at)
        if row.closed_at is not None:
            raise HeardAlready
        row.outcome, row.note, row.closed_at, row.closed_by = Heard(outcome), said, at, by.person_id
        row.save(update_fields=["outcome", "note", "closed_at", "closed_by"])
        record("look.hear", topic="look.heard", subject=row, by=by, at=at, area=row.area_id, outcome=row.outcome)


def own_address_of(by: Actor) -> Address | None:
    """What one declared of oneself."""
    with acting(by):
        own = OwnAddress.objects.filter(person=by.person_id or NOBODY).select_related("address").first()
    return own.address if own else None


def declare_own_address(address: Address | None, *, by: Actor, at: dt.datetime) -> None:
    """Where one lives, or that it shall not be known any more."""
    with acting(by):
        if address is None:
            OwnAddress.objects.filter(person=by.person_id or NOBODY).delete()
        else:
            given = {"address": address, "declared_at": at}
            OwnAddress.objects.update_or_create(person=by.person_id or NOBODY, defaults=given)
        record(
            "look.declare_address", topic="look.declared", subject=("person", by.person_id or NOBODY), by=by, at=at,
            given=address is not None,
        )  # fmt: skip
