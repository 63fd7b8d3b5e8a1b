"""Visits on one's ground: who is due, in the order in which they are, and the wishes behind them. Nobody is named."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of
from shouwang.desk.visit_forms import WishForm
from shouwang.kinds.visit.wishes import note_wish, revoke_wish, wishes_of
from shouwang.kinds.visit.words import SUBKINDS
from shouwang.matters.intake import Told
from shouwang.matters.models import Matter
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb

SHOWN = 200


@opens_to(Verb.MATTER_READ)
@require_GET
def visits(request: HttpRequest) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    rows = Matter.objects.visible_to(by, at).filter(kind="visit", closed_at__isnull=True)
    due = rows.select_related("responsible__person").order_by("due_at", "opened_at")[:SHOWN]
    page = {"due": [(row, SUBKINDS[row.subkind].label) for row in due], "wishes": wishes_of(by, at)[:SHOWN], "at": at}
    return render(request, "desk/visits.html", page)


@opens_to(Verb.MATTER_OPEN)
@require_http_methods(["GET", "POST"])
def wish(request: HttpRequest) -> HttpResponse:
    """Note a wish; its code is shown once, to be told to the person."""
    form = WishForm(request.POST or None)
    page: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid() and form.place is not None:
        given = form.cleaned_data
        try:
            _row, page["code"] = note_wish(
                told=Told(name=given["name"], number=given["number"]), need=given["need"],
                every_days=given["every_days"], ends_on=given["ends_on"], place_text=form.place.full_text,
                point=(form.place.lon, form.place.lat), by=actor_of(request), at=clock.now(),
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
