"""What a crew's phone may send: stamps of its task, reports, calls for support and help, signing on and off.

Each act calls the verb function a page would call; `at` is the time of the tap, corrected by the phone's clock.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.dispatch import dispatching
from shouwang.dispatch.models import Assignment
from shouwang.duty.alerts import call_for_help
from shouwang.duty.messages import tell_desk
from shouwang.duty.models import Unit
from shouwang.duty.shifts import CrewMember, end_shift, join_crew, on_shift, set_away, set_free, start_shift, unit_of
from shouwang.matters.models import Matter
from shouwang.matters.replay import PostNotHeld, phone_act
from shouwang.matters.steps import steps_open_to, take_step
from shouwang.people.models import Person

FIRST_HANDLING = ("safe", "scene_kept", "support_asked")
TEXT = 1000


class NoSuchTask(Problem):
    code, status = "phone.no_such_task", 404
    says = _("This task is no longer there. The step is kept aside for your lead.")


class NoSuchUnit(Problem):
    code, status = "phone.no_such_unit", 404
    says = _("This unit is no longer there. Choose another one.")


Given = Mapping[str, Any]


def _task(given: Given) -> Assignment:
    try:
        return Assignment.objects.select_related("matter").get(pk=UUID(str(given.get("assignment", ""))))
    except (ValueError, Assignment.DoesNotExist) as fault:
        raise NoSuchTask from fault


def _unit(given: Given, by: Actor, at: dt.datetime) -> Unit:
    """The unit named, or the one the person is on."""
    found = None
    if given.get("unit"):
        with contextlib.suppress(ValueError):
            found = Unit.objects.filter(pk=UUID(str(given["unit"])), active=True).first()
    else:
        crew = unit_of(by.person_id, at) if by.person_id else None
        found = crew.shift.unit if crew else None
    if found is None:
        raise NoSuchUnit
    return found


def _stamp(name: str, verb: Callable[..., Any]) -> None:
    @phone_act(name)
    def stamp(*, matter: Matter | None, given: Given, by: Actor, at: dt.datetime, step_id: UUID) -> None:
        verb(assignment=_task(given), by=by, at=at)


_stamp("assignment.sign", dispatching.sign)
_stamp("assignment.depart", dispatching.depart)
_stamp("assignment.arrive", dispatching.arrive)


@phone_act("assignment.report")
def report(*, matter: Matter | None, given: Given, by: Actor, at: dt.datetime, step_id: UUID) -> None:
    """The first report in the crew's words, with the check list of the first handling."""
    row = dispatching.report(assignment=_task(given), by=by, at=at, text=_text(given), note=step_id)
    ticked = given.get("checked")
    checked: dict[str, Any] = {name: "yes" for name in FIRST_HANDLING if isinstance(ticked, list) and name in ticked}
    if checked and _open(row.matter, "first_handling", by, at):
        take_step(row.matter, "first_handling", by=by, at=at, **checked)


@phone_act("assignment.clear")
def clear(*, matter: Matter | None, given: Given, by: Actor, at: dt.datetime, step_id: UUID) -> None:
    """What came of it, then free again. The outcome is the crew's word; the desk closes."""
    row = dispatching.clear(assignment=_task(given), by=by, at=at)
    outcome, text = str(given.get("outcome", "")), _text(given)
    if outcome and _open(row.matter, "feed_back", by, at):
        take_step(row.matter, "feed_back", by=by, at=at, outcome=outcome, feedback=text[:500] or outcome)


@phone_act("assignment.return")
def give_back(*, matter: Matter | None, given: Given, by: Actor, at: dt.datetime, step_id: UUID) -> None:
    dispatching.return_assignment(assignment=_task(given), reason=_text(given), by=by, at=at)


@phone_act("assignment.support")
def support(*, matter: Matter | None, given: Given, by: Actor, at: dt.datetime, step_id: UUID) -> None:
    """The desk hears it with a sound, and reads what is needed as a message."""
    row = dispatching.ask_support(assignment=_task(given), by=by, at=at)
    words = " ".join(str(part) for part in (NEEDS.get(str(given.get("need", ""))), _text(given)) if part)
    if words:
        tell_desk(text=words, by=by, at=at, matter=row.matter, key=step_id)


@phone_act("unit.sos")
def sos(*, matter: Matter | None, given: Given, by: Actor, at: dt.datetime, step_id: UUID) -> None:
    call_for_help(unit=_unit({}, by, at), by=by, at=at)


@phone_act("unit.say")
def say(*, matter: Matter | None, given: Given, by: Actor, at: dt.datetime, step_id: UUID) -> None:
    tell_desk(text=_text(given), by=by, at=at, matter=matter, key=step_id)


@phone_act("shift.start")
def sign_on(*, matter: Matter | None, given: Given, by: Actor, at: dt.datetime, step_id: UUID) -> None:
    """The first of a crew starts the shift of the unit, the others join it."""
    unit = _unit(given, by, at)
    recorder = str(given.get("recorder", "")).strip()[:20]
    if by.person_id is None:
        raise PostNotHeld
    member = CrewMember(Person.objects.get(pk=by.person_id), recorder, "" if recorder else str(_("not stated")))
    if on_shift([unit.pk], at):
        join_crew(unit=unit, member=member, by=by, at=at)
    else:
        start_shift(unit=unit, crew=[member], by=by, at=at)


@phone_act("shift.end")
def sign_off(*, matter: Matter | None, given: Given, by: Actor, at: dt.datetime, step_id: UUID) -> None:
    end_shift(unit=_unit(given, by, at), by=by, at=at)


@phone_act("shift.away")
def away(*, matter: Matter | None, given: Given, by: Actor, at: dt.datetime, step_id: UUID) -> None:
    unit = _unit(given, by, at)
    if given.get("away"):
        set_away(unit=unit, reason=_text(given)[:40], by=by, at=at)
    else:
        set_free(unit=unit, by=by, at=at)


NEEDS = {
    "crew": _("Another crew, please."), "ambulance": _("An ambulance (120), please."),
    "fire": _("Fire and rescue (119), please."), "call": _("Please call me."),
}  # fmt: skip


def _text(given: Given) -> str:
    return str(given.get("text", "")).strip()[:TEXT]


def _open(matter: Matter, name: str, by: Actor, at: dt.datetime) -> bool:
    matter.refresh_from_db()
    return any(one.step.name == name for one in steps_open_to(matter, by, at))
