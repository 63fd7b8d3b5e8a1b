"""Who must be there (CFS-08): two sworn officers to question, inspect or coerce; a recording, or why there is none."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem
from shouwang.matters.kinds import Taking
from shouwang.matters.presence import present_at, recorder_doubt

REOPEN_WITHIN = dt.timedelta(days=30)  # C20
SWORN_NEEDED = 2


class TwoSwornNeeded(Problem):
    code, status = "incident.two_sworn", 409
    says = _("This needs two sworn officers at the scene; {there} is there. Ask for support, or wait.")


class SwornNeeded(Problem):
    code, status = "incident.one_sworn", 409
    says = _("This needs a sworn officer at the scene. Auxiliaries help; they do not do it alone.")


class RecorderMissing(Problem):
    code, status = "incident.recorder", 400
    says = _("Nothing says that this was recorded. Give the recorder's number, or type why there is no recording.")


class RecorderDoubtful(Problem):
    code, status = "incident.recorder_doubtful", 409
    says = _(
        "By the equipment ledger, recorder {number} is: {standing}. Check the number, or type why nothing else runs."
    )


class TooLateToReopen(Problem):
    code, status = "incident.too_late_to_reopen", 409
    says = _("It was closed more than 30 days ago. Open a new one and link it.")


def two_sworn(taking: Taking) -> None:
    """At least two sworn officers are with the matter. Source: Police Administrative Procedure 52"""
    there = sum(one.sworn for one in present_at(taking.matter, taking.at))
    if there < SWORN_NEEDED:
        raise TwoSwornNeeded(there=there)


def one_sworn(taking: Taking) -> None:
    """One sworn officer, with auxiliaries, if it is recorded throughout."""
    if not any(one.sworn for one in present_at(taking.matter, taking.at)):
        raise SwornNeeded()


def reopens_in_time(taking: Taking) -> None:
    closed_at = taking.matter.closed_at
    if closed_at is not None and taking.at - closed_at > REOPEN_WITHIN:
        raise TooLateToReopen()


def who_came(taking: Taking) -> None:
    """Effect of arriving: how many sworn officers came, and whether one of them records."""
    there = present_at(taking.matter, taking.at)
    taking.matter.facts["came"] = {
        "sworn": sum(one.sworn for one in there),
        "recorder": next((one.recorder for one in there if one.recorder), ""),
    }


def recorded(taking: Taking) -> None:
    """Effect: the recorder's number, typed now or known from the crew, or the reason typed.

    Raises  RecorderMissing, RecorderDoubtful
    """
    there = present_at(taking.matter, taking.at)
    known = next((one.recorder for one in there if one.recorder and not recorder_doubt(one.recorder, there)), "")
    known = known or taking.matter.facts.get("came", {}).get("recorder", "")
    number, reason = taking.given.get("recorder") or known, taking.given.get("no_recorder_reason") or ""
    if not number and not reason:
        raise RecorderMissing(field="recorder")
    doubt = recorder_doubt(number, there) if number and there and not reason else ""
    if doubt:
        raise RecorderDoubtful(field="recorder", number=number, standing=doubt)
    taking.noted |= {"recorder": number} if number else {"no_recorder_reason": reason}


def recorded_if_alone(taking: Taking) -> None:
    """Effect of closing: what one officer handled with auxiliaries was recorded throughout, or it says why not."""
    came = taking.matter.facts.get("came")
    if came is not None and came["sworn"] < SWORN_NEEDED:
        recorded(taking)
