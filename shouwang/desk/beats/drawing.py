"""Drawing a stretch or a surface of a beat on the map."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from shouwang.beats import targeting
from shouwang.beats.forms import CornersForm
from shouwang.beats.mapping import bounds_of_layers
from shouwang.beats.seeing import visible_beats
from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.beats.pages import drawn
from shouwang.desk.borders import places_of
from shouwang.desk.loading import actor_of
from shouwang.desk.records import say_in
from shouwang.people.access import NotAllowed, NotVisible
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb


@opens_to(Verb.ROSTER_WRITE)
@require_http_methods(["GET", "POST"])
def draw(request: HttpRequest, key: UUID) -> HttpResponse:
    """A stretch, or with `?as=surface` a surface; a click on the map is a corner, and so is a typed line."""
    by, at = actor_of(request), clock.now()
    row = get_object_or_404(visible_beats(by, at), pk=key)
    surface = request.GET.get("as") == "surface"
    form, status = CornersForm(request.POST or None, auto_id="%s"), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            add = targeting.add_surface if surface else targeting.add_stretch
            try:
                add(row, form.cleaned_data["name"], places_of(form.cleaned_data["corners"]), by=by, at=at)
                return redirect("desk:beat", row.pk)
            except NotVisible:  # he sees it from below, and it is another's to change
                raise NotAllowed from None
            except Problem as problem:
                if problem.status in (403, 404):
                    raise
                status = say_in(form, problem)
    layers = drawn(row, at)
    page = {"beat": row, "form": form, "surface": surface, "layers": layers, "bounds": bounds_of_layers(layers),
            "current": "beats"}  # fmt: skip
    return render(request, "beats/draw.html", page, status=status)
