"""Patrol orders: the list, planning one, and one with its people, places, steps and shift sheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from shouwang.connections.sheets.writing import write_csv
from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of
from shouwang.desk.patrols.forms import OrderForm, PointForm, PutOnForm, proposed
from shouwang.desk.patrols.listing import Filters, evening_places
from shouwang.desk.records import say_in
from shouwang.desk.views.staffing import csv_file
from shouwang.journal.timeline import lines_for
from shouwang.patrols import moving
from shouwang.patrols.beat_places import points_to_come
from shouwang.patrols.counting import hours_of_branches, seen_points
from shouwang.patrols.models import Order, Party, State
from shouwang.patrols.nights import tired_of
from shouwang.patrols.ordering import change_order, orders_seen, plan_order
from shouwang.patrols.walking import GRACE, safe_due
from shouwang.patrols.words import PLACE_WINDOWS, POWERS
from shouwang.people.access import NotVisible, may
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb

ON_A_PAGE = 40
STEPS: dict[str, tuple[Callable[..., Order], str]] = {  # name → verb function, what it asks for
    "brief": (moving.brief, ""), "start": (moving.start, ""), "close": (moving.close, ""),
    "review": (moving.review, "learnt"), "take_back": (moving.take_back, "reason"),
    "not_held": (moving.not_held, "reason"),
}  # fmt: skip


@opens_to(Verb.PATROL_READ)
@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """`?show=open|planned|briefed|…|all`, `?kind=`, `?cover=`."""
    by, at, filters = actor_of(request), clock.now(), Filters.read(request.GET)
    asked = request.GET.copy()
    asked.pop("page", None)
    page = {
        "nav": "patrols", "filters": filters, "plans": may(by, Verb.PATROL_ORDER, None, at), "query": asked.urlencode(),
        "page": Paginator(filters.of(by, at), ON_A_PAGE).get_page(request.GET.get("page")),
    }  # fmt: skip
    return render(request, "desk/patrols/orders.html", page)


@opens_to(Verb.PATROL_READ)
@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """What the list shows, whole, for a spreadsheet."""
    by, at = actor_of(request), clock.now()
    headings = [
        pgettext("patrol", "From"), pgettext("patrol", "To"), _("What it is called"), pgettext("patrol", "Ground"),
        _("Beat or sector"), pgettext("patrol", "Sort of patrol"), _("How one goes"), _("Base or overlay"),
        _("Sworn lead"), pgettext("patrol", "People"), pgettext("patrol", "State"),
    ]  # fmt: skip
    rows = (
        (
            local(one.starts_at), local(one.ends_at), one.name, one.ground.name, one.beat.name if one.beat else "",
            one.get_kind_display(), one.get_mode_display(), one.get_cover_display(), one.lead.name,
            getattr(one, "n_people", 0), one.get_state_display(),
        )
        for one in Filters.read(request.GET).of(by, at)
    )  # fmt: skip
    return csv_file(f"patrols-{clock.local_date(at)}.csv", write_csv(headings, rows))


def local(at: Any) -> str:
    return f"{at.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}"


@opens_to(Verb.PATROL_ORDER)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """`?place=road|shops|…`: the usual hours of such a place are proposed."""
    by, at, place = actor_of(request), clock.now(), request.GET.get("place", "")
    form, status = OrderForm(request.POST or None, by=by, at=at, initial=proposed(place, at)), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return redirect("desk:patrol", key=plan_order(form.plan(), by=by, at=at).pk)
            except Problem as problem:
                status = say_in(form, problem)
    page = {
        "nav": "patrols", "form": form, "windows": PLACE_WINDOWS.items(), "place": place,
        "evenings": evening_places(by, at),
    }  # fmt: skip
    return render(request, "desk/patrols/new.html", page, status=status)


@opens_to(Verb.PATROL_ORDER)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change what is planned; whoever changed it meanwhile is named."""
    by, at, row = actor_of(request), clock.now(), visible_order(request, key)
    said = {name: getattr(row, name) for name in ("name", "kind", "mode", "channel", "task", "risk")}
    said |= {"starts_at": row.starts_at.astimezone(clock.SHANGHAI), "ends_at": row.ends_at.astimezone(clock.SHANGHAI),
             "ground": row.ground_id, "beat": row.beat_id, "lead": row.lead_id}  # fmt: skip
    form, status = OrderForm(request.POST or None, by=by, at=at, order=row, initial=said), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                change_order(row, form.plan(), seen=version_in(request), by=by, at=at)
                return redirect("desk:patrol", key=key)
            except Problem as problem:
                status = say_in(form, problem)
                row.refresh_from_db()
    page = {"nav": "patrols", "form": form, "row": row}
    return render(request, "desk/patrols/edit.html", page, status=status)


