"""What a phone shows: its person, unit, tasks, messages, and what was kept aside. A fixed number of queries."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from shouwang.core.actor import Actor
from shouwang.core.problem import problem_classes
from shouwang.dispatch.models import Assignment
from shouwang.dispatch.models.assignment import ENDED_STATES, AssignmentState
from shouwang.duty.messages import messages_of_unit
from shouwang.duty.models import Crew, Message, Shift, Unit
from shouwang.duty.shifts import crews, unit_of
from shouwang.field.called import called_for, check_in_of
from shouwang.field.directives import directives_for, effects
from shouwang.field.ground import holds
from shouwang.journal.timeline import lines_for
from shouwang.matters.kinds import kind_of
from shouwang.matters.models import Matter, SentStep
from shouwang.matters.settling import kept_aside_for, settled_for
from shouwang.people.access import posts_of
from shouwang.people.models import Person

RECALLED_BECAUSE = {"matter_closed": _lazy("The matter was closed.")}
MOST_NOTICED = 20
STAMPS = ("signed", "departed", "arrived", "reported", "cleared")
LOOKS = {"sent": "is-sign", "signed": "is-way", "departed": "is-way", "arrived": "is-scene", "reported": "is-scene"}


def now_for(person: Person, by: Actor, at: dt.datetime) -> dict[str, Any]:
    """The whole answer of /field/now.json."""
    crew = unit_of(person.pk, at)
    shift = crew.shift if crew else None
    return {
        "at": at.isoformat(),
        "person": {"id": str(person.pk), "name": person.name},
        "unit": {"id": str(shift.unit_id), "name": shift.unit.name} if shift else None,
        "crew_line": _crew_line(shift, at) if shift else person.name,
        "shift": _shift(shift) if shift else None,
        "assignments": _tasks(shift) if shift else [],
        "recalled": _recalled(shift) if shift else [],
        "units": [] if shift else _units(by, at),
        "messages": _messages(shift) if shift else [],
        "noticed": _noticed(shift) if shift else [],
        "aside": [
            *(_aside(step) for step in kept_aside_for(by, at) if step.person == person.pk),
            *(_settled(step) for step in settled_for(by, at)),
        ],
        "looks": {name: [str(AssignmentState(name).label), look] for name, look in LOOKS.items()},
        "check_in": check_in_of(person),
        "called": called_for(person, at),
        "directives": directives_for(person, by, at),
        "directive_effects": effects(),
        "acts": acts(),
        "holds": holds(by, at),
    }


def acts() -> dict[str, str]:
    """What each step is called on the phone."""
    return {
        "assignment.sign": _("Signed"), "assignment.depart": _("Set out"), "assignment.arrive": _("Arrived"),
        "assignment.report": _("First report"), "assignment.clear": _("Ended"),
        "assignment.support": _("Asked for support"), "assignment.return": _("Gave the task back"),
        "unit.sos": _("Emergency call"), "unit.say": _("Message to the desk"), "shift.start": _("Signed on"),
        "shift.end": _("Signed off"), "shift.away": _("Away or back"), "residence.register": _("Residence registered"),
        "dwelling.edit": _("Dwelling changed"), "organisation.register": _("Unit registered"),
        "organisation.edit": _("Unit changed"), "resident.correct": _("Resident corrected"),
        "round.begin": _("Set out"), "round.end": _("Back from the round"),
        "round.stop": _("Stop of a round noted"), "patrol.begin": _("Patrol begun"),
        "patrol.mark": _("Place on patrol seen"),
        "patrol.skip": _("Place on patrol left out"), "patrol.safe": _("All is well"),
        "patrol.help": _("Help called for on patrol"), "patrol.end": _("Patrol ended"),
        "hazard.note": _("Hazard noted"),
        "check_in.begin": _("Check-ins begun"), "check_in.well": _("Checked in"), "check_in.end": _("Check-ins ended"),
        "directive.sign": _("Directive signed"), "directive.start": _("Directive being carried out"),
        "mobilisation.acknowledge": _("Mobilisation acknowledged"),
        "directive.feed_back": _("Directive fed back"), "evidence.late": _("Photo or spoken note that came late"),
    }  # fmt: skip


def _noticed(shift: Shift) -> list[dict[str, Any]]:
    """What positions told of the unit on this shift: nothing is noted of a crew that it does not read (ETH-11)."""
    lines = lines_for(shift.unit_id, get_language() or "zh-hans", limit=MOST_NOTICED, verbs=["track.notice"])
    return [{"at": one.at.isoformat(), "what": one.text} for one in lines if one.at >= shift.during.lower]


def _crew_line(shift: Shift, at: dt.datetime) -> str:
    names = [member.person.name for member in crews([shift.pk], at).get(shift.pk, [])]
    return " ".join(names)


def _shift(shift: Shift) -> dict[str, Any]:
    return {
        "id": str(shift.pk), "since": shift.during.lower.isoformat(), "availability": shift.availability,
        "label": str(shift.get_availability_display()),
    }  # fmt: skip


def _tasks(shift: Shift) -> list[dict[str, Any]]:
    rows = Assignment.objects.filter(shift=shift).exclude(state__in=ENDED_STATES)
    return [
        _task(row)
        for row in rows.select_related("matter__area").prefetch_related("matter__parties").order_by("sent_at")
    ]


def _recalled(shift: Shift) -> list[dict[str, Any]]:
    """Tasks of this shift that were taken back: a phone that had one says so until it is tapped."""
    rows = Assignment.objects.filter(shift=shift, state=AssignmentState.RECALLED).select_related("matter")
    return [
        {
            "id": str(row.pk), "number": row.matter.number, "place": row.matter.place_text,
            "why": str(RECALLED_BECAUSE.get(row.reason, row.reason)),
        }
        for row in rows.order_by("-ended_at")[:20]
    ]  # fmt: skip


def _task(row: Assignment) -> dict[str, Any]:
    return {
        "id": str(row.pk), "state": row.state, "state_label": str(row.get_state_display()),
        "state_class": LOOKS.get(row.state, "is-sign"), "matter": _matter(row.matter),
        "received": row.delivered_at is not None, "read": row.read_at is not None,
        "stamps": {name: stamp.isoformat() for name in STAMPS if (stamp := getattr(row, f"{name}_at"))},
    }  # fmt: skip


def _matter(matter: Matter) -> dict[str, Any]:
    kind = kind_of(matter.kind)
    sort = kind.subkinds.get(matter.subkind)
    return {
        "id": str(matter.pk), "number": matter.number, "reference": matter.reference, "urgency": matter.urgency,
        "kind_label": str(sort.label if sort else kind.label), "place": matter.place_text, "words": matter.words,
        "gist": matter.gist, "area": matter.area.name, "lon": matter.lon, "lat": matter.lat,
        "unrung": unrung(matter),
    }  # fmt: skip


def unrung(matter: Matter) -> str:
    """Why nobody of this matter is called back; empty where one may."""
    if matter.facts.get("silent"):
        return _("Silent: no ringing, no knocking, no messages")
    return _("Wants no message and no call") if any(party.quiet for party in matter.parties.all()) else ""


def _units(by: Actor, at: dt.datetime) -> list[dict[str, Any]]:
    """Units the person could sign on with: those of the ground his posts stand on, with who is on them now."""
    paths = [path for post in posts_of(by, at) for path in _above(post.area.duty_path)]
    found = list(Unit.objects.filter(active=True, duty_path__in=paths).order_by("name")[:60])
    here = Crew.objects.filter(shift__unit__in=found, during__contains=at).select_related("person", "shift")
    names: dict[Any, list[str]] = {}
    for member in here:
        names.setdefault(member.shift.unit_id, []).append(member.person.name)
    return [{"id": str(unit.pk), "name": unit.name, "crew": " ".join(names.get(unit.pk, []))} for unit in found]


def _above(path: str) -> list[str]:
    """A path and those it lies in: `/1/2/` → `/1/`, `/1/2/`."""
    parts = [part for part in path.split("/") if part]
    return ["/" + "/".join(parts[: n + 1]) + "/" for n in range(len(parts))]


def _messages(shift: Shift) -> list[dict[str, Any]]:
    return [
        {
            "id": str(one.pk), "at": one.sent_at.isoformat(), "from": one.unit.name if one.unit else _("Desk"),
            "text": one.text, "mine": one.unit_id == shift.unit_id,
            "read": one.unit_id == shift.unit_id or _read(one, shift), "read_at": _read_at_the_desk(one),
        }
        for one in messages_of_unit(shift.unit, shift)
    ]  # fmt: skip


def _read(message: Message, shift: Shift) -> bool:
    return any(copy.read_at for copy in message.copies.all() if copy.unit_id == shift.unit_id)


def _read_at_the_desk(message: Message) -> str | None:
    at = next((copy.read_at for copy in message.copies.all() if copy.unit_id is None and copy.read_at), None)
    return at.isoformat() if at else None


def _aside(step: SentStep) -> dict[str, str]:
    what = acts().get(step.act, step.act)
    return {"id": str(step.pk), "at": step.at.isoformat(), "what": what, "why": why(step.reason)}


def _settled(step: SentStep) -> dict[str, str]:
    """What became of it: done after all, or left aside and why."""
    done = _("Your lead has applied it, with the time of your tap.")
    left = _("Your lead left it aside: {reason}").format(reason=step.settled_because or "—")
    return _aside(step) | {"why": done if step.settled_how == "applied" else left}


def why(code: str) -> str:
    """The sentence of a Problem's code; what it was about is not kept, so dots stand for it."""
    found = next((one for one in problem_classes() if one.code == code), None)
    return re.sub(r"\{\w+\}", "…", str(found.says)) if found else code
