"""The record of a matter as a signed file: asked with a purpose and a reason, handed over once, kept nowhere."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of
from shouwang.desk.lookback.named import matter_named
from shouwang.oversight.exporting import make_export
from shouwang.oversight.purposes import PURPOSES
from shouwang.people.access import Verb
from shouwang.people.routes import opens_to


class ExportForm(forms.Form):
    number = forms.IntegerField(
        label=_("Number of the matter"), min_value=1, widget=forms.NumberInput(attrs={"class": "form-control"})
    )
    purpose = forms.ChoiceField(label=_("Purpose"), choices=list(PURPOSES.items()), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), min_length=4, max_length=120, widget=forms.TextInput(attrs={"class": "form-control"}),
        help_text=_("Which call, which complaint; those who are looked at can read it"),
    )  # fmt: skip


@opens_to(Verb.PAST_REPLAY)
@require_http_methods(["GET", "POST"])
def export(request: HttpRequest) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    form = ExportForm(request.POST or None, initial={"number": request.GET.get("number", "")})
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        matter = matter_named(given.pop("number"), by, at)
        if matter is None:
            form.add_error("number", _("No matter of yours has this number."))
        else:
            try:
                made = make_export(matter=matter, by=by, at=at, language=get_language() or "zh-hans", **given)
            except Problem as refused:
                form.add_error(refused.field or "number", refused.message)
            else:
                told = {"Content-Disposition": f'attachment; filename="{made.name}"', "Cache-Control": "no-store"}
                return HttpResponse(made.data, content_type="application/zip", headers=told)
    return render(request, "desk/lookback/export.html", {"form": form}, status=422 if form.errors else 200)