@opens_to(Verb.PATROL_READ)
@require_GET
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    return order_page(request, visible_order(request, key))


@opens_to(Verb.PATROL_READ)
@require_GET
def sheet(request: HttpRequest, key: UUID) -> HttpResponse:
    """The shift sheet on paper: who leads, who may do what, which places."""
    row = visible_order(request, key)
    page = {"nav": "patrols", "row": row, "at": clock.now(), **crew_of(row), "points": row.points.order_by("place")}
    return render(request, "desk/patrols/sheet.html", page)


@opens_to(Verb.PATROL_READ)
@require_POST
def step(request: HttpRequest, key: UUID, name: str) -> HttpResponse:
    """Take one step; what was wrong stands on the page."""
    row = visible_order(request, key)
    if name not in STEPS:
        raise Http404
    take, asks = STEPS[name]
    given = {asks: request.POST.get(asks, "")} if asks else {}
    try:
        take(row, **given, seen=version_in(request), by=actor_of(request), at=clock.now())
    except Problem as problem:
        if problem.status == 404:
            raise
        return order_page(request, visible_order(request, key), problem)
    return redirect("desk:patrol", key=key)


def version_in(request: HttpRequest) -> int:
    try:
        return int(request.POST.get("version", ""))
    except ValueError:
        return 0


def visible_order(request: HttpRequest, key: UUID) -> Order:
    """Raises NotVisible"""
    rows = orders_seen(actor_of(request), clock.now()).select_related("ground", "beat", "lead", "series", "changed_by")
    row = rows.filter(pk=key).first()
    if row is None:
        raise NotVisible
    return row


def crew_of(row: Order) -> dict[str, Any]:
    """The shifts with who is on them, and the powers of the parties that take part."""
    related = ("slots__person", "slots__partner", "slots__unit", "slots__buddy__person", "slots__buddy__partner",
               "slots__covers")  # fmt: skip
    legs = list(row.legs.order_by("place").prefetch_related(*related))
    parties = {slot.party for leg in legs for slot in leg.slots.all()}
    crews = [(leg, sorted(leg.slots.all(), key=lambda one: (not one.heads, not one.sworn, one.name))) for leg in legs]
    return {"legs": crews, "powers": [(Party(one).label, POWERS[one]) for one in Party.values if one in parties]}


def order_page(
    request: HttpRequest, row: Order, problem: Problem | None = None, forms: dict[str, Any] | None = None
) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    orders_it = may(by, Verb.PATROL_ORDER, row, at)
    marks = seen_points(row)
    every = [one for of in marks.values() for one in of]
    crews = crew_of(row)
    out = [(leg, [(slot, due, bool(due and at > due + GRACE)) for slot in slots for due in [safe_due(slot, every, at)]])
           for leg, slots in _with_order(crews["legs"], row)]  # fmt: skip
    page: dict[str, Any] = {
        "nav": "patrols", "row": row, "at": at, "problem": problem, "orders": orders_it, "tired": tired_of(row),
        "powers": crews["powers"], "legs": out, "history": lines_for(row, get_language() or "zh-hans")[::-1],
        "points": [(point, marks.get(point.pk, [])) for point in row.points.order_by("place")],
        "reviews": row.state == State.CLOSED and may(by, Verb.PATROL_REVIEW, row, at),
        "plans": orders_it and row.state in (State.PLANNED, State.BRIEFED, State.ON_DUTY),
        "branches": hours_of_branches(row, at), "n_marks": len(every), "by": by,
        "pauses": row.pauses.select_related("unit", "matter").order_by("-began_at"),
        "n_of_beat": len(points_to_come(row)) if orders_it else 0,
        "back": orders_it and row.state in moving.BACK,
    }  # fmt: skip
    if page["plans"]:
        page["put_form"] = PutOnForm(by=by, at=at, order=row)
        page["point_form"] = PointForm() if row.state != State.ON_DUTY else None
    return render(
        request,
        "desk/patrols/one.html",
        page | (forms or {}),
        status=problem.status if problem else 422 if forms else 200,
    )


def _with_order(legs: list[Any], row: Order) -> list[Any]:
    for leg, slots in legs:
        leg.order = row
        for slot in slots:
            slot.leg = leg
    return legs
