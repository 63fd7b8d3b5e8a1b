"""What crews sent and what could not be done, as their lead reads it: who, what, when, and why it waits."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.actor import Actor
from shouwang.desk.edits import why
from shouwang.matters.models import Matter, SentStep
from shouwang.matters.settling import kept_aside_under
from shouwang.people.models import Person

BLANK = re.compile(r"\{\w+\}")  # what a sentence was about is not kept
ACTS: dict[str, Promise] = {
    "assignment.sign": _("Signed"), "assignment.depart": _("Set out"), "assignment.arrive": _("Arrived"),
    "assignment.report": _("First report"), "assignment.clear": _("Ended"),
    "assignment.support": _("Asked for support"), "assignment.return": _("Gave the task back"),
    "unit.sos": _("Emergency call"), "unit.say": _("Message to the desk"), "shift.start": _("Signed on"),
    "shift.end": _("Signed off"), "shift.away": _("Away or back"), "round.begin": _("Set out"),
    "round.end": _("Back from the round"), "round.stop": _("Stop of a round noted"), "hazard.note": _("Hazard noted"),
    "evidence.late": _("Photo or spoken note that came late"),
}  # fmt: skip


@dataclass(frozen=True)
class Aside:
    """One step. `text` is what its author wrote, `late` whether it came more than a minute after the tap."""

    step: SentStep
    who: str
    what: Promise | str
    why: str
    text: str
    matter: Matter | None

    @property
    def late(self) -> bool:
        return self.step.received_at - self.step.at > dt.timedelta(minutes=1)


def asides_for(by: Actor, at: dt.datetime) -> list[Aside]:
    steps = kept_aside_under(by, at)
    names = dict(Person.objects.filter(pk__in={step.person for step in steps}).values_list("pk", "name"))
    matters = Matter.objects.visible_to(by, at).in_bulk({step.matter for step in steps if step.matter})
    return [
        Aside(step, names.get(step.person, "—"), ACTS.get(step.act, step.act), BLANK.sub("…", why(step.reason)),
              _text(step), matters.get(step.matter) if step.matter else None)
        for step in steps
    ]  # fmt: skip


def _text(step: SentStep) -> str:
    given: dict[str, Any] = json.loads(step.body or "{}").get("given") or {}
    return str(given.get("text", ""))[:500]
