"""A matter keeps the tracks of its units: asked for with a reason and a term, decided by another, ended at its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.clock import local_date
from shouwang.core.problem import Problem
from shouwang.journal.record import record
from shouwang.matters.models import Matter
from shouwang.people.access import NotAllowed, NotVisible, Verb, reaching, require
from shouwang.tracking.models import KeepingState, KeptStretch, TrackKeeping
from shouwang.tracking.tracks import SHORTEST_REASON, ReasonNeeded

TERMS = {183: _("Half a year"), 365: _("One year"), 730: _("Two years")}  # days
Stretches = Callable[[UUID, dt.datetime], Iterable[tuple[UUID, dt.datetime, dt.datetime]]]

_stretches: list[Stretches] = []


class TermNeeded(Problem):
    code, status = "track_keeping.term_needed", 400
    says = _("Choose how long the tracks are needed.")


class KeptAlready(Problem):
    code, status = "track_keeping.there_already", 409
    says = _("The tracks of this matter are kept already, or somebody has asked for it.")


class OwnKeeping(Problem):
    code, status = "track_keeping.own", 403
    says = _("You asked for this yourself; somebody else decides.")


class NothingToDecide(Problem):
    code, status = "track_keeping.decided", 409
    says = _("This was decided already, or is over.")


def tells_stretches(found: Stretches) -> Stretches:
    """Decorator: (matter, at) → (unit, from, to) of every unit that was on it. Dispatch knows."""
    _stretches.append(found)
    return found


def ask_keeping(*, matter: Matter, reason: str, term_days: int, by: Actor, at: dt.datetime) -> TrackKeeping:
    """Nothing is kept longer until somebody agreed.

    Raises  ReasonNeeded, TermNeeded, KeptAlready, NotAllowed, NotVisible
    """
    words = clean_line(reason, 120, field="reason")
    if len(words) < SHORTEST_REASON:
        raise ReasonNeeded(field="reason")
    if term_days not in TERMS:
        raise TermNeeded(field="term_days")
    with acting(by):
        require(by, Verb.MATTER_READ, matter, at)
        require(by, Verb.PAST_ASK, matter, at)
        if by.person_id is None:
            raise NotAllowed
        Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)  # two who ask at once: one after the other
        if TrackKeeping.objects.filter(matter=matter.pk, state__in=[KeepingState.ASKED, KeepingState.KEPT]).exists():
            raise KeptAlready
        row = TrackKeeping.objects.create(
            matter=matter.pk, reason=words, term_days=term_days, asked_by=by.person_id, asked_at=at
        )
        record("track_keeping.ask", topic="track_keeping.asked", subject=matter, by=by, at=at, area=matter.area_id,
               keeping=row.pk, reason=words, n_days=term_days)  # fmt: skip
    return row


def decide_keeping(key: UUID, *, kept: bool, by: Actor, at: dt.datetime) -> TrackKeeping:
    """Raises NotVisible, NotAllowed, OwnKeeping, NothingToDecide"""
    with acting(by):
        row, matter = _locked(key, by, at)
        if row.asked_by == by.person_id or by.person_id is None:
            raise OwnKeeping
        if row.state != KeepingState.ASKED:
            raise NothingToDecide
        row.state = KeepingState.KEPT if kept else KeepingState.REFUSED
        row.decided_by, row.decided_at = by.person_id, at
        row.retain_until = local_date(at) + dt.timedelta(days=row.term_days) if kept else None
        row.save(update_fields=["state", "decided_by", "decided_at", "retain_until"])
        if kept:
            lay_stretches(row, at)
        record("track_keeping.approve" if kept else "track_keeping.refuse", topic="track_keeping.decided",
               subject=matter, by=by, at=at, area=matter.area_id, keeping=row.pk, until=row.retain_until)  # fmt: skip
    return row


def end_keeping(key: UUID, *, by: Actor, at: dt.datetime) -> TrackKeeping:
    """Before its day: from now on nobody opens it, and the coming night destroys it.

    Raises  NotVisible, NotAllowed, NothingToDecide
    """
    with acting(by):
        row, matter = _locked(key, by, at)
        if row.state != KeepingState.KEPT:
            raise NothingToDecide
        row.retain_until = local_date(at)
        row.save(update_fields=["retain_until"])
        record("track_keeping.end", topic="track_keeping.ended", subject=matter, by=by, at=at, area=matter.area_id,
               keeping=row.pk)  # fmt: skip
    return row


def keepings_seen_by(by: Actor, at: dt.datetime) -> QuerySet[TrackKeeping]:
    """Of matters that `by` may see and whose past is his to ask, to approve or to replay."""
    reach = reaching(by, Verb.PAST_ASK, at) | reaching(by, Verb.PAST_APPROVE, at) | reaching(by, Verb.PAST_REPLAY, at)
    seen = Matter.objects.visible_to(by, at).filter(reach)
    return TrackKeeping.objects.filter(matter__in=seen.values("pk"))


def stretches_of(matter: UUID, at: dt.datetime) -> list[tuple[UUID, dt.datetime, dt.datetime]]:
    """(unit, from, to) of every unit that was on it, as far as is known now."""
    return [(unit, start, end) for told in _stretches for unit, start, end in told(matter, at) if start < end]


def lay_stretches(row: TrackKeeping, at: dt.datetime) -> None:
    """Who was on the matter, as far as is known now: a unit sent later is added with the night."""
    row.stretches.all().delete()
    KeptStretch.objects.bulk_create(
        KeptStretch(keeping=row, unit=unit, during=DateTimeTZRange(start, end))
        for unit, start, end in stretches_of(row.matter, at)
    )


def _locked(key: UUID, by: Actor, at: dt.datetime) -> tuple[TrackKeeping, Matter]:
    row = keepings_seen_by(by, at).select_for_update().filter(pk=key).first()
    if row is None:
        raise NotVisible
    matter = Matter.objects.get(pk=row.matter)
    require(by, Verb.PAST_APPROVE, matter, at)
    return row, matter
