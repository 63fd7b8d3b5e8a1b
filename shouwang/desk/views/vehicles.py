"""A vehicle stands open: have its owner told; what was asked of late, and where and when it happens."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of
from shouwang.desk.records import say_in
from shouwang.desk.vehicle_forms import CallForm
from shouwang.evidence.keeping import keep_evidence
from shouwang.kinds.vehicle.calling import call_owner, calls_of, counts, state_of
from shouwang.people.access import may
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.registry.models.vehicle import VehicleReason


@opens_to(Verb.MATTER_READ)
@require_http_methods(["GET", "POST"])
def vehicles(request: HttpRequest) -> HttpResponse:
    """GET: the form, the calls of 30 days, the counts of 90. POST has an owner told."""
    by, at = actor_of(request), clock.now()
    form = CallForm(request.POST or None, request.FILES or None, initial={"reason": VehicleReason.UNLOCKED})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and form.place is not None:
            given, place = form.cleaned_data, form.place
            try:
                called = call_owner(
                    plate=given["plate"], reason=given["reason"], place_text=place.full_text,
                    point=(place.lon, place.lat), by=by, at=at,
                )  # fmt: skip
                if given["photo"]:
                    keep_evidence(given["photo"], matter=called.matter.pk, by=by, at=at)
            except Problem as problem:
                status = say_in(form, problem)
            else:
                told = "yes" if called.declared else "no"
                return redirect(f"{reverse('desk:vehicles')}?told={told}&matter={called.matter.pk}")
    asked = calls_of(by, at)
    matters = state_of([one.matter for one in asked])
    page = {
        "form": form, "calls": [(one, matters.get(one.matter)) for one in asked], "counts": counts(by, at),
        "opens": may(by, Verb.MATTER_OPEN, None, at), "told": request.GET.get("told", ""),
    }  # fmt: skip
    return render(request, "desk/vehicles.html", page, status=status)
