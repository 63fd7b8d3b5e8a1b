"""Findings: one's own first, with one's words; then whoever leads reads both and settles them by hand."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from shouwang.core import clock
from shouwang.desk.loading import NotChosen, actor_of
from shouwang.oversight.findings import CAUSES, explain, own_findings, settle, to_hear
from shouwang.oversight.models import Settled
from shouwang.oversight.searching import limits_in_force
from shouwang.people.access import Verb
from shouwang.people.models import Person
from shouwang.people.routes import opens_to


@opens_to(Verb.SHIFT_SIGN, Verb.ROUND_WALK)
@require_GET
def findings(request: HttpRequest) -> HttpResponse:
    limits = limits_in_force()
    own = [(one, CAUSES.get(one.came_from, "")) for one in own_findings(actor_of(request))]
    page = {"own": own, "causes": CAUSES.items(), "limits": limits, "walk_kmh": round(limits.walk_mps * 3.6)}
    return render(request, "desk/lookback/findings.html", page)


@opens_to(Verb.SHIFT_SIGN, Verb.ROUND_WALK)
@require_POST
def words(request: HttpRequest, key: UUID) -> HttpResponse:
    explain(key, request.POST.get("cause", ""), request.POST.get("words", ""), by=actor_of(request), at=clock.now())
    return redirect("desk:findings")


@opens_to(Verb.PAST_HEAR)
@require_GET
def hearings(request: HttpRequest) -> HttpResponse:
    rows = to_hear(actor_of(request), clock.now())
    names = dict(Person.objects.filter(pk__in=[one.person for one in rows]).values_list("pk", "name"))
    waiting = [(one, names.get(one.person, "—"), CAUSES.get(one.came_from, "")) for one in rows]
    return render(request, "desk/lookback/hearings.html", {"waiting": waiting, "outcomes": Settled.choices})


@opens_to(Verb.PAST_HEAR)
@require_POST
def settled(request: HttpRequest, key: UUID) -> HttpResponse:
    outcome = request.POST.get("outcome", "")
    if outcome not in Settled.values:
        raise NotChosen(field="outcome")
    settle(key, outcome, request.POST.get("note", ""), by=actor_of(request), at=clock.now())
    return redirect("desk:hearings")
