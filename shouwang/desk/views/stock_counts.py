"""The monthly count: begun for a kind of an office, seen number by number, explained, closed."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.equipment_forms import kind_of
from shouwang.desk.loading import NotChosen, actor_of
from shouwang.duty.equipment.counting import (
    close_count,
    compared,
    count_seen,
    counts_of,
    explain,
    open_count,
    unsee,
    visible_count,
)
from shouwang.duty.equipment.listing import offices_kept
from shouwang.duty.equipment.serials import serial_of, serials_of
from shouwang.duty.models import EquipmentKind, StockCount
from shouwang.people.access import may
from shouwang.people.models import Person
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb

EXPLAINS = "why:"  # before the number in the name of a field


@opens_to(Verb.EQUIPMENT_READ)
@require_http_methods(["GET", "POST"])
def counts(request: HttpRequest) -> HttpResponse:
    """All counts; a POST begins the one of this month, or opens it again where it was begun."""
    by, at = actor_of(request), clock.now()
    offices = list(offices_kept(by, at))
    if request.method == "POST":
        area = next((one for one in offices if one.code == request.POST.get("area")), None)
        kind = kind_of(request.POST.get("kind", ""))
        if area is None or kind is None:
            raise NotChosen(field="kind")
        return redirect("desk:stock_count", open_count(area=area, kind=kind, by=by, at=at).pk)
    page = {
        "nav": "counts", "offices": offices, "kinds": EquipmentKind.objects.all(),
        "rows": [(one, compared(one) if one.closed_at is None else None) for one in counts_of(by, at)],
    }  # fmt: skip
    return render(request, "desk/equipment/counts.html", page)


@opens_to(Verb.EQUIPMENT_READ)
@require_http_methods(["GET", "POST"])
def count(request: HttpRequest, key: UUID) -> HttpResponse:
    """One count; a POST adds numbers that were seen, takes one back, explains, or closes."""
    by, at = actor_of(request), clock.now()
    row, refused = visible_count(key, by, at), None
    if request.method == "POST":
        try:
            _act(request, row)
            return redirect("desk:stock_count", key)
        except Problem as problem:
            if problem.status in (403, 404):
                raise
            refused = problem
    closer = Person.objects.filter(pk=row.closed_by).first() if row.closed_by else None
    page = {
        "nav": "counts", "count": row, "compared": compared(row), "problem": refused.message if refused else "",
        "keeps": may(by, Verb.EQUIPMENT_KEEP, row.area, at) and row.closed_at is None, "closer": closer,
        "seen": row.seen.order_by("-at", "-id")[:20],
    }  # fmt: skip
    return render(request, "desk/equipment/count.html", page, status=refused.status if refused else 200)


def _act(request: HttpRequest, row: StockCount) -> None:
    by, at, told = actor_of(request), clock.now(), request.POST
    match told.get("act", ""):
        case "see":
            count_seen(row, serials_of(told.get("serials", "")), by=by, at=at)
        case "unsee":
            unsee(row, serial_of(told.get("serial", "")), by=by, at=at)
        case "explain":
            words = {name.removeprefix(EXPLAINS): str(text) for name, text in told.items() if name.startswith(EXPLAINS)}
            explain(row, words, by=by, at=at)
        case "close":
            close_count(row, by=by, at=at)
        case _:
            raise Http404
