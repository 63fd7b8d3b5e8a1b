"""The core's refusals as a person hears them: what is so, since when, and who was faster."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.clock import SHANGHAI
from shouwang.core.problem import Problem
from shouwang.dispatch.effects import (
    AlreadyCrewed,
    AlreadyReached,
    AlreadyThere,
    AssignmentEnded,
    Away,
    Busy,
    MatterEnded,
    NotThereYet,
    OffShift,
    ReasonMissing,
    Refusal,
)
from shouwang.dispatch.models.assignment import AssignmentState
from shouwang.duty.models import Unit
from shouwang.matters.models import Matter
from shouwang.people.models import Person


class UnitOffShift(Problem):
    code, status = "dispatch.off_shift", 409
    says = _("{unit} is not on duty. Choose another unit.")


class UnitAway(Problem):
    code, status = "dispatch.away", 409
    says = _("{unit} is away ({reason}) since {since}. Choose another unit, or call them.")


class UnitBusy(Problem):
    code, status = "dispatch.busy", 409
    says = _("{unit} has been on {matter} since {since}. Recall it there first, or choose another unit.")


class UnitJustSent(Problem):
    code, status = "dispatch.just_sent", 409
    says = _("{unit} has just been sent to {matter} by {who}. Both sent at once; they were {ahead} s earlier.")


class UnitThereAlready(Problem):
    code, status = "dispatch.there_already", 409
    says = _("{unit} has been on this matter since {since}.")


class MatterCrewed(Problem):
    code, status = "dispatch.crewed", 409
    says = _("{unit} has been on this matter since {since}. To send one more, add a unit.")


class MatterJustCrewed(Problem):
    code, status = "dispatch.just_crewed", 409
    says = _("{who} has just sent {unit} to this matter, {ahead} s earlier. To send one more, add a unit.")


class MatterClosed(Problem):
    code, status = "dispatch.matter_closed", 409
    says = _("This matter is closed; nobody can be sent to it.")


class TaskEnded(Problem):
    code, status = "dispatch.task_ended", 409
    says = _("This task ended at {at}: {state}. The step was not taken.")


class StampSet(Problem):
    code, status = "dispatch.stamp_set", 409
    says = _("This was stamped already, at {at}.")


class NotOnScene(Problem):
    code, status = "dispatch.not_on_scene", 409
    says = _("Arrival has not been stamped yet. Stamp it first, or give the task back with a reason.")


class WhyReturned(Problem):
    code, status = "dispatch.why_returned", 400
    says = _("Say why the task is given back.")


class NoSuchTask(Problem):
    code, status = "dispatch.no_such_task", 404
    says = _("There is no such task.")


class NotYourTask(Problem):
    code, status = "dispatch.not_your_task", 403
    says = _("This task belongs to another crew.")


class CrewBarred(Problem):
    code, status = "dispatch.crew_barred", 403
    says = _("{unit} cannot be sent: this matter concerns somebody of its crew. Choose another unit.")


def problem_of(refusal: Refusal, at: dt.datetime) -> Problem:
    """The refusal with names and times a person reads. May query."""
    match refusal:
        case OffShift():
            return UnitOffShift(unit=_unit(refusal.unit))
        case Away():
            return UnitAway(unit=_unit(refusal.unit), reason=refusal.reason, since=_clock(refusal.since))
        case Busy(ahead_s=None):
            return UnitBusy(unit=_unit(refusal.unit), matter=_matter(refusal.matter), since=_clock(refusal.since))
        case Busy():
            return UnitJustSent(
                unit=_unit(refusal.unit), matter=_matter(refusal.matter), who=_who(refusal.sent_by),
                ahead=f"{refusal.ahead_s:.1f}",
            )  # fmt: skip
        case AlreadyThere():
            return UnitThereAlready(unit=_unit(refusal.unit), since=_clock(refusal.since))
        case AlreadyCrewed(ahead_s=None):
            return MatterCrewed(unit=_unit(refusal.unit), since=_clock(refusal.since))
        case AlreadyCrewed():
            return MatterJustCrewed(unit=_unit(refusal.unit), who=_who(refusal.sent_by), ahead=f"{refusal.ahead_s:.1f}")
        case MatterEnded():
            return MatterClosed()
        case AssignmentEnded():
            return TaskEnded(state=AssignmentState(refusal.state).label, at=_clock(refusal.at))
        case AlreadyReached():
            return StampSet(at=_clock(refusal.at))
        case NotThereYet():
            return NotOnScene()
        case ReasonMissing():
            return WhyReturned(field="reason")
        case _:
            return NoSuchTask()


def _unit(key: UUID) -> str:
    return Unit.objects.values_list("name", flat=True).get(pk=key)


def _matter(key: UUID) -> int:
    """The short number spoken at the desk: it tells which, and nothing about it."""
    return Matter.objects.values_list("number", flat=True).get(pk=key)


def _who(key: UUID | None) -> str:
    name = Person.objects.filter(pk=key).values_list("name", flat=True).first() if key else None
    return name or "—"


def _clock(at: dt.datetime | None) -> str:
    return at.astimezone(SHANGHAI).strftime("%H:%M:%S") if at else "—"
