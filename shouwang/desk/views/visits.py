"""Visits on one's ground: what is due, the wishes behind it, visits by appointment, and the device ledger."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of
from shouwang.desk.visit_forms import DeviceForm, VisitForm, WishForm
from shouwang.kinds.visit import kit
from shouwang.kinds.visit.counting import days_of
from shouwang.kinds.visit.wishes import ask_for_visit, note_wish, revoke_wish, wishes_of
from shouwang.kinds.visit.words import SUBKINDS, WITH_DEVICE
from shouwang.matters.intake import Told
from shouwang.matters.models import Matter
from shouwang.people.access import may, spans, within
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.places.models import Area

SHOWN = 200


@opens_to(Verb.MATTER_READ)
@require_GET
def visits(request: HttpRequest) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    rows = Matter.objects.visible_to(by, at).filter(kind="visit", closed_at__isnull=True)
    due = rows.select_related("responsible__person").order_by("due_at", "opened_at")[:SHOWN]
    page = {
        "nav": "visits", "at": at, "due": [(row, SUBKINDS[row.subkind].label) for row in due],
        "wishes": wishes_of(by, at)[:SHOWN], "counts": days_of(by, at) if may(by, Verb.FIGURES_READ, None, at) else [],
    }  # fmt: skip
    return render(request, "desk/visits.html", page)


@opens_to(Verb.MATTER_OPEN)
@require_http_methods(["GET", "POST"])
def wish(request: HttpRequest) -> HttpResponse:
    """Note a wish; its code is shown once, to be told to the person."""
    form = WishForm(request.POST or None)
    page: dict[str, object] = {"form": form, "nav": "visits"}
    if request.method == "POST" and form.is_valid() and form.place is not None:
        given = form.cleaned_data
        try:
            _row, page["code"] = note_wish(
                told=Told(name=given["name"], number=given["number"]), need=given["need"],
                every_days=given["every_days"], ends_on=given["ends_on"], place_text=form.place.full_text,
                point=(form.place.lon, form.place.lat), at_home=form.at_home, by=actor_of(request), at=clock.now(),
            )  # fmt: skip
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    return render(request, "desk/wish.html", page, status=422 if form.errors else 200)


@opens_to(Verb.MATTER_WORK)
@require_POST
def end(request: HttpRequest, key: UUID) -> HttpResponse:
    """The person does not want it any more."""
    by, at = actor_of(request), clock.now()
    row = wishes_of(by, at).filter(pk=key).first()
    if row is None:
        raise Http404
    revoke_wish(wish=row, by=by, at=at)
    return redirect("desk:visits")


@opens_to(Verb.MATTER_OPEN)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Somebody asks to be served at home; the code is shown once, then the visit is booked on its page."""
    form = VisitForm(request.POST or None)
    page: dict[str, object] = {"form": form, "nav": "visits"}
    if request.method == "POST" and form.is_valid() and form.place is not None:
        given = form.cleaned_data
        try:
            page["visit"], page["code"] = ask_for_visit(
                told=Told(name=given["name"], number=given["number"]), subkind=given["subkind"],
                why_at_home=given["why_at_home"], place_text=form.place.full_text,
                point=(form.place.lon, form.place.lat), at_home=form.at_home, by=actor_of(request), at=clock.now(),
            )  # fmt: skip
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    return render(request, "desk/wish.html", page, status=422 if form.errors else 200)


@opens_to(Verb.MATTER_READ)
@require_GET
def devices(request: HttpRequest) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    listed = kit.devices_of(by, at)
    page = {
        "nav": "visits", "devices": listed, "ledger": kit.ledger(listed), "booked": _booked(request),
        "may_list": may(by, Verb.UNIT_MANAGE, None, at),
    }  # fmt: skip
    return render(request, "desk/walking/devices.html", page)


@opens_to(Verb.UNIT_MANAGE)
@require_http_methods(["GET", "POST"])
def device(request: HttpRequest) -> HttpResponse:
    """List a device of one's office."""
    form, by, at = DeviceForm(request.POST or None), actor_of(request), clock.now()
    if request.method == "POST" and form.is_valid():
        office = Area.objects.filter(within(spans(by, Verb.UNIT_MANAGE, at))).order_by("duty_path").first()
        if office is None:
            raise Http404
        try:
            kit.note_device(**form.cleaned_data, area=office, by=by, at=at)
            return redirect("desk:devices")
        except Problem as problem:
            form.add_error(problem.field, problem.message)
    page = {"form": form, "title": _("List a device"), "nav": "visits", "back": reverse("desk:devices")}
    return render(request, "desk/walking/form.html", page, status=422 if form.errors else 200)


@opens_to(Verb.MATTER_WORK)
@require_POST
def device_act(request: HttpRequest, key: UUID, name: str) -> HttpResponse:
    """Out for a booked visit, or back with nothing on it."""
    by, at = actor_of(request), clock.now()
    row = get_object_or_404(kit.devices_of(by, at), pk=key)
    if name == "out":
        visit = next((one for one in _booked(request) if str(one.pk) == request.POST.get("visit")), None)
        if visit is None:
            raise Http404
        kit.take_out(device=row, matter=visit, by=by, at=at)
    elif name == "back":
        kit.bring_back(device=row, emptied="emptied" in request.POST, by=by, at=at)
    else:
        raise Http404
    return redirect("desk:devices")


def _booked(request: HttpRequest) -> list[Matter]:
    """Visits that are booked and need a device."""
    seen = Matter.objects.visible_to(actor_of(request), clock.now())
    return list(seen.filter(kind="visit", state="booked", subkind__in=WITH_DEVICE).order_by("opened_at")[:SHOWN])
