"""Steps that every kind has for its clocks: stop one for a listed reason, let it run on, extend it in time."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.calendar import PAUSES
from shouwang.matters.clocks import ClockNotRunning, NotExtendable, extend_clock, limit_of, resume_clock, stop_clock
from shouwang.matters.common_forms import Line
from shouwang.matters.kinds import COMMON_STEPS, OPEN, Step, Taking, kind_of
from shouwang.matters.models import Clock
from shouwang.people.verbs import Verb

REASONS: dict[str, Promise] = {
    "hearing": _("Hearing"),
    "test": _("Test or examination"),
    "appraisal": _("Forensic appraisal"),
    "expert_review": _("Expert review"),
    "waiting_for_caller": _("Waiting for the caller"),
}
assert REASONS.keys() == PAUSES.keys()
SHORT_UNITS = ("second", "minute", "hour")  # a clock of hours is answered, not stopped


class ClockForm(forms.Form):
    rule = forms.CharField(label=_("Time limit"), max_length=40)


class StopForm(ClockForm):
    reason = forms.ChoiceField(label=_("Reason"), choices=list(REASONS.items()))
    person_told = forms.BooleanField(label=_("The person was told how long it will take"), required=False)


class ExtendForm(ClockForm):
    reason = Line(label=_("Reason"), max_length=40)
    person_told = forms.BooleanField(label=_("The person was told how long it will take"), required=False)


def _long_clocks(taking: Taking) -> list[Clock]:
    """Clocks in days that have not been met; where the kind has none, nobody is asked."""
    limits = [one.limit(taking.matter.urgency) for one in kind_of(taking.matter.kind).clocks.values()]
    if all(limit is None or limit.unit in SHORT_UNITS for limit in limits):
        return []
    clocks = taking.matter.clocks.unmet().select_related("matter")
    return [one for one in clocks if (limit := limit_of(one, taking.matter)) and limit.unit not in SHORT_UNITS]


def _some_run(taking: Taking) -> None:
    if not any(one.stopped_at is None for one in _long_clocks(taking)):
        raise ClockNotRunning()


def _some_stand(taking: Taking) -> None:
    if not any(one.stopped_at for one in _long_clocks(taking)):
        raise ClockNotRunning()


def _some_extend(taking: Taking) -> None:
    limits = [limit_of(one, taking.matter) for one in _long_clocks(taking) if not one.extended]
    if not any(limit and limit.extendable_by for limit in limits):
        raise NotExtendable()


def _clock(taking: Taking) -> Clock:
    found = next((one for one in _long_clocks(taking) if one.rule == taking.given["rule"]), None)
    if found is None:
        raise ClockNotRunning(field="rule")
    found.matter = taking.matter
    return found


def _given(taking: Taking) -> dict[str, Any]:
    return {name: taking.given[name] for name in ("reason", "person_told")} | {"by": taking.by, "at": taking.at}


def _stop(taking: Taking) -> None:
    stop_clock(_clock(taking), **_given(taking))


def _resume(taking: Taking) -> None:
    resume_clock(_clock(taking), by=taking.by, at=taking.at)


def _extend(taking: Taking) -> None:
    extend_clock(_clock(taking), **_given(taking))


def _rules(taking: Taking) -> dict[str, list[tuple[str, Any]]]:
    labels = kind_of(taking.matter.kind).clocks
    return {"rule": [(one.rule, labels[one.rule].label) for one in _long_clocks(taking)]}


COMMON_STEPS += [
    Step("stop_clock", _("Stop a time limit"), (OPEN,), None, Verb.MATTER_TRIAGE, check=(_some_run,), form=StopForm,
         offers=_rules, effects=(_stop,), tells=("parties",)),
    Step("resume_clock", _("Let a time limit run on"), (OPEN,), None, Verb.MATTER_TRIAGE, check=(_some_stand,),
         form=ClockForm, offers=_rules, effects=(_resume,)),
    Step("extend_clock", _("Extend a time limit"), (OPEN,), None, Verb.MATTER_CLOSE, check=(_some_extend,),
         form=ExtendForm, offers=_rules, effects=(_extend,), tells=("parties",)),
]  # fmt: skip
