"""The command bar: what a line would do, in words; then doing it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.core.ids import new_id
from shouwang.desk.commands import Line, NoSuch, matching, pick, read_command, short_number
from shouwang.desk.forms import IntakeForm
from shouwang.desk.loading import actor_of
from shouwang.desk.reading import read_call
from shouwang.desk.units import units_for
from shouwang.desk.views.matter import panel_answer
from shouwang.dispatch.dispatching import send_unit
from shouwang.duty.messages import send_message
from shouwang.duty.models import Unit
from shouwang.matters.kinds import kind_of
from shouwang.matters.models import Matter
from shouwang.matters.notes import add_note
from shouwang.matters.steps import take_step
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.registry.emergencies import open_emergency


@opens_to(Verb.MATTER_READ)
@require_GET
def words(request: HttpRequest) -> HttpResponse:
    """The list under the bar while a line is typed."""
    line = request.GET.get("line", "")
    return render(request, "desk/_commands.html", {"commands": matching(line), "line": line})


@opens_to(Verb.MATTER_READ)
@require_POST
def command(request: HttpRequest) -> HttpResponse:
    """Do what the line says, if it says exactly one thing."""
    line = read_command(request.POST.get("line", ""))
    act = {
        "new": _new, "send": _send, "note": _note, "close": _close, "say": _say, "emergency": _emergency, "open": _open,
    }[line.command.name]  # fmt: skip
    return act(request, line, actor_of(request))


def _matter(line: Line, by: Actor) -> Matter:
    number = short_number(line.parts["number"])
    seen = Matter.objects.visible_to(by, clock.now()).open().filter(number=number).order_by("-opened_at")
    found = list(seen[:2])
    if not found:
        raise NoSuch(word=line.parts["number"], known="")
    return found[0]


def _unit(line: Line, by: Actor) -> Unit:
    units = (one.unit for one in units_for(by, clock.now()))
    names = ((str(unit.pk), (unit.name, unit.initials, unit.call_sign)) for unit in units)
    return Unit.objects.get(pk=pick(line.parts["unit"], names))


def _new(request: HttpRequest, line: Line, by: Actor) -> HttpResponse:
    reading = read_call(line.parts["call"])
    initial = {"key": new_id(), "channel": "phone", "urgency": 3} | reading.initial()
    return render(request, "desk/_intake.html", {"form": IntakeForm(initial=initial), "reading": reading})


def _send(request: HttpRequest, line: Line, by: Actor) -> HttpResponse:
    matter, unit = _matter(line, by), _unit(line, by)
    send_unit(matter=matter, unit=unit, by=by, at=clock.now())
    return panel_answer(request, matter)


def _note(request: HttpRequest, line: Line, by: Actor) -> HttpResponse:
    matter = _matter(line, by)
    add_note(matter, line.parts["text"], by=by, at=clock.now())
    return panel_answer(request, matter)


def _close(request: HttpRequest, line: Line, by: Actor) -> HttpResponse:
    matter = _matter(line, by)
    outcomes = kind_of(matter.kind).outcomes
    outcome = pick(line.parts["outcome"], ((key, (str(label), key)) for key, label in outcomes.items()))
    return panel_answer(request, take_step(matter, "close", by=by, at=clock.now(), outcome=outcome))


def _say(request: HttpRequest, line: Line, by: Actor) -> HttpResponse:
    unit = _unit(line, by)
    send_message(text=line.parts["text"], unit=unit, by=by, at=clock.now())
    return render(request, "desk/_said.html", {"unit": unit, "text": line.parts["text"]})


def _emergency(request: HttpRequest, line: Line, by: Actor) -> HttpResponse:
    """Begun here, and on to the search for the one person."""
    matter = _matter(line, by)
    open_emergency(matter=matter.pk, reason=line.parts["text"], by=by, at=clock.now())
    address = f"{reverse('desk:find')}?{urlencode({'matter': str(matter.pk)})}"
    return HttpResponse(status=204, headers={"HX-Redirect": address})


def _open(request: HttpRequest, line: Line, by: Actor) -> HttpResponse:
    return panel_answer(request, _matter(line, by))
