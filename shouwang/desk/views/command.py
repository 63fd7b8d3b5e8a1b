"""The command bar: what a line would do, in words; then doing it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.core.ids import new_id
from shouwang.desk.commands import Line, NoSuch, names_command, number_in, pick, read_command
from shouwang.desk.completing import FOUND, crews_named, hits_for, hits_of, offers_for
from shouwang.desk.forms import IntakeForm
from shouwang.desk.loading import actor_of
from shouwang.desk.reading import read_call
from shouwang.desk.units import units_for
from shouwang.desk.views.intake import twins_of
from shouwang.desk.views.matter import panel_answer
from shouwang.dispatch.crews import assignment_of, tell_crews, units_on
from shouwang.dispatch.dispatching import add_unit, recall_unit, send_unit
from shouwang.duty.alerts import acknowledge_alert, open_alerts
from shouwang.duty.messages import send_message
from shouwang.duty.models import Unit
from shouwang.matters.asking import form_for
from shouwang.matters.finding import numbered
from shouwang.matters.kinds import kind_of
from shouwang.matters.models import Matter
from shouwang.matters.notes import add_note
from shouwang.matters.steps import steps_open_to, take_step
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.registry.emergencies import open_emergency
from shouwang.ui.pieces import piece_of


class SeveralOfThatNumber(Exception):
    """Numbers begin again at midnight: which one is meant is asked, never guessed."""

    def __init__(self, matters: list[Matter]) -> None:
        self.matters = matters


@opens_to(Verb.MATTER_READ)
@piece_of("desk:board")
@require_GET
def words(request: HttpRequest) -> HttpResponse:
    """The list under the bar while a line is typed."""
    offers = offers_for(request.GET.get("line", ""), actor_of(request), clock.now())
    return render(request, "desk/_commands.html", {"offers": offers})


@opens_to(Verb.MATTER_READ)
@require_POST
def command(request: HttpRequest) -> HttpResponse:
    """Do what the line says, if it says exactly one thing; what is no command is looked for."""
    text, by = request.POST.get("line", ""), actor_of(request)
    if text.strip() and not names_command(text):
        return _find(request, text, by)
    line = read_command(text)
    try:
        return ACTS[line.command.name](request, line, by)
    except SeveralOfThatNumber as several:
        return _which(request, line, several.matters)


def _find(request: HttpRequest, text: str, by: Actor) -> HttpResponse:
    """One matter that fits opens; of several, and of crews, there is a list."""
    at = clock.now()
    hits, crews = hits_for(text, by, at, FOUND), crews_named(text, by, at)
    if len(hits) == 1 and not crews:
        return panel_answer(request, hits[0].matter)
    page = {"words": text.strip(), "hits": hits, "crews": crews, "more": len(hits) == FOUND}
    return render(request, "desk/_results.html", page)


def _which(request: HttpRequest, line: Line, matters: list[Matter]) -> HttpResponse:
    """The same command once for each, by its whole reference. Nothing was done yet."""
    parts = [name for name in line.command.takes if name != "number"]
    rest = " ".join(line.parts[name] for name in parts)
    choices = [(hit, f"/{line.command.words[0]} {hit.matter.reference} {rest}".strip()) for hit in hits_of(matters)]
    return render(request, "desk/_which.html", {"choices": choices, "line": line})


def _matter(line: Line, by: Actor, part: str = "number") -> Matter:
    at = clock.now()
    found = numbered(Matter.objects.visible_to(by, at), number_in(line.parts[part]), at)
    if not found:
        raise NoSuch(word=line.parts[part], known="")
    if len(found) > 1:
        raise SeveralOfThatNumber(found)
    return found[0]


def _unit(line: Line, by: Actor) -> Unit:
    units = (one.unit for one in units_for(by, clock.now()))
    names = ((str(unit.pk), (unit.name, unit.initials, unit.call_sign)) for unit in units)
    return Unit.objects.get(pk=pick(line.parts["unit"], names))


def _new(request: HttpRequest, line: Line, by: Actor) -> HttpResponse:
    reading = read_call(line.parts["call"])
    initial = {"key": new_id(), "channel": "phone", "urgency": 3} | reading.initial()
    twins = twins_of(reading, reading.subkind, by, clock.now())
    return render(
        request, "desk/_intake.html", {"form": IntakeForm(initial=initial), "reading": reading, "twins": twins}
    )


def _send(request: HttpRequest, line: Line, by: Actor) -> HttpResponse:
    matter, unit = _matter(line, by), _unit(line, by)
    sending = add_unit if units_on(matter) else send_unit
    sending(matter=matter, unit=unit, by=by, at=clock.now())
    return panel_answer(request, matter)


def _recall(request: HttpRequest, line: Line, by: Actor) -> HttpResponse:
    """Only from the matter that was named: a crew that is elsewhere stays there."""
    matter, unit = _matter(line, by), _unit(line, by)
    task = assignment_of(unit)
    if task is None or task.matter_id != matter.pk:
        raise NoSuch(word=unit.name, known="、".join(one.name for one in units_on(matter)))
    recall_unit(assignment=task, by=by, at=clock.now(), reason="")
    return panel_answer(request, matter)


def _tell(request: HttpRequest, line: Line, by: Actor) -> HttpResponse:
    matter = _matter(line, by)
    tell_crews(matter=matter, text=line.parts["text"], by=by, at=clock.now())
    return panel_answer(request, matter)


def _join(request: HttpRequest, line: Line, by: Actor) -> HttpResponse:
    matter, other = _matter(line, by), _matter(line, by, "other")
    return panel_answer(request, take_step(matter, "merge", by=by, at=clock.now(), into=str(other.pk)))


def _step(request: HttpRequest, line: Line, by: Actor) -> HttpResponse:
    """Taken where nothing is asked; otherwise its form is shown, and sent from there."""
    matter, at = _matter(line, by), clock.now()
    steps = {one.step.name: one.step for one in steps_open_to(matter, by, at)}
    step = steps[pick(line.parts["step"], ((name, (str(one.label), name)) for name, one in steps.items()))]
    if step.form is None:
        return panel_answer(request, take_step(matter, step.name, by=by, at=at))
    form = form_for(step, matter, by=by, at=at)
    return render(request, "desk/_step.html", {"matter": matter, "step": step, "form": form})


def _heard(request: HttpRequest, line: Line, by: Actor) -> HttpResponse:
    """The oldest that this crew raised."""
    unit, at = _unit(line, by), clock.now()
    alert = next((one for one in open_alerts(by, at) if one.unit_id == unit.pk), None)
    if alert is None:
        raise NoSuch(word=unit.name, known="")
    acknowledge_alert(alert=alert, by=by, at=at)
    return render(request, "desk/_said.html", {"unit": unit, "heard": alert.get_kind_display()})


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


ACTS: dict[str, Callable[[HttpRequest, Line, Actor], HttpResponse]] = {
    "new": _new, "send": _send, "recall": _recall, "note": _note, "tell": _tell, "join": _join, "step": _step,
    "close": _close, "say": _say, "heard": _heard, "emergency": _emergency, "open": _open,
}  # fmt: skip
