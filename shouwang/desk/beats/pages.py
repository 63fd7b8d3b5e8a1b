"""Beats: the list, one beat with what is to be walked on it, the plates of its points, the day ahead."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from shouwang.beats import keeping
from shouwang.beats.around import note_change
from shouwang.beats.counting import caps_of, newest_counts
from shouwang.beats.forms import BeatForm, ChangeForm, PointForm, TeamForm, WindowForm
from shouwang.beats.mapping import Layers, beat_layers, beats_layers, bounds_of_layers
from shouwang.beats.models import Beat, Point, Stretch, Surface, Window
from shouwang.beats.seeing import visible_beats
from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.beats.refusing import refused
from shouwang.desk.beats.walks import days_on
from shouwang.desk.loading import actor_of
from shouwang.duty.models import Unit
from shouwang.people.access import may, reaches, spans
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.people.views.proving import qr
from shouwang.places.models import Area

MOST_BYTES = 200_000
PARTS: dict[str, Any] = {"windows": Window, "points": Point}
FORMS: dict[str, Any] = {"team": TeamForm, "window": WindowForm, "point": PointForm, "change": ChangeForm}


@opens_to(Verb.ROSTER_READ)
@require_GET
def beats(request: HttpRequest) -> HttpResponse:
    """The list, narrowed to a sector by the address."""
    by, at = actor_of(request), clock.now()
    standing = [Prefetch(name, model.objects.filter(ended_at=None)) for name, model in PARTS.items()]
    every = list(visible_beats(by, at).prefetch_related(*standing))
    sectors = {str(one.sector_id): one.sector.name for one in every if one.sector}
    chosen = request.GET.get("sector", "")
    rows = [one for one in every if not chosen or str(one.sector_id) == chosen]
    counts = newest_counts(rows, clock.local_date(at) - dt.timedelta(days=1))
    layers = beats_layers(rows, at)
    page = {
        "layers": layers, "bounds": bounds_of_layers(layers),
        "rows": [(one, counts.get(one.pk, [])) for one in rows], "sectors": sorted(sectors.items(), key=lambda s: s[1]),
        "chosen": chosen, "keeps": may(by, Verb.ROSTER_WRITE, None, at), "current": "beats",
    }  # fmt: skip
    return render(request, "beats/beats.html", page)


@opens_to(Verb.ROSTER_READ)
@require_GET
def day(request: HttpRequest) -> HttpResponse:
    """Every beat in the 24 hours of a day; without a day in the address, tomorrow."""
    by, at = actor_of(request), clock.now()
    try:
        on = dt.date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        on = clock.local_date(at) + dt.timedelta(days=1)
    rows = days_on(list(visible_beats(by, at)), on)
    page = {"on": on, "rows": rows, "missing": sum(not one.whole for one in rows), "current": "day"}
    return render(request, "beats/day.html", page)


@opens_to(Verb.ROSTER_WRITE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Set up a beat on an area that was drawn as one."""
    by, at = actor_of(request), clock.now()
    drawn = Area.objects.filter(
        reaches(spans(by, Verb.ROSTER_WRITE, at), "free_area__layer__ground__"), free_area__layer__retired_at=None
    ).order_by("name")
    areas = {str(one.pk): one for one in drawn.filter(tier="beat", beat=None)}
    sectors = {str(one.pk): one for one in drawn.filter(tier="sector")}
    teams = _teams(request)
    form = BeatForm(
        request.POST or None, areas=[(key, one.name) for key, one in areas.items()],
        sectors=[(key, one.name) for key, one in sectors.items()], teams=_choices(request),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            row = keeping.make_beat(
                areas[told["area"]], by=by, at=at, sector=sectors.get(told["sector"]), team=teams.get(told["team"]),
                cap_times=told["cap_times"],
            )  # fmt: skip
            return redirect("desk:beat", row.pk)
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    page = {"form": form, "areas": areas, "current": "beats"}
    return render(request, "beats/new.html", page, status=422 if form.errors else 200)


@opens_to(Verb.ROSTER_READ)
@require_http_methods(["GET", "POST"])
def beat(request: HttpRequest, key: UUID) -> HttpResponse:
    """One beat; a POST changes it as its `act` says."""
    row = get_object_or_404(visible_beats(actor_of(request), clock.now()), pk=key)
    if request.method == "GET":
        return _page(request, row)
    act = request.POST.get("act", "")
    form = _asked(act, request.POST, teams=_choices(request)) if act in FORMS else None
    if form is not None and not form.is_valid():
        return _page(request, row, form=form, status=422)
    no = refused(lambda: _do(request, row, act, form.cleaned_data if form else {}))
    if no is not None:
        return _page(request, row, form=form, problem=no.message, status=no.status)
    return redirect("desk:beats") if act == "end" else redirect("desk:beat", row.pk)


@opens_to(Verb.ROSTER_READ)
@require_GET
def beat_map(request: HttpRequest, key: UUID) -> JsonResponse:
    by, at = actor_of(request), clock.now()
    return JsonResponse(drawn(get_object_or_404(visible_beats(by, at), pk=key), at))


@opens_to(Verb.ROSTER_READ)
@require_GET
def plates(request: HttpRequest, key: UUID) -> HttpResponse:
    """One page of paper for each point, with its code to be scanned on the spot."""
    row = get_object_or_404(visible_beats(actor_of(request), clock.now()), pk=key)
    points = [(one, qr(one.code)) for one in row.points.filter(ended_at=None)]
    return render(request, "beats/plates.html", {"beat": row, "points": points, "current": "beats"})


def _do(request: HttpRequest, row: Beat, act: str, told: dict[str, Any]) -> None:
    by, at = actor_of(request), clock.now()
    team = _teams(request).get(told.get("team", ""))
    match act:
        case "team":
            keeping.set_team(row, team, told["cap_times"], by=by, at=at)
        case "window":
            keeping.add_window(row, told["begins"], told["ends"], told["min_passes"], by=by, at=at, team=team)
        case "point":
            keeping.add_points(row, [keeping.NewPoint(**told)], by=by, at=at)
        case "sheet":
            file = request.FILES.get("file")
            sheet = file.read(MOST_BYTES).decode("utf8", "replace") if file else ""
            keeping.add_points(row, keeping.read_points(sheet), by=by, at=at)
        case "change":
            note_change(row, (told["begins_at"], told["ends_at"]), told["reason"], by=by, at=at, team=team)
        case "end_window":
            keeping.end_part(get_object_or_404(Window, pk=_key(request), beat=row, ended_at=None), by=by, at=at)
        case "end_point":
            keeping.end_part(get_object_or_404(Point, pk=_key(request), beat=row, ended_at=None), by=by, at=at)
        case "end_stretch" | "end_surface":
            kind: Any = Stretch if act == "end_stretch" else Surface
            keeping.end_part(get_object_or_404(kind, pk=_key(request), beat=row, ended_at=None), by=by, at=at)
        case "end":
            keeping.end_beat(row, by=by, at=at)
        case _:
            raise Http404


def drawn(row: Beat, at: dt.datetime) -> Layers:
    """What stands of a beat, for the map."""
    points, stretches = list(row.points.filter(ended_at=None)), list(row.stretches.filter(ended_at=None))
    return beat_layers(row, points, stretches, list(row.surfaces.filter(ended_at=None)), at)


def _page(
    request: HttpRequest, row: Beat, form: forms.Form | None = None, problem: str = "", status: int = 200
) -> HttpResponse:  # fmt: skip
    by, at = actor_of(request), clock.now()
    keeps, today = may(by, Verb.ROSTER_WRITE, row, at), clock.local_date(at)
    given = {"team": {"team": str(row.team_id or ""), "cap_times": row.cap_times}}
    teams = _choices(request) if keeps else []
    asked = {name: form if isinstance(form, kind) else _asked(name, initial=given.get(name), teams=teams)
             for name, kind in FORMS.items()}  # fmt: skip
    shares = caps_of(row, today - dt.timedelta(days=1))
    page = {
        "beat": row, "windows": row.windows.filter(ended_at=None).select_related("team"),
        "points": row.points.filter(ended_at=None), "stretches": row.stretches.filter(ended_at=None),
        "surfaces": row.surfaces.filter(ended_at=None), "days": days_on([row], today + dt.timedelta(days=1)),
        "changes": row.changes.filter(ends_at__gt=at).select_related("team").order_by("begins_at"),
        "covered": row.covered.select_related("window").order_by("-on", "window__begins")[:28], "keeps": keeps,
        "forms": asked, "shares": shares, "bounds": bounds_of_layers(drawn(row, at)), "problem": problem,
        "current": "beats",
    }  # fmt: skip
    return render(request, "beats/beat.html", page, status=status)


def _asked(name: str, *given: Any, **told: Any) -> forms.Form:
    """A form whose fields have their own ids: several stand on one page."""
    made: forms.Form = FORMS[name](*given, auto_id=f"{name}_%s", **told)
    return made


def _teams(request: HttpRequest) -> dict[str, Unit]:
    by, at = actor_of(request), clock.now()
    rows = Unit.objects.filter(reaches(spans(by, Verb.ROSTER_WRITE, at)), active=True).order_by("name")
    return {str(one.pk): one for one in rows}


def _choices(request: HttpRequest) -> list[tuple[str, str]]:
    return [(key, one.name) for key, one in _teams(request).items()]


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("part", ""))
    except ValueError:
        raise Http404 from None
