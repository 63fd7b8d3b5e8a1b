"""Booths at the desk: the register with who is there, power and line; one booth, kept and typed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.equipment_forms import Dressed
from shouwang.desk.loading import actor_of
from shouwang.desk.records import say_in
from shouwang.duty.booths import Facts, booths_seen, keep_booth, standings, type_state
from shouwang.duty.models import BoothPlace, Item, Power
from shouwang.people.access import NotVisible, may
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb


class BoothForm(Dressed):
    """The register of one booth."""

    place_kind = forms.ChoiceField(label=pgettext_lazy("booth", "Kind of place"), choices=BoothPlace.choices)
    place_text = forms.CharField(label=pgettext_lazy("booth", "Where it stands"), max_length=120, required=False)
    crew_size = forms.IntegerField(label=_("How many ought to be there"), min_value=1, max_value=20)
    opens = forms.TimeField(label=_("Open from"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    closes = forms.TimeField(
        label=_("Open until"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("The same as the beginning: day and night."),
    )  # fmt: skip
    cover_m = forms.IntegerField(label=_("Covers so many metres around"), min_value=50, max_value=5000)
    kit = forms.CharField(label=_("Fixed kit"), max_length=300, required=False)


class StateForm(Dressed):
    """What somebody saw of power and line."""

    power = forms.ChoiceField(label=pgettext_lazy("booth", "Power"), choices=Power.choices)
    line_up = forms.BooleanField(label=_("The line is up"), required=False)


@opens_to(Verb.ROSTER_READ)
@require_safe
def booths(request: HttpRequest) -> HttpResponse:
    """Every booth of the ground as it stands."""
    by, at = actor_of(request), clock.now()
    page = {"nav": "booths", "rows": standings(list(booths_seen(by, at)), at)}
    return render(request, "desk/equipment/booths.html", page)


@opens_to(Verb.ROSTER_READ)
@require_http_methods(["GET", "POST"])
def booth(request: HttpRequest, key: UUID) -> HttpResponse:
    """One of them. A POST keeps the register, or types power and line."""
    by, at = actor_of(request), clock.now()
    unit = booths_seen(by, at).filter(pk=key).first()
    if unit is None:
        raise NotVisible
    row = standings([unit], at)[0]
    told, state = _told(row.booth), {"power": row.booth.power, "line_up": row.line} if row.booth else {}
    typed = request.POST.get("act") == "state"
    form = BoothForm(None if typed else request.POST or None, initial=told)
    states = StateForm(request.POST if typed else None, initial=state)
    status = 200
    if request.method == "POST":
        used: forms.Form = states if typed else form
        status = 422
        if used.is_valid():
            try:
                if typed:
                    type_state(unit, **states.cleaned_data, by=by, at=at)
                else:
                    keep_booth(unit, Facts(**form.cleaned_data), by=by, at=at)
                return redirect("desk:booth", key)
            except Problem as problem:
                status = say_in(used, problem)
    page = {
        "nav": "booths", "row": row, "form": form if may(by, Verb.UNIT_MANAGE, unit, at) else None,
        "states": states if row.booth and may(by, Verb.ROSTER_WRITE, unit, at) else None,
        "items": Item.objects.filter(unit=unit).select_related("kind").order_by("kind__name", "serial"),
    }  # fmt: skip
    return render(request, "desk/equipment/booth.html", page, status=status)


def _told(booth: Any) -> dict[str, Any]:
    names = ("place_kind", "place_text", "crew_size", "opens", "closes", "cover_m", "kit")
    if booth is None:
        return {"crew_size": 2, "cover_m": 500, "opens": "08:00", "closes": "20:00"}
    return {name: getattr(booth, name) for name in names}
