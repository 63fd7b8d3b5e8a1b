"""Signing on and off: a unit is on duty from here to there, with a crew. Positions count only in between (PAT-03)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.problem import Problem
from shouwang.duty.models import Availability, Crew, Shift, Unit
from shouwang.journal.record import record
from shouwang.people.access import Verb, may, require, spans
from shouwang.people.models import Person


class NobodyOnCrew(Problem):
    code, status = "duty.nobody_on_crew", 400
    says = _("A unit goes on duty with at least one person.")


class OnDutyAlready(Problem):
    code, status = "duty.on_duty_already", 409
    says = _("{unit} is on duty already.")


class NotOnDuty(Problem):
    code, status = "duty.not_on_duty", 409
    says = _("{unit} is not on duty.")


class OnAnotherUnit(Problem):
    code, status = "duty.on_another_unit", 409
    says = _("{who} is on {unit} now. Sign off there first.")


class RecorderMissing(Problem):
    code, status = "duty.recorder_missing", 400
    says = _("Give the number of {who}'s recorder, or say why there is none.")


class NotOfThisUnit(Problem):
    code, status = "duty.not_of_this_unit", 403
    says = _("Only its crew or the duty lead can do this for {unit}.")


@dataclass(frozen=True)
class CrewMember:
    """Somebody going on duty. A recorder's number, or why there is none (CFS-08)."""

    person: Person
    recorder: str = ""
    no_recorder: str = ""
    lead: bool = False


def start_shift(*, unit: Unit, crew: Sequence[CrewMember], by: Actor, at: dt.datetime) -> Shift:
    """Sign a unit on with its crew: by somebody of the crew, or by whoever may put units on duty.

    Raises  NobodyOnCrew, OnDutyAlready, OnAnotherUnit, RecorderMissing, NotOfThisUnit, NotVisible
    """
    with acting(by):
        unit = Unit.objects.select_for_update(no_key=True, of=("self",)).get(pk=unit.pk)
        _require_hand_in(unit, {member.person.pk for member in crew}, by, at)
        if not crew:
            raise NobodyOnCrew(field="crew")
        if on_shift([unit.pk], at):
            raise OnDutyAlready(unit=unit.name)
        shift = Shift.objects.create(unit=unit, during=DateTimeTZRange(at, None), since=at)
        for member in crew:
            _put_on(shift, unit, member, at)
        _note(unit, "start", "shift.started", by, at, shift=shift.pk, n_crew=len(crew), sworn=sworn_on(shift, at))
    return shift


def end_shift(*, unit: Unit, by: Actor, at: dt.datetime) -> Shift:
    """Sign off: from now on positions are dropped; an open task goes back to the desk (dispatch hears of it)."""
    with acting(by):
        shift = _shift_now(unit, at)
        _require_hand_in(shift.unit, _crew_ids(shift, at), by, at)
        _end(Crew.objects.filter(shift=shift, during__endswith__isnull=True), at)
        shift.during = DateTimeTZRange(shift.during.lower, at)
        shift.save(update_fields=["during"])
        _note(shift.unit, "end", "shift.ended", by, at, shift=shift.pk)
    return shift


def set_away(*, unit: Unit, reason: str, by: Actor, at: dt.datetime) -> Shift:
    """On duty, and not to be sent: meal, at the station, vehicle. The reason is seen at the desk."""
    return _make(unit, Availability.AWAY, clean_line(reason, 40, field="reason"), by, at)


def set_free(*, unit: Unit, by: Actor, at: dt.datetime) -> Shift:
    """Can be sent again."""
    return _make(unit, Availability.FREE, "", by, at)


def _make(unit: Unit, availability: Availability, reason: str, by: Actor, at: dt.datetime) -> Shift:
    with acting(by):
        shift = _shift_now(unit, at)
        _require_hand_in(shift.unit, _crew_ids(shift, at), by, at)
        shift.availability, shift.away_reason, shift.since = availability, reason, at
        shift.save(update_fields=["availability", "away_reason", "since"])
        _note(shift.unit, availability.value, f"unit.{availability.value}", by, at, shift=shift.pk, reason=reason)
    return shift


def join_crew(*, unit: Unit, member: CrewMember, by: Actor, at: dt.datetime) -> Crew:
    """One more person on a unit that is on duty."""
    with acting(by):
        shift = _shift_now(unit, at)
        _require_hand_in(shift.unit, _crew_ids(shift, at) | {member.person.pk}, by, at)
        row = _put_on(shift, shift.unit, member, at)
        _note(shift.unit, "join", "shift.crew", by, at, shift=shift.pk, person=member.person.pk)
    return row


