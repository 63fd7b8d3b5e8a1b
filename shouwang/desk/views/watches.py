"""Duty chief and duty lead: shifts put down and closed with a note, and the approval matrix beside them."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.equipment_forms import Dressed
from shouwang.desk.loading import actor_of
from shouwang.desk.records import say_in
from shouwang.duty.models import NightApproval, Watch
from shouwang.duty.watches import (
    CHIEFS,
    LEADS,
    close_watch,
    drop_watch,
    may_close,
    not_closed,
    people_for,
    set_watch,
    watch_seen,
    watches_seen,
)
from shouwang.people.access import spans, within
from shouwang.people.models import Person
from shouwang.people.routes import opens_to
from shouwang.people.verbs import LABELS, Verb
from shouwang.places.models import Area
from shouwang.places.models.area import Tier
from shouwang.ui.inputs import MinuteInput

BACK, AHEAD = dt.timedelta(days=3), dt.timedelta(days=14)


class WatchForm(Dressed):
    """One shift of one office."""

    area = forms.ModelChoiceField(
        label=pgettext_lazy("watch", "Office"), queryset=Area.objects.none(), empty_label=None
    )  # fmt: skip
    begins_at = forms.DateTimeField(label=pgettext_lazy("watch", "From"), widget=MinuteInput())
    ends_at = forms.DateTimeField(label=pgettext_lazy("watch", "Until"), widget=MinuteInput())
    chief = forms.ModelChoiceField(label=_("Duty chief"), queryset=Person.objects.none(), empty_label=None)
    lead = forms.ModelChoiceField(
        label=pgettext_lazy("watch", "Duty lead"), queryset=Person.objects.none(), empty_label=None
    )  # fmt: skip

    def __init__(self, *given: Any, offices: Any, at: dt.datetime, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["area"].queryset = offices  # type: ignore[attr-defined]
        for name, roles in (("chief", CHIEFS), ("lead", LEADS)):
            found = {one.pk for office in offices for one in people_for(office, roles, at)}
            self.fields[name].queryset = Person.objects.filter(pk__in=found).order_by("name")  # type: ignore[attr-defined]


@opens_to(Verb.ROSTER_READ)
@require_http_methods(["GET", "POST"])
def watches(request: HttpRequest) -> HttpResponse:
    """Shifts from three days back to two weeks ahead, and those not closed; a POST puts one down."""
    by, at = actor_of(request), clock.now()
    offices = Area.objects.filter(
        within(spans(by, Verb.ROSTER_WRITE, at)), tier__in=(Tier.BUREAU, Tier.STATION)
    ).order_by("duty_path")  # fmt: skip
    form = WatchForm(request.POST or None, offices=offices, at=at, initial=_next(at)) if offices else None
    status = 200
    if request.method == "POST" and form is not None:
        status = 422
        if form.is_valid():
            try:
                set_watch(**form.cleaned_data, by=by, at=at)
                return redirect("desk:watches")
            except Problem as problem:
                status = say_in(form, problem)
    return render(request, "desk/rosters/watches.html", _page(request, form), status=status)


@opens_to(Verb.ROSTER_READ)
@require_POST
def watch(request: HttpRequest, key: UUID) -> HttpResponse:
    """Closes one with its note, or takes one that has not begun off the list."""
    by, at = actor_of(request), clock.now()
    row = watch_seen(key, by, at)
    try:
        if request.POST.get("act") == "drop":
            drop_watch(row, by=by, at=at)
        else:
            close_watch(row, note=request.POST.get("note", ""), by=by, at=at)
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        page = _page(request, None) | {"problem": problem.message}
        return render(request, "desk/rosters/watches.html", page, status=problem.status)
    return redirect("desk:watches")


def _page(request: HttpRequest, form: WatchForm | None) -> dict[str, Any]:
    by, at = actor_of(request), clock.now()
    rows = watches_seen(by, at).filter(during__overlap=(at - BACK, at + AHEAD)) | not_closed(by, at)
    matrix = [(one, LABELS.get(Verb(one.act), one.act)) for one in NightApproval.objects.order_by("act", "side")]
    return {
        "nav": "watches", "form": form, "matrix": matrix, "at": at,
        "rows": [(one, _state(one, at), may_close(one, by, at)) for one in rows.order_by("-during")[:60]],
    }  # fmt: skip


def _state(row: Watch, at: dt.datetime) -> str:
    if row.closed_at is not None:
        return "closed"
    return "coming" if row.during.lower > at else "now" if row.during.upper > at else "unclosed"


def _next(at: dt.datetime) -> dict[str, dt.datetime]:
    """Tonight's: 18:00 to 08:30."""
    evening = dt.datetime.combine(clock.local_date(at), dt.time(18), clock.SHANGHAI)
    return {"begins_at": evening, "ends_at": evening + dt.timedelta(hours=14, minutes=30)}
