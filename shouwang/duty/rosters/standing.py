"""A roster lived: who should be on duty on a day, who signed on, who did not come and what was done about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.chinese import clean_line
from shouwang.core.problem import Problem
from shouwang.duty.models import Crew, RosterState, Shift, Turn, Unit
from shouwang.duty.rosters.slots import Slot, slots_from
from shouwang.duty.shifts import CrewMember, start_shift
from shouwang.journal.record import record
from shouwang.people.access import NotVisible, Verb, may, reaches, require, spans

EARLY, LATE = dt.timedelta(hours=3), dt.timedelta(minutes=15)  # signing on before and after a turn begins


class NothingDone(Problem):
    code, status = "roster.nothing_done", 422
    says = _("Write what was done: who came instead, or how the work was shared.")


class NotMissed(Problem):
    code, status = "roster.not_missed", 409
    says = _("This turn has not begun, or is noted already.")


class NobodyRostered(Problem):
    code, status = "roster.nobody_rostered", 409
    says = _("Nobody is on the roster for {unit} now.")


@dataclass(frozen=True)
class Expected:
    """A turn beside the shift it became. `late`: begun a quarter of an hour ago, and nobody signed on."""

    turn: Turn
    slot: Slot
    signed: Crew | None
    late: bool
    writes: bool


@dataclass(frozen=True)
class Below:
    """A line that fewer people stand on than it needs (S-ORG-024)."""

    slot: Slot
    there: int


def turns_seen(by: Actor, at: dt.datetime) -> QuerySet[Turn]:
    """Turns of rosters in force on the ground of `by`."""
    found = Turn.objects.filter(
        reaches(spans(by, Verb.ROSTER_READ, at), "roster__area__"), roster__state=RosterState.IN_FORCE
    )
    return found.select_related("person", "roster__area", "roster__model")


def day_of(day: dt.date, by: Actor, at: dt.datetime) -> tuple[list[Expected], list[Below]]:
    """Everybody's turns that begin on that day, the earliest first; and which lines are short."""
    turns = list(turns_seen(by, at).filter(on=day).order_by("during", "person__name"))
    crews = Crew.objects.filter(person__in=[turn.person_id for turn in turns]).order_by("during")
    signed = list(crews.filter(during__overlap=_stretch(turns))) if turns else []
    found, standing = [], {turn.roster_id: turn.roster for turn in turns}
    for turn in turns:
        slot = next(one for one in slots_from(turn.roster.slots) if one.code == turn.slot)
        crew = next((one for one in signed if one.person_id == turn.person_id and _meets(one, turn)), None)
        late = crew is None and turn.missed_at is None and at >= turn.during.lower + LATE
        found.append(Expected(turn, slot, crew, late, may(by, Verb.ROSTER_WRITE, turn.roster.area, at)))
    below = []
    for roster in standing.values():
        for slot in slots_from(roster.slots):
            there = sum(one.roster_id == roster.pk and one.slot == slot.code and not one.missed_at for one in turns)
            if day.weekday() in slot.weekdays and there < slot.number:
                below.append(Below(slot, there))
    return found, below


def _stretch(turns: list[Turn]) -> tuple[dt.datetime, dt.datetime]:
    return min(turn.during.lower for turn in turns) - EARLY, max(turn.during.upper for turn in turns)


def _meets(crew: Crew, turn: Turn) -> bool:
    """A shift that runs on from the day before is not this turn."""
    return bool(turn.during.lower - EARLY <= crew.during.lower < turn.during.upper)


def note_missed(turn: Turn, *, done: str, by: Actor, at: dt.datetime) -> Turn:
    """Somebody did not come; what was done about it stands beside it. Raises NotAllowed, NotMissed, NothingDone"""
    with acting(by):
        row = Turn.objects.select_for_update(of=("self",)).select_related("roster__area").get(pk=turn.pk)
        require(by, Verb.ROSTER_WRITE, row.roster.area, at)
        words = clean_line(done, 200, field="done")
        if not words:
            raise NothingDone(field="done")
        if row.missed_at is not None or row.during.lower > at or row.roster.state != RosterState.IN_FORCE:
            raise NotMissed
        row.missed_at, row.missed_by, row.done = at, by.person_id, words
        row.save(update_fields=["missed_at", "missed_by", "done"])
        record("turn.miss", topic="turn.missed", subject=row, area=row.roster.area, by=by, at=at,
               person=row.person_id, on=row.on.isoformat())  # fmt: skip
    return row


def rostered_for(unit: Unit, at: dt.datetime) -> list[Turn]:
    """Whose turns name this unit and are on, or begin within three hours."""
    on = Turn.objects.filter(
        roster__state=RosterState.IN_FORCE, missed_at__isnull=True, during__overlap=(at, at + EARLY)
    ).select_related("person", "roster")
    return [turn for turn in on.order_by("person__name") if _unit_of(turn) == unit.pk]


def _unit_of(turn: Turn) -> UUID | None:
    unit = next((one.unit for one in slots_from(turn.roster.slots) if one.code == turn.slot), "")
    return UUID(unit) if unit else None


def sign_on_rostered(unit: Unit, *, recorders: dict[UUID, str], no_recorder: str, by: Actor, at: dt.datetime) -> Shift:
    """The crew that the roster names goes on duty with this unit; sworn officers lead.

    Raises  NotVisible, NobodyRostered, and what start_shift raises
    """
    if not may(by, Verb.ROSTER_READ, unit, at):
        raise NotVisible
    turns = rostered_for(unit, at)
    if not turns:
        raise NobodyRostered(unit=unit.name)
    people = sorted({turn.person_id: turn.person for turn in turns}.values(), key=lambda one: (not one.sworn, one.name))
    crew = [
        CrewMember(one, recorders.get(one.pk, ""), "" if recorders.get(one.pk) else no_recorder, lead=n == 0)
        for n, one in enumerate(people)
    ]
    return start_shift(unit=unit, crew=crew, by=by, at=at)
