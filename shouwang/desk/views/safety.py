"""Hazards and things with a date on one's ground: what is open, what falls due, and noting more of either."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of
from shouwang.desk.own import noted_by
from shouwang.desk.safety_forms import HazardForm, ItemForm, PlacedForm
from shouwang.kinds.hazard.items import SOON_DAYS, check_item, due_counts, items_of, note_item, take_away, tell_owner
from shouwang.kinds.hazard.words import SUBKINDS
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.people.access import may
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb

SHOWN = 200
ACTS: dict[str, Callable[..., object]] = {"check": check_item, "take-away": take_away, "tell": tell_owner}


@opens_to(Verb.MATTER_READ, Verb.HAZARD_NOTE)
@require_GET
def safety(request: HttpRequest) -> HttpResponse:
    """`?days=30|60|90`: only what falls due within so many days. Who may only note sees what he noted."""
    by, at = actor_of(request), clock.now()
    asked = request.GET.get("days", "")
    days = int(asked) if asked in map(str, SOON_DAYS) else None
    hazards = Matter.objects.visible_to(by, at).filter(kind="hazard", closed_at__isnull=True)
    rows = hazards.select_related("responsible__person").order_by("due_at", "opened_at")[:SHOWN]
    page = {
        "hazards": [(row, SUBKINDS[row.subkind].label) for row in rows],
        "items": items_of(by, at, within_days=days)[:SHOWN],
        "counts": due_counts(by, at),
        "days": days,
        "at": at,
        "nav": "safety",
        "reads": may(by, Verb.MATTER_READ, None, at),
        "own": noted_by(by, at, ("hazard",)),
    }
    return render(request, "desk/safety.html", page)


@opens_to(Verb.HAZARD_NOTE)
@require_http_methods(["GET", "POST"])
def hazard(request: HttpRequest) -> HttpResponse:
    """Note a hazard that somebody saw."""
    form = HazardForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.place is not None:
        given = form.cleaned_data
        try:
            row = open_matter(
                kind="hazard", by=actor_of(request), at=clock.now(), subkind=given["subkind"],
                urgency=given["urgency"], gist=given["gist"], channel="own_find", place_text=form.place.full_text,
                point=(form.place.lon, form.place.lat), verb=Verb.HAZARD_NOTE,
            )  # fmt: skip
            reads = may(actor_of(request), Verb.MATTER_READ, row, clock.now())
            return redirect("desk:matter", key=row.pk) if reads else redirect("desk:safety")
        except Problem as problem:
            _tell(form, problem)
    return render(request, "desk/safety_new.html", {"form": form, "what": "hazard"}, status=_status(form))


@opens_to(Verb.MATTER_OPEN)
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest) -> HttpResponse:
    """Note a thing with a date."""
    form = ItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.place is not None:
        given = form.cleaned_data
        try:
            note_item(
                sort=given["sort"], premises=given["premises"], place_text=form.place.full_text,
                point=(form.place.lon, form.place.lat), made_on=given["made_on"], by=actor_of(request),
                at=clock.now(),
            )  # fmt: skip
            return redirect("desk:safety")
        except Problem as problem:
            _tell(form, problem)
    return render(request, "desk/safety_new.html", {"form": form, "what": "item"}, status=_status(form))


@opens_to(Verb.MATTER_WORK)
@require_POST
def act(request: HttpRequest, key: UUID, name: str) -> HttpResponse:
    """Looked at and in order, not there any more, or whoever runs the premises gets notice, to be printed."""
    by, at = actor_of(request), clock.now()
    row = items_of(by, at).filter(pk=key).first()
    if row is None or name not in ACTS:
        raise Http404
    done = ACTS[name](item=row, by=by, at=at)
    if name == "tell":
        return render(request, "desk/walking/item_notice.html", {"nav": "safety", "item": done})
    return redirect("desk:safety")


def _tell(form: PlacedForm, problem: Problem) -> None:
    field = {"point": "place_text"}.get(problem.field or "", problem.field)
    form.add_error(field if field in form.fields else None, problem.message)


def _status(form: PlacedForm) -> int:
    return 422 if form.errors else 200
