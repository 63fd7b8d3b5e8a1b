"""One unit: the token its phone or tracker reports with, its shifts, and where it was, asked for with a reason."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from shouwang.core import clock
from shouwang.desk.loading import actor_of, key_in, visible_unit
from shouwang.desk.narrowing import narrowed_to
from shouwang.desk.tracks import KEPT, stretch_of, track_of
from shouwang.duty.models import Shift, Unit
from shouwang.duty.units import units_seen_by
from shouwang.people.access import NotVisible, may, spans, within
from shouwang.people.models import Grant
from shouwang.people.models.grant import GrantKind
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.people.views.proving import qr
from shouwang.places.loading import road_graph
from shouwang.tracking.tokens import give_token, take_tokens_back
from shouwang.tracking.tracks import PURPOSES, read_track

SHIFTS = 30


@opens_to(Verb.UNIT_TRACK)
@require_GET
def crews(request: HttpRequest) -> HttpResponse:
    """Every unit of the ground; `?area=` those of a part of it."""
    by, at = actor_of(request), clock.now()
    only = narrowed_to(by, at, request.GET.get("area", ""))
    units = [unit for unit in units_seen_by(by, at) if may(by, Verb.UNIT_TRACK, unit, at)]
    units = [unit for unit in units if only is None or unit.duty_path.startswith(only.duty_path)]
    live = Grant.objects.filter(
        kind=GrantKind.UNIT, subject__in=[unit.pk for unit in units], revoked_at__isnull=True, ends_at__gt=at
    )
    with_token = set(live.values_list("subject", flat=True))
    on_duty = set(Shift.objects.filter(unit__in=units, during__contains=at).values_list("unit", flat=True))
    rows = [(unit, unit.pk in on_duty, unit.pk in with_token) for unit in units]
    page = {"rows": rows, "only": only, "manages": bool(spans(by, Verb.UNIT_MANAGE, at))}
    return render(request, "desk/crews.html", page)


@opens_to(Verb.UNIT_TRACK)
@require_GET
def crew(request: HttpRequest, key: UUID) -> HttpResponse:
    return _page(request, visible_unit(request, key))


@opens_to(Verb.UNIT_MANAGE)
@require_POST
def token(request: HttpRequest, key: UUID) -> HttpResponse:
    """A new token, shown now and never again; with `end`, every token is taken back."""
    unit, by, at = _managed_unit(request, key), actor_of(request), clock.now()
    if request.POST.get("end"):
        take_tokens_back(unit=unit, by=by, at=at)
        return redirect("desk:crew", key=key)
    fresh = give_token(unit=unit, by=by, at=at)[1]
    host = f"{request.scheme}://{request.get_host()}"
    osmand = host + reverse("tracking:ingest", args=["osmand"])
    owntracks = host + reverse("tracking:ingest", args=["owntracks"])
    template = f"{osmand}?id={fresh}&lat={{0}}&lon={{1}}&timestamp={{2}}&hdop={{3}}&altitude={{4}}&speed={{5}}"
    shown = {
        "token": fresh, "osmand": osmand, "osmand_template": template, "owntracks": owntracks,
        "qr": qr(template), "secure": request.is_secure(),
    }  # fmt: skip
    answer = _page(request, unit, shown)
    answer["Cache-Control"] = "no-store"
    return answer


@opens_to(Verb.UNIT_TRACK)
@require_POST
def track(request: HttpRequest, key: UUID) -> HttpResponse:
    """Where the unit was on one shift: the look is written down before the row is read."""
    unit, by, at = visible_unit(request, key), actor_of(request), clock.now()
    shift = Shift.objects.filter(unit=unit, pk=key_in(request, "shift")).first()
    if shift is None:
        raise NotVisible
    start, end = stretch_of(shift, at)
    purpose, reason = request.POST.get("purpose", ""), request.POST.get("reason", "")
    fixes = read_track(unit=unit, start=start, end=end, purpose=purpose, reason=reason, by=by, at=at)
    found = track_of(fixes, road_graph())
    page = {"unit": unit, "start": start, "end": end, "reason": reason, "purpose": PURPOSES[purpose],
            "track": found, "at": at}  # fmt: skip
    answer = render(request, "desk/track.html", page)
    answer["Cache-Control"] = "no-store"
    return answer


def _page(request: HttpRequest, unit: Unit, fresh: dict[str, Any] | None = None) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    live = Grant.objects.filter(kind=GrantKind.UNIT, subject=unit.pk, revoked_at__isnull=True, ends_at__gt=at)
    shifts = Shift.objects.filter(unit=unit, during__endswith__gt=at - KEPT) | Shift.objects.filter(
        unit=unit, during__upper_inf=True
    )
    page = {
        "unit": unit, "fresh": fresh, "manages": may(by, Verb.UNIT_MANAGE, unit, at), "purposes": PURPOSES.items(),
        "tokens": live.order_by("given_at"), "at": at,
        "shifts": shifts.prefetch_related("crew__person").order_by("-during")[:SHIFTS],
    }  # fmt: skip
    return render(request, "desk/crew.html", page)


def _managed_unit(request: HttpRequest, key: UUID) -> Unit:
    """Raises NotVisible."""
    reach = within(spans(actor_of(request), Verb.ROSTER_READ, clock.now()))
    found = Unit.objects.filter(reach, pk=key, active=True).first()
    if found is None:
        raise NotVisible
    return found
