"""Tracks that a matter keeps beyond 30 days: asked for, decided by another, opened for a reason, ended."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.loading import NotChosen, actor_of
from shouwang.desk.lookback.named import matter_named
from shouwang.desk.tracks import track_of
from shouwang.duty.models import Unit
from shouwang.matters.models import Matter
from shouwang.people.access import Verb, may
from shouwang.people.models import Person
from shouwang.people.routes import opens_to
from shouwang.places.loading import road_graph
from shouwang.tracking.archiving import open_archive
from shouwang.tracking.keeping import TERMS, ask_keeping, decide_keeping, end_keeping, keepings_seen_by
from shouwang.tracking.models import KeepingState

SHOWN = 50


class KeepingForm(forms.Form):
    number = forms.IntegerField(
        label=_("Number of the matter"), min_value=1, widget=forms.NumberInput(attrs={"class": "form-control"})
    )
    term_days = forms.TypedChoiceField(
        label=_("How long"), choices=list(TERMS.items()), coerce=int,
        widget=forms.Select(attrs={"class": "form-control"}),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), min_length=4, max_length=120, widget=forms.TextInput(attrs={"class": "form-control"}),
        help_text=_("Which appeal, which complaint, which court"),
    )  # fmt: skip


@opens_to(Verb.PAST_ASK, Verb.PAST_APPROVE, Verb.PAST_REPLAY)
@require_GET
def kept_tracks(request: HttpRequest) -> HttpResponse:
    return _page(request)


@opens_to(Verb.PAST_ASK)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    form = KeepingForm(request.POST or None, initial={"number": request.GET.get("number", "")})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        matter = matter_named(given["number"], by, at)
        if matter is None:
            form.add_error("number", _("No matter of yours has this number."))
        else:
            try:
                ask_keeping(matter=matter, reason=given["reason"], term_days=given["term_days"], by=by, at=at)
                return redirect("desk:kept_tracks")
            except Problem as refused:
                form.add_error(refused.field or "number", refused.message)
    return render(request, "desk/lookback/kept_track_new.html", {"form": form}, status=422 if form.errors else 200)


@opens_to(Verb.PAST_APPROVE)
@require_POST
def decided(request: HttpRequest, key: UUID) -> HttpResponse:
    """Agree, refuse, or end what is kept."""
    by, at, decision = actor_of(request), clock.now(), request.POST.get("decision", "")
    try:
        match decision:
            case "keep" | "refuse":
                decide_keeping(key, kept=decision == "keep", by=by, at=at)
            case "end":
                end_keeping(key, by=by, at=at)
            case _:
                raise NotChosen(field="decision")
    except Problem as refused:
        return _page(request, refused)
    return redirect("desk:kept_tracks")


@opens_to(Verb.PAST_REPLAY)
@require_POST
def archive(request: HttpRequest, key: UUID) -> HttpResponse:
    """Where the unit was: the look is written down before the file is opened."""
    by, at, reason = actor_of(request), clock.now(), request.POST.get("reason", "")
    try:
        row, unit, fixes = open_archive(key, reason=reason, by=by, at=at)
    except Problem as refused:
        return _page(request, refused)
    page = {
        "unit": unit, "start": row.starts_at, "end": row.ends_at, "reason": reason, "purpose": _("Kept for a matter"),
        "track": track_of(fixes, road_graph()), "at": at,
    }  # fmt: skip
    answer = render(request, "desk/track.html", page)
    answer["Cache-Control"] = "no-store"
    return answer


def _page(request: HttpRequest, refused: Problem | None = None) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    if refused is not None and refused.status == 404:
        raise refused
    rows = list(keepings_seen_by(by, at).prefetch_related("archives").order_by("-asked_at")[:SHOWN])
    matters = Matter.objects.in_bulk([one.matter for one in rows])
    people = {who for one in rows for who in (one.asked_by, one.decided_by) if who}
    names = dict(Person.objects.filter(pk__in=people).values_list("pk", "name"))
    units = dict(
        Unit.objects.filter(pk__in={kept.unit for one in rows for kept in one.archives.all()}).values_list("pk", "name")
    )
    today = clock.local_date(at)
    page: dict[str, Any] = {
        "rows": [
            {
                "keeping": one, "matter": matters[one.matter], "asked": names.get(one.asked_by, "—"),
                "decided": names.get(one.decided_by, "") if one.decided_by else "",
                "over": one.retain_until is not None and one.retain_until <= today,
                "approves": may(by, Verb.PAST_APPROVE, matters[one.matter], at), "own": one.asked_by == by.person_id,
                "archives": [
                    (kept, units.get(kept.unit, "—"))
                    for kept in sorted(one.archives.all(), key=lambda kept: kept.starts_at)
                ],
            }
            for one in rows
        ],
        "asks": may(by, Verb.PAST_ASK, None, at), "replays": may(by, Verb.PAST_REPLAY, None, at),
        "waiting": any(one.state == KeepingState.ASKED for one in rows), "problem": refused.message if refused else "",
    }  # fmt: skip
    return render(request, "desk/lookback/kept_tracks.html", page, status=refused.status if refused else 200)
