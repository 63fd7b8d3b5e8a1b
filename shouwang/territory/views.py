"""Pages of cuts: bring a drawing, see what it changes and what is wrong with it, check, approve, bring into force."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.people.access import may, reaches, spans
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.places.models import Area
from shouwang.places.models.area import Status, Tier
from shouwang.territory.drawing import CHILD, draw_cut
from shouwang.territory.faults import fault_words
from shouwang.territory.files import read_drawing, write_drawing
from shouwang.territory.in_force import approve_cut, bring_into_force, check_cut
from shouwang.territory.reading import show_cut, visible_cuts

ACTS = {"check": check_cut, "approve": approve_cut, "force": bring_into_force}
NEXT = {
    Status.DRAFT: ("check", Verb.AREA_CHECK, _("Check these borders")),
    Status.CHECKED: ("approve", Verb.AREA_APPROVE, _("Approve these borders")),
    Status.APPROVED: ("force", Verb.AREA_APPROVE, _("Bring them into force now")),
}
NAMED = {
    Status.DRAFT: _("Check this name"), Status.CHECKED: _("Approve this name"),
    Status.APPROVED: _("Bring the name into force now"),
}  # fmt: skip


class DrawingForm(forms.Form):
    file = forms.FileField(label=_("The drawing (GeoJSON)"))


@opens_to(Verb.AREA_DRAW, Verb.AREA_CHECK, Verb.AREA_APPROVE)
@require_http_methods(["GET", "POST"])
def cuts(request: HttpRequest) -> HttpResponse:
    by, at = _by(request), clock.now()
    form = DrawingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            cut = draw_cut(read_drawing(form.cleaned_data["file"].read()), by=by, at=at)
        except Problem as problem:
            if problem.status in (403, 404):
                raise
            form.add_error("file", problem.message)
        else:
            return redirect("territory:cut", cut.key)
    mine = Area.objects.filter(reaches(spans(by, Verb.AREA_DRAW, at)), tier__in=[*CHILD, Tier.STATION])
    page = {"form": form, "cuts": visible_cuts(by, at), "areas": mine.order_by("code")}
    return render(request, "territory/cuts.html", page, status=422 if form.errors else 200)


@opens_to(Verb.AREA_DRAW, Verb.AREA_CHECK, Verb.AREA_APPROVE)
@require_safe
def cut(request: HttpRequest, key: UUID) -> HttpResponse:
    return render(request, "territory/cut.html", _page(key, _by(request)))


@opens_to(Verb.AREA_CHECK, Verb.AREA_APPROVE)
@require_POST
def act(request: HttpRequest, key: UUID) -> HttpResponse:
    by, at = _by(request), clock.now()
    show_cut(key, by, at)
    chosen = ACTS.get(request.POST.get("act", ""))
    if chosen is None:
        raise Http404
    try:
        chosen(key, by=by, at=at)
    except Problem as problem:
        page = _page(key, by) | {"problem": problem.message}
        return render(request, "territory/cut.html", page, status=problem.status)
    return redirect("territory:cut", key)


@opens_to(Verb.AREA_DRAW)
@require_safe
def today(request: HttpRequest, code: str) -> HttpResponse:
    """Today's borders under an area, to be changed and brought back."""
    at = clock.now()
    area = Area.objects.filter(reaches(spans(_by(request), Verb.AREA_DRAW, at)), code=code).first()
    if area is None:
        raise Http404
    name = f'attachment; filename="{area.code}.geojson"'
    return JsonResponse(write_drawing(area, at), headers={"Content-Disposition": name})


def _page(key: UUID, by: Actor) -> dict[str, Any]:
    at = clock.now()
    shown = show_cut(key, by, at)
    step = NEXT.get(shown.cut.status)
    open_to_me = step is not None and all(may(by, step[1], area, at) for area in shown.cut.grounds)
    words = (NAMED if shown.renames else {}).get(shown.cut.status, step[2] if step else "")
    faults = [fault_words(fault) for fault in shown.faults]
    changed = shown.cut.status in (Status.DRAFT, Status.CHECKED)
    draws = changed and not shown.renames and all(may(by, Verb.AREA_DRAW, area, at) for area in shown.cut.grounds)
    return {"shown": shown, "step": step, "words": words, "draws": draws, "open_to_me": open_to_me, "faults": faults}


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.actor  # type: ignore[attr-defined]
    return by
