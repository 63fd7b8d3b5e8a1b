"""Sweeps over premises: planning one, and looking at each by its list."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of, key_in
from shouwang.desk.sweep_forms import SweepForm
from shouwang.kinds.hazard.checklists import CHECKLISTS
from shouwang.kinds.hazard.models import Premises
from shouwang.kinds.hazard.publishing import publish_by
from shouwang.kinds.hazard.sweeping import look_at, plan_sweep, sweeps_of
from shouwang.people.access import may, spans, within
from shouwang.people.models import Person
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.places.models import Area
from shouwang.rounds.planning import walkers_for

SHOWN = 60
MOST_PREMISES = 500


@opens_to(Verb.MATTER_READ)
@require_GET
def sweeps(request: HttpRequest) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    page = {"nav": "safety", "sweeps": sweeps_of(by, at)[:SHOWN], "plans": may(by, Verb.MATTER_OPEN, None, at),
            "today": clock.local_date(at)}  # fmt: skip
    return render(request, "desk/walking/sweeps.html", page)


@opens_to(Verb.MATTER_OPEN)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A sweep over the ground of one's post; premises of the register come by themselves."""
    by, at = actor_of(request), clock.now()
    form = SweepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        area = Area.objects.filter(within(spans(by, Verb.MATTER_OPEN, at))).order_by("duty_path")[:1].get()
        try:
            row = plan_sweep(**form.cleaned_data, area=area, by=by, at=at)
            return redirect("desk:sweep", key=row.pk)
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    page = {
        "form": form, "title": _("Plan a sweep"), "nav": "safety", "back": reverse("desk:sweeps"),
        "lead": _("Premises of these kinds are taken from the register; others are typed in, one a line."),
    }  # fmt: skip
    return render(request, "desk/walking/form.html", page, status=422 if form.errors else 200)


@opens_to(Verb.MATTER_READ)
@require_GET
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """Its premises: those still to be looked at first."""
    by, at = actor_of(request), clock.now()
    row = get_object_or_404(sweeps_of(by, at), pk=key)
    declared = CHECKLISTS[row.checklist]
    premises = list(row.premises.select_related("sweep").order_by("seen_at", "place_text", "name")[:MOST_PREMISES])
    seen_by = {who for place in premises for who in (place.seen_by, place.seen_with) if who}
    names: dict[UUID | None, str] = dict(Person.objects.filter(pk__in=seen_by).values_list("pk", "name"))
    page = {
        "nav": "safety", "sweep": row, "declared": declared, "works": may(by, Verb.MATTER_OPEN, row, at),
        "closes": may(by, Verb.MATTER_CLOSE, row, at),
        "waiting": [place for place in premises if place.seen_at is None],
        "seen": [
            (place, [declared.items[name].label for name in place.lacking], names.get(place.seen_by),
             names.get(place.seen_with), publish_by(place)) for place in premises if place.seen_at
        ],
        "mates": [mate for mate in walkers_for(by, at) if mate.pk != by.person_id] if declared.by_two else [],
    }  # fmt: skip
    return render(request, "desk/walking/sweep.html", page)


@opens_to(Verb.MATTER_OPEN)
@require_POST
def look(request: HttpRequest, key: UUID, place: UUID) -> HttpResponse:
    """What was lacking at one place; nothing ticked is all in order."""
    by, at = actor_of(request), clock.now()
    row = get_object_or_404(sweeps_of(by, at), pk=key)
    premises = get_object_or_404(Premises, sweep=row, pk=place)
    mate = key_in(request, "seen_with") if request.POST.get("seen_with") else None
    look_at(premises=premises, lacking=request.POST.getlist("lacking"), seen_with=mate, by=by, at=at)
    return redirect("desk:sweep", key=key)
