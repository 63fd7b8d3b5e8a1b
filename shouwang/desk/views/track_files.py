"""The track of one's own unit as a file, after a shift without network: what was kept of it, what was not, and why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of
from shouwang.desk.tracks import DROPPED
from shouwang.duty.models import Unit
from shouwang.duty.units import units_seen_by
from shouwang.people.routes import opens_to
from shouwang.people.verbs import Verb
from shouwang.tracking.bringing import LARGEST, MB, bring_track, units_to_bring_for
from shouwang.tracking.files.problems import FileTooLarge


class TrackFileForm(forms.Form):
    unit = forms.ChoiceField(label=_("Crew"), widget=forms.Select(attrs={"class": "form-control"}))
    file = forms.FileField(
        label=_("The track (GPX or NMEA)"),
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".gpx,.nmea,.log,.txt,.xml"}),
    )

    def __init__(self, units: list[Unit], *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.units = {str(unit.pk): unit for unit in units}
        self.fields["unit"].choices = [(key, unit.name) for key, unit in self.units.items()]  # type: ignore[attr-defined]

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(FileTooLarge(most=LARGEST // MB).message)
        return bytes(file.read())


@opens_to(Verb.SHIFT_SIGN, Verb.EQUIPMENT_KEEP)
@require_http_methods(["GET", "POST"])
def track_file(request: HttpRequest) -> HttpResponse:
    """Bring one; the same file again changes nothing."""
    by, at = actor_of(request), clock.now()
    units = units_to_bring_for(by, units_seen_by(by, at), at)
    form = TrackFileForm(units, request.POST or None, request.FILES or None)
    brought = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            brought = bring_track(given["file"], unit=form.units[given["unit"]], by=by, at=at)
        except Problem as problem:
            if problem.status in (403, 404):
                raise
            form.add_error("file", problem.message)
    page = {
        "form": form, "units": units, "brought": brought, "most": LARGEST // MB,
        "unit": form.units.get(request.POST.get("unit", "")),
        "dropped": [(words, remedy, brought.dropped[key]) for key, (words, remedy) in DROPPED.items()
                    if brought.dropped[key]] if brought else [],
    }  # fmt: skip
    return render(request, "desk/track_file.html", page, status=422 if form.errors else 200)
