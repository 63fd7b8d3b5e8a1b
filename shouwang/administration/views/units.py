"""Units of a station, set up by whoever leads it: cars, foot patrols, booths."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.duty.models.unit import UnitForm as Forms
from shouwang.duty.units import set_up_unit, units_seen_by
from shouwang.people.access import Verb
from shouwang.people.forms import CHOOSE
from shouwang.people.routes import opens_to
from shouwang.people.views.asking import by_of
from shouwang.people.views.colleagues import reached_areas
from shouwang.places.models import Area
from shouwang.places.models.area import Tier


class NewUnitForm(forms.Form):
    """What it is called, what it is, and where it is at home."""

    name = forms.CharField(
        label=_("What the unit is called"), max_length=40, help_text=_("As on the radio, such as 桥西1组.")
    )
    initials = forms.CharField(
        label=_("Short for typing"), max_length=12, required=False, help_text=_("Such as qx1, for the command bar.")
    )
    form = forms.ChoiceField(label=_("What it is"), choices=Forms.choices)
    home = forms.ModelChoiceField(label=_("Whose unit"), queryset=Area.objects.none(), empty_label=CHOOSE)

    def __init__(self, *args: Any, areas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["home"].queryset = areas  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"


@opens_to(Verb.UNIT_MANAGE)
@require_http_methods(["GET", "POST"])
def units(request: HttpRequest) -> HttpResponse:
    by, at = by_of(request), clock.now()
    offices = reached_areas(by, Verb.UNIT_MANAGE, at).filter(tier__in=[Tier.BUREAU, Tier.STATION])
    form = NewUnitForm(request.POST or None, areas=offices, initial={"home": offices.first()})
    if request.method == "POST" and form.is_valid():
        try:
            set_up_unit(**form.cleaned_data, by=by, at=at)
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)
        else:
            return redirect("administration:units")
    page = {"form": form, "units": units_seen_by(by, at)}
    return render(request, "administration/units.html", page, status=422 if form.errors else 200)
