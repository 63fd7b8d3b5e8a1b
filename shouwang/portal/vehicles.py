"""My vehicles: declared so that somebody can tell me when one stands open; who asked, and why."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.people.routes import account_holder
from shouwang.portal.account_forms import VehicleForm
from shouwang.portal.asking import holder_of, refuse, resident_in
from shouwang.registry.vehicles import declare_vehicle, own_asks, own_vehicles, say_coming, take_back


@account_holder
@require_http_methods(["GET", "POST"])
def vehicles(request: HttpRequest) -> HttpResponse:
    """The plates, masked, and the calls; POST declares one more."""
    holder_of(request)
    by = resident_in(request)
    form = VehicleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            declare_vehicle(form.cleaned_data["plate"], by=by, at=clock.now())
        except Problem as problem:
            refuse(form, problem)
        else:
            return redirect("portal:vehicles")
    page = {"form": form, "vehicles": own_vehicles(by), "asks": own_asks(by)}
    return render(request, "portal/account/vehicles.html", page, status=422 if form.errors else 200)


@account_holder
@require_POST
def vehicle_end(request: HttpRequest, key: UUID) -> HttpResponse:
    holder_of(request)
    take_back(key, by=resident_in(request), at=clock.now())
    return redirect("portal:vehicles")


@account_holder
@require_POST
def coming(request: HttpRequest, key: UUID) -> HttpResponse:
    holder_of(request)
    say_coming(key, by=resident_in(request), at=clock.now())
    return redirect("portal:vehicles")
