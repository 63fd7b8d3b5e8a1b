"""Check-ins at the desk: whose timer runs, who is silent, and the rule by which timers begin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.equipment_forms import Dressed
from shouwang.desk.loading import actor_of
from shouwang.desk.records import say_in
from shouwang.duty.checking_in import running, set_rule
from shouwang.duty.models import CheckInRule
from shouwang.people.access import spans, within
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.places.models import Area
from shouwang.places.models.area import Tier


class RuleForm(Dressed):
    """0: timers do not begin by themselves."""

    area = forms.ModelChoiceField(
        label=pgettext_lazy("check-in", "Office"), queryset=Area.objects.none(), empty_label=None
    )  # fmt: skip
    lone_min = forms.IntegerField(
        label=_("Alone on a unit: every so many minutes"), min_value=0, max_value=240, initial=0,
        help_text=_("0: the timer does not begin by itself."),
    )  # fmt: skip
    night_min = forms.IntegerField(
        label=_("22:00 to 06:00: every so many minutes"), min_value=0, max_value=240, initial=0
    )

    def __init__(self, *given: Any, offices: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["area"].queryset = offices  # type: ignore[attr-defined]


@opens_to(Verb.UNIT_SEND)
@require_http_methods(["GET", "POST"])
def check_ins(request: HttpRequest) -> HttpResponse:
    """Timers that run; a POST sets the rule of an office."""
    by, at = actor_of(request), clock.now()
    offices = Area.objects.filter(
        within(spans(by, Verb.ROSTER_WRITE, at)), tier__in=(Tier.BUREAU, Tier.STATION)
    ).order_by("duty_path")  # fmt: skip
    form, status = (RuleForm(request.POST or None, offices=offices) if offices else None), 200
    if request.method == "POST" and form is not None:
        status = 422
        if form.is_valid():
            try:
                set_rule(**form.cleaned_data, by=by, at=at)
                return redirect("desk:check_ins")
            except Problem as problem:
                status = say_in(form, problem)
    rules = CheckInRule.objects.filter(area__in=Area.objects.filter(within(spans(by, Verb.ROSTER_READ, at))))
    page = {"nav": "check_ins", "rows": running(by, at), "form": form, "rules": rules.select_related("area"), "at": at}
    return render(request, "desk/rosters/check_ins.html", page, status=status)
