"""Drawing borders on the map or by typed places. Nothing is kept before it is laid down as a draft."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from shouwang.core import clock
from shouwang.core.geo import bounds_of
from shouwang.core.problem import Problem
from shouwang.desk import borders as drawing_board
from shouwang.desk.borders import Drawing
from shouwang.desk.loading import actor_of
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.places.models import Area
from shouwang.territory.editing import lay_down
from shouwang.territory.faults import fault_words

MOST_BYTES = 4_000_000


@opens_to(Verb.AREA_DRAW)
@require_http_methods(["GET", "POST"])
def borders(request: HttpRequest, code: str) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    area = drawing_board.area_to_draw(code, by, at)
    if request.method == "POST":
        return _act(request, area)
    drawing = drawing_board.begin(area, _key(request.GET.get("cut", "")), by=by, at=at)
    return _page(request, drawing)


def _act(request: HttpRequest, area: Area) -> HttpResponse:
    """The drawing after one act; refused acts leave it as it was."""
    by, at = actor_of(request), clock.now()
    told = {name: str(value) for name, value in request.POST.items()}
    if "file" in request.FILES:
        told["brought"] = request.FILES["file"].read(MOST_BYTES).decode("utf-8", "replace")  # type: ignore[union-attr]
    act = "nudge" if "nudge" in told else told.get("act", "look")
    if act != "save" and act not in drawing_board.ACTS:
        raise Http404
    drawing = drawing_board.go_on(area, told, at)
    try:
        if act == "save":
            cut = lay_down(drawing.cells, area, instead_of=drawing.cut, by=by, at=at)
            return _gone_to(request, reverse("territory:cut", args=[cut.key]))
        drawing = drawing_board.change(drawing, act, told)
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        return _page(request, drawing_board.looked_over(drawing, at), problem.message, 422)
    return _page(request, drawing_board.looked_over(drawing, at))


def _page(request: HttpRequest, drawing: Drawing, problem: object = "", status: int = 200) -> HttpResponse:
    faults = [(n, *fault_words(one)) for n, one in enumerate(drawing.faults, start=1)]
    border = drawing.ground.border or (drawing.cells[0] if drawing.cells else None)
    page = {"drawing": drawing, "faults": faults, "problem": problem,
            "bounds": bounds_of(border.boundary) if border else None}  # fmt: skip
    template = "desk/_borders.html" if request.headers.get("HX-Request") else "desk/borders.html"
    return render(request, template, page, status=status)


def _gone_to(request: HttpRequest, address: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def _key(said: str) -> UUID | None:
    try:
        return UUID(said) if said else None
    except ValueError:
        raise Http404 from None
