"""Promised minutes: how much of the ground is in time of a free crew, whether calls were, and what is promised."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.desk.ground import office_of, reach_of
from shouwang.desk.loading import actor_of, visible_matter
from shouwang.desk.room import bounds_of
from shouwang.dispatch.compliance import compliance
from shouwang.dispatch.coverage import HOURS, FreeCrew, by_hour, free_crews, free_crews_then, if_sent, own_ground
from shouwang.dispatch.excusing import count_again, excuse
from shouwang.dispatch.models import ExcuseCause, MoveUp
from shouwang.dispatch.moving_up import open_moves, refuse_move, send_move
from shouwang.dispatch.rapid import CLASSES, PRESETS, rapid_of, set_rapid
from shouwang.people.access import NotVisible, may, reaches, spans
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.ui.pieces import piece_of

PERIODS = (7, 30, 90)
BEGINS = ("sent", "called")  # S-CMD-020 counts from sending; a caller has waited since the call


@opens_to(Verb.UNIT_SEND)
@require_GET
def cover(request: HttpRequest) -> HttpResponse:
    """`?without=` a crew, `?hour=` how many hours ago: what the map shows; the tables show all of them."""
    by, at = actor_of(request), clock.now()
    office = office_of(by, at)
    own = own_ground(office, at) if office else None
    page: dict[str, object] = {"office": office, "own": own, "at": at, "bounds": bounds_of(office, at), "part": "cover",
                               "query": request.GET.urlencode(), "shown": _shown(request)}  # fmt: skip
    if own is not None:
        paths = spans(by, Verb.UNIT_TRACK, at)
        crews = free_crews(paths, at)
        now = own.cover(crews)
        page |= {
            "now": now,
            "moves": open_moves(by, at),
            "crews": if_sent(own, crews, now),
            "hours": [(HOURS - n, then, was) for n, (then, was) in enumerate(by_hour(own, paths, at))],
        }
    return render(request, "desk/reach/cover.html", page)


@opens_to(Verb.UNIT_SEND)
@require_GET
def cover_map(request: HttpRequest) -> JsonResponse:
    by, at = actor_of(request), clock.now()
    return JsonResponse(reach_of([one.at for one in _crews(by, at, request)], office_of(by, at), at))


def _crews(by: Actor, at: dt.datetime, request: HttpRequest) -> list[FreeCrew]:
    paths, (hour, without) = spans(by, Verb.UNIT_TRACK, at), _shown(request)
    if hour:
        then = at.replace(minute=0, second=0, microsecond=0) - dt.timedelta(hours=hour - 1)
        return free_crews_then(paths, then)
    return [one for one in free_crews(paths, at) if one.unit != without]


def _shown(request: HttpRequest) -> tuple[int, UUID | None]:
    """(full hours back, 0 for now; the crew that is thought away). What cannot be read is as if it were not there."""
    hour, without = request.GET.get("hour", ""), request.GET.get("without", "")
    try:
        return (min(int(hour), 24) if hour.isascii() and hour.isdigit() else 0), UUID(without) if without else None
    except ValueError:
        return 0, None


@opens_to(Verb.UNIT_SEND)
@piece_of("desk:cover")
@require_GET
def moves(request: HttpRequest) -> HttpResponse:
    """What the desk shows of them: one line each, sent by a key."""
    return render(request, "desk/reach/_moves_line.html", {"moves": open_moves(actor_of(request), clock.now())})


@opens_to(Verb.UNIT_SEND)
@require_POST
def move_send(request: HttpRequest, key: UUID) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    send_move(_move(by, key), by=by, at=at)
    return moves_again(request)


@opens_to(Verb.UNIT_SEND)
@require_POST
def move_refuse(request: HttpRequest, key: UUID) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    refuse_move(_move(by, key), request.POST.get("reason", ""), by=by, at=at)
    return moves_again(request)


def moves_again(request: HttpRequest) -> HttpResponse:
    """After an act: the line at the desk, or the page."""
    if request.headers.get("HX-Request"):
        return render(request, "desk/reach/_moves_line.html", {"moves": open_moves(actor_of(request), clock.now())})
    return redirect("desk:cover")


def _move(by: Actor, key: UUID) -> MoveUp:
    found = MoveUp.objects.filter(reaches(spans(by, Verb.UNIT_SEND, clock.now()), "area__"), pk=key).first()
    if found is None:
        raise NotVisible
    return found


@opens_to(Verb.FIGURES_READ)
@require_GET
def kept(request: HttpRequest) -> HttpResponse:
    """Whether calls were reached in the promised minutes, why not, and which are not counted and why."""
    return _kept(request)


def _kept(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    office = office_of(by, at)
    asked, begins = request.GET.get("days", ""), request.GET.get("from", "")
    days = int(asked) if asked in {str(one) for one in PERIODS} else PERIODS[1]
    begins = begins if begins in BEGINS else BEGINS[0]
    since = at - dt.timedelta(days=days)
    found = compliance(office.duty_path, since=since, by=by, at=at, begins=begins) if office else None
    page = {"office": office, "found": found, "days": days, "periods": PERIODS, "begins": begins, "part": "kept",
            "problem": problem, "causes": ExcuseCause.choices, "leads": may(by, Verb.UNIT_MANAGE, office, at),
            "rapid": rapid_of(office.duty_path, at) if office else None}  # fmt: skip
    return render(request, "desk/reach/kept.html", page, status=problem.status if problem else 200)


@opens_to(Verb.UNIT_MANAGE)
@require_POST
def excused(request: HttpRequest, key: UUID) -> HttpResponse:
    """Not counted from now on, with its cause; `again`: counted."""
    matter, by, at = visible_matter(request, key), actor_of(request), clock.now()
    try:
        if "again" in request.POST:
            count_again(matter, by=by, at=at)
        else:
            excuse(matter, request.POST.get("cause", ""), request.POST.get("words", ""), by=by, at=at)
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        return _kept(request, problem)
    return redirect("desk:kept")


@opens_to(Verb.UNIT_SEND, Verb.UNIT_MANAGE)
@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """What is promised here; `?basis=` shows the lines of another reading, to be changed and kept."""
    by, at = actor_of(request), clock.now()
    office = office_of(by, at)
    rapid = rapid_of(office.duty_path, at) if office else None
    basis = request.POST.get("basis") or request.GET.get("basis") or (rapid.basis if rapid else "level")
    basis = basis if basis in CLASSES else "level"
    problem: object = ""
    if request.method == "POST" and office is not None:
        try:
            set_rapid(office, basis, _minutes(request, basis), by=by, at=at)
            return redirect("desk:rapid")
        except Problem as refused:
            problem = refused.message
    lines = _lines(request, basis, rapid.minutes if rapid and rapid.basis == basis else PRESETS[basis])
    page = {"office": office, "rapid": rapid, "basis": basis, "bases": list(CLASSES), "problem": problem,
            "part": "rules", "lines": lines,
            "sets": may(by, Verb.UNIT_MANAGE, office, at) if office else False}  # fmt: skip
    return render(request, "desk/reach/rules.html", page, status=422 if problem else 200)


def _minutes(request: HttpRequest, basis: str) -> dict[str, int]:
    """What was typed, full-width digits too; anything else counts as nothing and is refused by the act."""
    typed = {name: request.POST.get(f"minutes-{name}", "").strip() for name in CLASSES[basis]}
    return {name: int(text) if text.isdecimal() and len(text) < 4 else 0 for name, text in typed.items()}


def _lines(request: HttpRequest, basis: str, minutes: object) -> list[tuple[str, object, object]]:
    known = dict(minutes)  # type: ignore[call-overload]
    return [
        (name, words, request.POST.get(f"minutes-{name}", known.get(name, "")))
        for name, words in CLASSES[basis].items()
    ]
