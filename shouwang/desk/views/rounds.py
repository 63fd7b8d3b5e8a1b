"""Rounds on foot: planning one, its stops in order, hours on rounds, and how far households have to a police room."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.core.window import window_of
from shouwang.desk.board import label_of
from shouwang.desk.loading import actor_of
from shouwang.desk.round_forms import RoundForm
from shouwang.matters.kinds import kind_of
from shouwang.people.access import may
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.rounds import last_mile
from shouwang.rounds.hours import days_of_work
from shouwang.rounds.models import Outcome, Stop
from shouwang.rounds.planning import Wanted, booked_at, due_to_walk, plan_round, walkers_for
from shouwang.rounds.walking import begin_round, end_round, note_stop, rounds_of

SHOWN = 60
ACTS = {"begin": begin_round, "end": end_round}


@opens_to(Verb.ROUND_WALK)
@require_GET
def rounds(request: HttpRequest) -> HttpResponse:
    """One's own rounds, and those on one's ground."""
    by, at = actor_of(request), clock.now()
    page = {"nav": "rounds", "rounds": rounds_of(by, at)[:SHOWN], "plans": may(by, Verb.MATTER_WORK, None, at)}
    return render(request, "desk/walking/rounds.html", page)


@opens_to(Verb.MATTER_WORK)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose who walks and where to; the order is worked out."""
    by, at = actor_of(request), clock.now()
    due = due_to_walk(by, at)
    walkers = walkers_for(by, at)
    form = RoundForm(
        request.POST or None, initial={"starts_at": at.astimezone(clock.SHANGHAI), "matters": [str(m.pk) for m in due]},
        walkers=[(str(one.pk), one.name) for one in walkers], matters=[(str(one.pk), _line(one)) for one in due],
        windows={one.pk: window_of(one.facts) for one in due},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and form.place is not None:
        given = form.cleaned_data
        wanted = Wanted(
            walker=next(one for one in walkers if str(one.pk) == given["walker"]), starts_at=given["starts_at"],
            start=(form.place.lon, form.place.lat), lasts=form.lasts,
            matters=[one for one in due if str(one.pk) in given["matters"]], windows=form.windows,
        )  # fmt: skip
        try:
            return redirect("desk:round", key=plan_round(wanted, by=by, at=at).pk)
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    page = {"form": form, "nav": "rounds", "title": _("Plan a round"), "due": due}
    return render(request, "desk/walking/round_new.html", page, status=422 if form.errors else 200)


def _line(matter: Any) -> str:
    at = booked_at(matter)
    booked = f" · {_('booked')} {at.astimezone(clock.SHANGHAI):%m-%d %H:%M}" if at else ""
    return f"{matter.number} {label_of(matter)} · {matter.place_text}{booked}"


@opens_to(Verb.ROUND_WALK)
@require_GET
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """The stops in walking order: to be walked with, printed, or closed one by one."""
    by, at = actor_of(request), clock.now()
    row = get_object_or_404(rounds_of(by, at), pk=key)
    stops = [(stop, sort_of(stop)) for stop in row.stops.order_by("place")]
    page = {
        "nav": "rounds", "round": row, "stops": stops, "mine": row.walker_id == by.person_id,
        "outcomes": Outcome.choices, "reads": may(by, Verb.MATTER_READ, None, at),
    }  # fmt: skip
    return render(request, "desk/walking/round.html", page)


def sort_of(stop: Stop) -> str:
    kind = kind_of(stop.kind)
    sort = kind.subkinds.get(stop.subkind)
    return str(sort.label if sort else kind.label)


@opens_to(Verb.ROUND_WALK)
@require_POST
def act(request: HttpRequest, key: UUID, name: str) -> HttpResponse:
    """Set out, or come back."""
    by, at = actor_of(request), clock.now()
    row = get_object_or_404(rounds_of(by, at), pk=key)
    if name not in ACTS:
        raise Http404
    ACTS[name](row=row, by=by, at=at)
    return redirect("desk:round", key=key)


@opens_to(Verb.ROUND_WALK)
@require_POST
def stop(request: HttpRequest, key: UUID, stop: UUID) -> HttpResponse:
    """What came of one stop."""
    by, at = actor_of(request), clock.now()
    row = get_object_or_404(Stop, pk=stop, round__in=rounds_of(by, at).filter(pk=key).values("pk"))
    given = {name: request.POST.get(name, "") for name in ("outcome", "code", "remark")}
    note_stop(stop=row, by=by, at=at, **given)
    return redirect("desk:round", key=key)


@opens_to(Verb.ROUND_WALK, Verb.ROSTER_WRITE)
@require_GET
def hours(request: HttpRequest) -> HttpResponse:
    """Hours of the last two weeks: of one's crew for who leads, one's own for everybody."""
    by, at = actor_of(request), clock.now()
    page = {"nav": "rounds", "days": days_of_work(by, at), "leads": may(by, Verb.ROSTER_WRITE, None, at)}
    return render(request, "desk/walking/hours.html", page)


@opens_to(Verb.FIGURES_READ)
@require_GET
def reach(request: HttpRequest) -> HttpResponse:
    """The last kilometre: households by their way to the nearest police room."""
    grids, n_points = last_mile.reach_of(actor_of(request), clock.now())
    page = {
        "nav": "rounds",
        "grids": grids,
        "n_points": n_points,
        "bands": last_mile.BAND_LABELS,
        "gap_m": last_mile.GAP_M,
    }
    return render(request, "desk/walking/reach.html", page)
