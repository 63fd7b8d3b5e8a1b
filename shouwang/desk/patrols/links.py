"""Linked squads: who supports which station, when, and who commands there."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of, key_in
from shouwang.desk.patrols.other_forms import LinkForm
from shouwang.desk.records import say_in
from shouwang.patrols.linking import give_command, link_squad, links_seen
from shouwang.patrols.ordering import leads_for
from shouwang.people.access import NotVisible, may
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb

SHOWN = 60


@opens_to(Verb.PATROL_READ)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    plans = may(by, Verb.PATROL_ORDER, None, at)
    rows = links_seen(by, at).select_related("squad", "station").prefetch_related("commands__person")[:SHOWN]
    page = {
        "nav": "links", "problem": problem, "plans": plans, "leads": leads_for(by, at) if plans else [],
        "rows": [
            (row, next((one for one in row.commands.all() if one.until is None), None),
             row.during.lower <= at < row.during.upper, at < row.during.upper and may(by, Verb.PATROL_ORDER, row, at))
            for row in rows
        ],
    }  # fmt: skip
    return render(request, "desk/patrols/links.html", page, status=problem.status if problem else 200)


@opens_to(Verb.PATROL_ORDER)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    form, status = LinkForm(request.POST or None, by=by, at=at), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            try:
                link_squad(
                    form.squads[said["squad"]], form.stations[said["station"]], (said["starts_at"], said["ends_at"]),
                    commander=form.commanders[said["commander"]], channel=said["channel"], by=by, at=at,
                )  # fmt: skip
                return redirect("desk:patrol_links")
            except Problem as problem:
                status = say_in(form, problem)
    return render(request, "desk/patrols/link_new.html", {"nav": "links", "form": form}, status=status)


@opens_to(Verb.PATROL_ORDER)
@require_POST
def command(request: HttpRequest, key: UUID) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    row = links_seen(by, at).filter(pk=key).first()
    person = leads_for(by, at).filter(pk=key_in(request, "commander")).first()
    if row is None or person is None:
        raise NotVisible
    try:
        give_command(row, person, by=by, at=at)
    except Problem as problem:
        return _page(request, problem)
    return redirect("desk:patrol_links")
