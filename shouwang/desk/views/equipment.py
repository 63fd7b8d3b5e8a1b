"""The equipment ledger at the desk: the list and its sums, acts on scanned numbers, one thing, kinds, the file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shouwang.connections.sheets.writing import write_csv
from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.equipment_forms import HandleForm, ItemForm, KindForm, NarrowForm, kind_of
from shouwang.desk.loading import actor_of
from shouwang.desk.records import say_in
from shouwang.duty.equipment.acts import LINE_LABELS, open_to
from shouwang.duty.equipment.handling import SomeCannot, handle_items
from shouwang.duty.equipment.keeping import Wanted, keep_kind, take_in
from shouwang.duty.equipment.listing import item_seen, ledger, offices_kept, sums
from shouwang.duty.equipment.serials import serials_of
from shouwang.duty.models import Item, ItemState
from shouwang.people.access import may, spans, within
from shouwang.people.models import Person
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.places.models import Area

ON_A_PAGE = 50


@opens_to(Verb.EQUIPMENT_READ)
@require_safe
def equipment(request: HttpRequest) -> HttpResponse:
    """The ledger, narrowed by the address."""
    return _ledger(request)


@opens_to(Verb.EQUIPMENT_KEEP)
@require_POST
def acts(request: HttpRequest) -> HttpResponse:
    """One act on all the numbers that were scanned: all of them, or none."""
    by, at = actor_of(request), clock.now()
    form = HandleForm(request.POST, by=by, at=at)
    if not form.is_valid():
        return _ledger(request, form, status=422)
    try:
        done = handle_items(
            form.cleaned_data["act"], serials_of(form.cleaned_data["serials"]), form.given(), by=by, at=at
        )
    except SomeCannot as refused:
        return _ledger(request, form, status=say_in(form, refused), refusals=refused.refusals)
    except Problem as problem:
        return _ledger(request, form, status=say_in(form, problem))
    back = item_seen(done[0].pk, by, at) if request.POST.get("back") == "item" else None
    return redirect(
        f"{reverse('desk:equipment_item', args=[back.pk]) if back else reverse('desk:equipment')}?done={len(done)}"
    )


def _ledger(
    request: HttpRequest, form: HandleForm | None = None, *, status: int = 200, refusals: Any = ()
) -> HttpResponse:  # fmt: skip
    by, at = actor_of(request), clock.now()
    narrow = _narrow(request)
    keeps = bool(spans(by, Verb.EQUIPMENT_KEEP, at))
    asked = request.GET.copy()
    for name in ("page", "done"):
        asked.pop(name, None)
    page = {
        "nav": "ledger", "narrow": narrow, "query": asked.urlencode(), "sums": sums(by, at),
        "states": ItemState.labels, "keeps": keeps, "refusals": refusals, "today": clock.local_date(at),
        "page": Paginator(ledger(by, at, narrow.narrowing()), ON_A_PAGE).get_page(request.GET.get("page")),
        "form": (form or HandleForm(by=by, at=at)) if keeps else None, "done": done_of(request),
    }  # fmt: skip
    return render(request, "desk/equipment/ledger.html", page, status=status)


def done_of(request: HttpRequest) -> int:
    """How many things the act before this page was done with."""
    told = request.GET.get("done", "")
    return int(told) if told.isdecimal() and len(told) < 6 else 0


def _narrow(request: HttpRequest) -> NarrowForm:
    by, at = actor_of(request), clock.now()
    homes = Item.objects.filter(within(spans(by, Verb.EQUIPMENT_READ, at))).values("home")
    form = NarrowForm(request.GET, offices=list(Area.objects.filter(pk__in=homes).order_by("duty_path")))
    form.is_valid()
    return form


@opens_to(Verb.EQUIPMENT_READ)
@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """What the page shows, whole, for a spreadsheet."""
    by, at = actor_of(request), clock.now()
    headings = [
        _("Number"), pgettext("equipment", "Kind"), _("Model"), pgettext("equipment", "Size"),
        pgettext("equipment", "Standing"), pgettext("equipment", "With whom"), pgettext("equipment", "Since"),
        pgettext("equipment", "Office"), _("Terminal number"), _("Battery, percent"), _("Expires on"),
        _("Last tested on"),
    ]  # fmt: skip
    rows = (
        (
            one.serial, one.kind.name, one.model, one.size, one.get_state_display(), one.with_whom,
            clock.local_date(one.since), one.home.name, one.terminal,
            "" if one.battery_pct is None else one.battery_pct, one.expires_on or "", one.tested_on or "",
        )
        for one in ledger(by, at, _narrow(request).narrowing())
    )  # fmt: skip
    name = f"equipment-{clock.local_date(at)}.csv"
    told = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(write_csv(headings, rows), content_type="text/csv; charset=utf-8", headers=told)


@opens_to(Verb.EQUIPMENT_READ)
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, key: UUID) -> HttpResponse:
    """One thing: what stands of it, every line of its history, what can be done. A POST corrects it."""
    by, at = actor_of(request), clock.now()
    row = item_seen(key, by, at)
    keeps = may(by, Verb.EQUIPMENT_KEEP, row, at)
    told = {name: getattr(row, name) for name in ("serial", "kind", "home", "model", "size", "terminal")}
    told |= {"expires_on": row.expires_on, "tested_on": row.tested_on}
    form = ItemForm(request.POST or None, initial=told, by=by, at=at)
    form.fields["serial"].disabled = True
    status = 200
    if request.method == "POST":
        status = _take(form, request)
        if status == 302:
            return redirect("desk:equipment_item", key)
    lines = list(row.lines.select_related("holder", "unit", "shift__unit").order_by("-at", "-id")[:200])
    names = dict(Person.objects.filter(pk__in=[one.by for one in lines]).values_list("pk", "name"))
    page = {
        "nav": "ledger", "item": row, "form": form if keeps else None, "today": clock.local_date(at),
        "lines": [(one, LINE_LABELS.get(one.act, one.act), names.get(one.by, "") if one.by else "") for one in lines],
        "acts": open_to(row.state).items() if keeps else [],
        "handle": HandleForm(by=by, at=at) if keeps else None, "done": done_of(request),
    }  # fmt: skip
    return render(request, "desk/equipment/item.html", page, status=status)


@opens_to(Verb.EQUIPMENT_KEEP)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """One more thing into stock; many come by sheet."""
    by, at = actor_of(request), clock.now()
    form = ItemForm(request.POST or None, by=by, at=at, initial={"home": offices_kept(by, at).first()})
    status = 200
    if request.method == "POST":
        status = _take(form, request)
        if status == 302:
            serial = take_serial(form)
            return redirect("desk:equipment_item", Item.objects.get(serial=serial).pk)
    return render(request, "desk/equipment/new.html", {"nav": "ledger", "form": form}, status=status)


def take_serial(form: ItemForm) -> str:
    return Wanted(**form.cleaned_data).tidied().serial


def _take(form: ItemForm, request: HttpRequest) -> int:
    """302 when it stands in the ledger."""
    if not form.is_valid():
        return 422
    try:
        take_in([Wanted(**form.cleaned_data)], by=actor_of(request), at=clock.now())
    except Problem as problem:
        return say_in(form, problem)
    return 302


@opens_to(Verb.EQUIPMENT_READ)
@require_http_methods(["GET", "POST"])
def kinds(request: HttpRequest) -> HttpResponse:
    """What the town counts by itself, and how many there ought to be."""
    by, at = actor_of(request), clock.now()
    kind = kind_of(request.GET.get("kind", ""))
    told = {"name": kind.name, "form": kind.form, "planned": kind.planned} if kind else {}
    form, status = KindForm(request.POST or None, initial=told), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                keep_kind(**form.cleaned_data, kind=kind, by=by, at=at)
            except Problem as problem:
                status = say_in(form, problem)
            else:
                return redirect("desk:equipment_kinds")
    page = {"nav": "kinds", "sums": sums(by, at), "kind": kind, "form": form}
    keeps = bool(spans(by, Verb.EQUIPMENT_KEEP, at))
    return render(request, "desk/equipment/kinds.html", page | {"keeps": keeps}, status=status)