def leave_crew(*, unit: Unit, person: Person, by: Actor, at: dt.datetime) -> None:
    """One person goes off; the last one cannot leave but signs the unit off."""
    with acting(by):
        shift = _shift_now(unit, at)
        crew = _crew_ids(shift, at)
        _require_hand_in(shift.unit, crew, by, at)
        if crew <= {person.pk}:
            raise NobodyOnCrew(field="crew")
        _end(Crew.objects.filter(shift=shift, person=person, during__endswith__isnull=True), at)
        _note(shift.unit, "leave", "shift.crew", by, at, shift=shift.pk, person=person.pk)


def on_shift(unit_ids: Iterable[UUID], at: dt.datetime) -> dict[UUID, Shift]:
    """The shift of each of these units that is on duty at that instant. One query."""
    return {shift.unit_id: shift for shift in Shift.objects.filter(unit__in=list(unit_ids), during__contains=at)}


def crews(shift_ids: Iterable[UUID], at: dt.datetime) -> dict[UUID, list[Crew]]:
    """Who is on each of these shifts at that instant, leads first, with their persons. One query."""
    found: dict[UUID, list[Crew]] = {}
    rows = Crew.objects.filter(shift__in=list(shift_ids), during__contains=at).select_related("person")
    for row in rows.order_by("-lead", "-sworn", "id"):
        found.setdefault(row.shift_id, []).append(row)
    return found


def sworn_on(shift: Shift, at: dt.datetime) -> int:
    """How many sworn officers are on it."""
    return Crew.objects.filter(shift=shift, during__contains=at, sworn=True).count()


def unit_of(person_id: UUID, at: dt.datetime) -> Crew | None:
    """Where a person is on duty now, with shift and unit."""
    rows = Crew.objects.filter(person=person_id, during__contains=at, shift__during__contains=at)
    return rows.select_related("shift__unit__home").first()


def _put_on(shift: Shift, unit: Unit, member: CrewMember, at: dt.datetime) -> Crew:
    recorder = clean_line(member.recorder, 20, field="recorder")
    why_none = clean_line(member.no_recorder, 80, field="no_recorder")
    if not recorder and not why_none:
        raise RecorderMissing(field="recorder", who=member.person.name)
    try:
        with transaction.atomic():
            return Crew.objects.create(
                shift=shift, person=member.person, during=DateTimeTZRange(at, None), sworn=member.person.sworn,
                lead=member.lead, recorder=recorder, no_recorder=why_none,
            )  # fmt: skip
    except IntegrityError:
        other = unit_of(member.person.pk, at)
        raise OnAnotherUnit(who=member.person.name, unit=other.shift.unit if other else unit) from None


def _shift_now(unit: Unit, at: dt.datetime) -> Shift:
    rows = Shift.objects.select_for_update(of=("self",)).select_related("unit")
    shift = rows.filter(unit=unit, during__contains=at).first()
    if shift is None:
        raise NotOnDuty(unit=unit.name)
    return shift


def _crew_ids(shift: Shift, at: dt.datetime) -> set[UUID]:
    return set(Crew.objects.filter(shift=shift, during__contains=at).values_list("person", flat=True))


def _end(rows: Iterable[Crew], at: dt.datetime) -> None:
    for row in rows:
        row.during = DateTimeTZRange(row.during.lower, at)
        row.save(update_fields=["during"])


def _require_hand_in(unit: Unit, crew: set[UUID], by: Actor, at: dt.datetime) -> None:
    """Somebody of the crew with a post to sign here, or whoever puts units on duty here."""
    if may(by, Verb.ROSTER_WRITE, unit, at):
        return
    if by.person_id in crew and _signs_here(by, unit, at):
        return
    require(by, Verb.ROSTER_READ, unit, at)
    raise NotOfThisUnit(unit=unit.name)


def _signs_here(by: Actor, unit: Unit, at: dt.datetime) -> bool:
    """The unit belongs to his ground, or his ground lies within the unit's: a community officer on a station's car."""
    grounds = [path for path in (unit.duty_path, unit.government_path) if path]
    own = spans(by, Verb.SHIFT_SIGN, at)
    return may(by, Verb.SHIFT_SIGN, unit, at) or any(path.startswith(ground) for path in own for ground in grounds)


def _note(unit: Unit, word: str, topic: str, by: Actor, at: dt.datetime, **given: object) -> None:
    record(f"shift.{word}", topic=topic, subject=unit, by=by, at=at, area=unit.home_id, unit=unit.pk, **given)
