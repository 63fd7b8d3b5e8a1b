"""Terminals of a station's units: listed by number, registered by themselves, taken off again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from shouwang.connections.jt808.models import Datum
from shouwang.connections.jt808.terminals import list_terminal, open_registration, take_off, terminal_of, terminals_of
from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.duty.models import Unit
from shouwang.people.access import Verb, spans, within
from shouwang.people.forms import CHOOSE
from shouwang.people.routes import opens_to
from shouwang.people.views.asking import by_of, key_in

ACTS: dict[str, Callable[..., object]] = {"open": open_registration, "take-off": take_off}


class NewTerminalForm(forms.Form):
    """The number set in the device, the unit it rides with, and how its maker gives places."""

    number = forms.CharField(
        label=_("Terminal number"), max_length=30, help_text=_("As set in the device; usually the number of its SIM.")
    )
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), empty_label=CHOOSE)
    datum = forms.ChoiceField(
        label=_("Datum"), choices=Datum.choices, help_text=_("WGS-84 unless its maker shifts places for Chinese maps.")
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"


@opens_to(Verb.UNIT_MANAGE)
@require_http_methods(["GET", "POST"])
def terminals(request: HttpRequest) -> HttpResponse:
    """The list, and a form for one more."""
    by, at = by_of(request), clock.now()
    units = Unit.objects.filter(within(spans(by, Verb.UNIT_MANAGE, at)), active=True).order_by("name")
    form = NewTerminalForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        try:
            list_terminal(**form.cleaned_data, by=by, at=at)
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)
        else:
            return redirect("administration:terminals")
    page = {"form": form, "terminals": terminals_of(by, at), "at": at, "port": settings.JT808_PORT}
    return render(request, "administration/terminals.html", page, status=422 if form.errors else 200)


@opens_to(Verb.UNIT_MANAGE)
@require_POST
def terminal(request: HttpRequest, name: str) -> HttpResponse:
    """Let one register again, or take it off."""
    by, at = by_of(request), clock.now()
    if name not in ACTS:
        raise Http404
    ACTS[name](terminal=terminal_of(key_in(request, "terminal"), by, at), by=by, at=at)
    return redirect("administration:terminals")
