"""What acts on units, shifts, messages and alerts are called."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.duty.equipment import sentences as _of_equipment  # noqa: F401 (registers them)
from shouwang.duty.models import AlertKind, Unit
from shouwang.journal.sentences import Text, name_by, say

WHY_SETTLED = {
    "signed": _("the crew has signed"),
    "sent": _("somebody was sent"),
    "ended": _("the task has ended"),
    "closed": _("the matter is closed"),
    "acknowledged": _("somebody took notice"),
    "well": _("he said that he is well"),
}
ALERTS = dict(AlertKind.choices)


def _unit_names(ids: set[UUID]) -> Mapping[UUID, Text]:
    return dict(Unit.objects.filter(pk__in=ids).values_list("pk", "name"))


name_by("unit", _unit_names)

say("unit.set_up", _("{who} set up {unit}"), unit="unit")
say("shift.start", _("{who} signed {unit} on with a crew of {n_crew}"), unit="unit")
say("shift.end", _("{who} signed {unit} off"), unit="unit")
say("shift.away", _("{who} took {unit} out: {reason}"), unit="unit")
say("shift.free", _("{who} made {unit} free"), unit="unit")
say("shift.join", _("{who} added somebody to {unit}"), unit="unit")
say("shift.leave", _("{who} took somebody off {unit}"), unit="unit")
say("message.send", _("{who} sent a message"))
say("message.read", _("{who} read a message"))
say("alert.raise", _("{who}, {unit}: {kind}"), unit="unit", kind=ALERTS)
say("alert.escalate", _("Nobody took notice of {unit}: {kind}. It rings at every desk now"), unit="unit", kind=ALERTS)
say("alert.settle", _("{who} settled an alert of {unit}: {why}"), unit="unit", why=WHY_SETTLED)
say("duty_model.choose", _("{who} chose a duty model"))
say("duty_model.change", _("{who} changed a duty model"))
say("duty_model.drop", _("{who} put a duty model away"))
say("roster.ask", _("{who} asked for a roster from {first_on}"))
say("roster.work_out", _("A roster of {turns} turns was worked out"))
say("roster.edit", _("{who} changed a roster for {on}"))
say("roster.approve", _("{who} put a roster in force from {first_on}"))
say("absence.ask", _("{who} asked for days off or on"))
say("absence.decide", _("{who} answered a leave"))
say("absence.withdraw", _("{who} took days off back"))
say("swap.ask", _("{who} asked a colleague to swap turns"))
say("swap.answer", _("{who} answered a swap"))
say("swap.withdraw", _("{who} took a swap back"))
say("swap.decide", _("{who} decided a swap"))
say("turn.miss", _("{who} noted that somebody did not come on {on}"))
say("level.propose", _("{who} proposed duty level {level}"))
say("level.approve", _("{who} approved duty level {level}"))
say("level.refuse", _("{who} refused duty level {level}"))
say("level.lift", _("{who} lifted duty level {level} before its time"))
say("level.end", _("Duty level {level} ended by itself"))
say("level.change", _("{who} changed what duty level {level} asks"))
say("mobilisation.order", _("{who} called {number} people to duty"))
say("mobilisation.acknowledge", _("{who} noted that a call to duty was acknowledged"))
say("mobilisation.exempt", _("{who} exempted somebody from a call to duty"))
say("mobilisation.chase", _("{who} reminded {number} people of a call to duty"))
say("mobilisation.end", _("{who} ended a mobilisation"))
say("check_in.begin", _("{who} began check-ins every {minutes} minutes on {unit}"), unit="unit")
say("check_in.well", _("{who} checked in from {unit}"), unit="unit")
say("check_in.end", _("Check-ins of {unit} ended"), unit="unit")
say("check_in.rule", _("{who} set when check-ins begin by themselves"))
say("watch.set", _("{who} put {chief} down as duty chief and {lead} as duty lead"))
say("watch.close", _("{who} closed the shift with a hand-over note"))
say("watch.log", _("{who} added a line to the day log"))
say("watch.drop", _("{who} took a shift off the list"))
say("booth.keep", _("{who} kept the register of {unit}"), unit="unit")
say("booth.state", _("{who} noted power and line of {unit}"), unit="unit")
