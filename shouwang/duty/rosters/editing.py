"""A roster changed by hand, checked again at once, and put in force."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.duty.models import Roster, RosterState, Turn
from shouwang.duty.rosters.asking import MOST_DAYS, question_of
from shouwang.duty.rosters.pool import pool_of
from shouwang.duty.rosters.slots import slots_from
from shouwang.journal.record import record
from shouwang.people.access import Verb, require
from shouwang.solvers.rostering_check import Break, broken

EDITED = (RosterState.PROPOSED, RosterState.IN_FORCE)


class RosterNotOpen(Problem):
    code, status = "roster.not_open", 409
    says = _("This roster is “{state}”; that does not apply now.")


class NoSuchTurn(Problem):
    code, status = "roster.no_such_turn", 422
    says = _("There is no such person, day or line in this roster.")


class RulesBroken(Problem):
    code, status = "roster.rules_broken", 409
    says = _("Rules are broken in {number} places. Change these first; too few people on a line may stand.")


class TurnHasBegun(Problem):
    code, status = "roster.turn_has_begun", 409
    says = _("This turn has begun. Note on the day page who came instead.")


def breaks_of(row: Roster, at: dt.datetime) -> list[Break]:
    """What the roster as it stands breaks."""
    cells = {(str(turn.person_id), (turn.on - row.first_on).days): turn.slot for turn in row.turns.all()}
    return broken(question_of(row, at), cells)


def put_turn(row: Roster, *, person: UUID, on: dt.date, slot: str, by: Actor, at: dt.datetime) -> Turn | None:
    """Somebody on another line that day; `slot` "" gives the day off. It may break rules: the page says which.

    Raises  NotAllowed, NotVisible, RosterNotOpen, NoSuchTurn, TurnHasBegun
    """
    with acting(by):
        row = _locked(row, by, at)
        if row.state not in EDITED:
            raise RosterNotOpen(state=row.get_state_display())
        slots = {one.code: one for one in slots_from(row.slots)}
        within = 0 <= (on - row.first_on).days < row.days
        if not within or person not in pool_of(row.area, at) or (slot and slot not in slots):
            raise NoSuchTurn
        was = row.turns.filter(person=person, on=on).first()
        begun = [one for one in (was.during if was else None, slots[slot].on(on) if slot else None) if one]
        if any(one.lower is None or one.lower <= at for one in begun):
            raise TurnHasBegun
        if was is not None:
            was.delete()
        made = None
        if slot:
            during = slots[slot].on(on)
            made = Turn.objects.create(roster=row, person_id=person, on=on, slot=slot, during=during, by_hand=True)
        record("roster.edit", topic="roster.edited", subject=row, area=row.area, by=by, at=at, person=person,
               on=on.isoformat(), slot=slot)  # fmt: skip
    return made


def approve(row: Roster, *, by: Actor, at: dt.datetime) -> Roster:
    """In force from now on; days of older rosters of the same model that it covers give way.

    Raises  NotAllowed, NotVisible, RosterNotOpen, RulesBroken
    """
    with acting(by):
        row = _locked(row, by, at)
        if row.state != RosterState.PROPOSED:
            raise RosterNotOpen(state=row.get_state_display())
        hard = [one for one in breaks_of(row, at) if one.rule != "cover"]
        if hard:
            raise RulesBroken(number=len(hard))
        _give_way(row, at)
        row.state, row.approved_by, row.approved_at = RosterState.IN_FORCE, by.person_id, at
        row.save(update_fields=["state", "approved_by", "approved_at"])
        record("roster.approve", topic="roster.approved", subject=row, area=row.area, by=by, at=at,
               first_on=row.first_on.isoformat(), days=row.days)  # fmt: skip
    return row


def _give_way(row: Roster, at: dt.datetime) -> None:
    older = Roster.objects.select_for_update().filter(model=row.model_id, state=RosterState.IN_FORCE)
    older = older.filter(first_on__gt=row.first_on - dt.timedelta(days=MOST_DAYS))
    end = row.first_on + dt.timedelta(days=row.days)
    for one in older.filter(first_on__lt=end):
        one.turns.filter(on__gte=row.first_on, on__lt=end, during__startswith__gt=at).delete()
        if not one.turns.exists():
            one.state = RosterState.REPLACED
            one.save(update_fields=["state"])


def _locked(row: Roster, by: Actor, at: dt.datetime) -> Roster:
    locked = Roster.objects.select_for_update(of=("self",)).select_related("area").get(pk=row.pk)
    require(by, Verb.ROSTER_WRITE, locked.area, at)
    return locked
