"""Walking a round: set out, note each stop, come back. A stop is noted by who walks, at the desk or on the phone."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.matters.kinds import kind_of
from shouwang.matters.models import Matter
from shouwang.matters.steps import take_step
from shouwang.people.access import NotVisible, Verb, may, spans, within
from shouwang.rounds.models import Outcome, Round, Stop

STEPS = {("visit", Outcome.DONE): "meet", ("visit", Outcome.NOBODY): "nobody_home"}  # what a stop does to its matter


class RoundOver(Problem):
    code, status = "rounds.over", 409
    says = _("This round is over. Note it on the matter itself.")


class OutcomeUnknown(Problem):
    code, status = "rounds.outcome", 400
    says = _("Say whether it was done, nobody was there, or it is left for another day.")


def rounds_of(by: Actor, at: dt.datetime) -> QuerySet[Round]:
    """One's own, and those on the ground on which one reads matters; the newest first."""
    seen = Q(walker=by.person_id) | within(spans(by, Verb.MATTER_READ, at))
    return Round.objects.filter(seen).select_related("walker", "area").order_by("-on", "-starts_at")


def begin_round(*, row: Round, by: Actor, at: dt.datetime) -> Round:
    """Setting out; hours count from here. Twice is once."""
    with acting(by):
        held = _walked(row.pk, by)
        if held.begun_at is None:
            held.begun_at = at
            held.save(update_fields=["begun_at"])
            record("round.begin", topic="round.begun", subject=held, by=by, at=at, area=held.area_id)
    return held


def end_round(*, row: Round, by: Actor, at: dt.datetime) -> Round:
    """Back again; hours count up to here. What was not noted stays due. Twice is once."""
    with acting(by):
        held = _walked(row.pk, by)
        if held.ended_at is None:
            held.begun_at = held.begun_at or at
            held.ended_at = max(at, held.begun_at)
            held.save(update_fields=["begun_at", "ended_at"])
            record("round.end", topic="round.ended", subject=held, by=by, at=at, area=held.area_id)
    return held


def note_stop(*, stop: Stop, outcome: str, by: Actor, at: dt.datetime, code: str = "", remark: str = "") -> Stop:
    """What came of a stop. A visit is noted with it where the walker may; else whoever answers for it closes it.

    code    what the person said, the proof of a visit      remark  anything else, without names
    Raises  OutcomeUnknown, RoundOver, NotVisible, and what the matter's own step raises
    """
    if outcome not in Outcome.values:
        raise OutcomeUnknown(field="outcome")
    with acting(by):
        held = _walked(stop.round_id, by)
        row = Stop.objects.select_for_update().get(pk=stop.pk, round=held)
        if held.ended_at is not None and at > held.ended_at:
            raise RoundOver
        row.outcome, row.done_at, row.remark = outcome, at, clean_line(remark, 200, field="remark")
        row.save(update_fields=["outcome", "done_at", "remark"])
        if held.begun_at is None:
            held.begun_at = at
            held.save(update_fields=["begun_at"])
        record("round.stop", topic="round.stopped", subject=held, by=by, at=at, area=held.area_id, outcome=outcome,
               matter=row.matter)  # fmt: skip
        _tell_matter(row, code, by, at)
    return row


def _tell_matter(row: Stop, code: str, by: Actor, at: dt.datetime) -> None:
    name = STEPS.get((row.kind, Outcome(row.outcome)))
    matter = Matter.objects.filter(pk=row.matter).first()
    if name is None or matter is None or not matter.is_open or not may(by, Verb.MATTER_WORK, matter, at):
        return
    step = kind_of(matter.kind).step(name)
    given: dict[str, Any] = {"code": code, "why_no_code": "" if code else row.remark}
    fields = step.form.base_fields if step.form else {}
    take_step(matter, name, by=by, at=at, **{key: value for key, value in given.items() if key in fields and value})


def _walked(key: UUID, by: Actor) -> Round:
    """The round, locked, for its walker. Raises NotVisible"""
    row = Round.objects.select_for_update(of=("self",)).filter(pk=key, walker=by.person_id).first()
    if row is None:
        raise NotVisible
    return row
