"""Planning a sweep: its list, the kinds of premises, and premises that no register knows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.kinds.hazard.checklists import CHECKLISTS
from shouwang.kinds.hazard.sweeping import Place
from shouwang.places.finding import find_places
from shouwang.registry.lists import Trade, UnitKind
from shouwang.ui.inputs import DayInput

MOST_LINES = 60


class PlacesField(forms.Field):
    """One a line: name, a comma, the place. Gives `Place`s."""

    widget = forms.Textarea(attrs={"rows": 4, "class": "form-control"})

    def clean(self, value: Any) -> list[Place]:
        lines = [line.strip() for line in str(value or "").splitlines() if line.strip()][:MOST_LINES]
        return [self._read(line) for line in lines]

    def _read(self, line: str) -> Place:
        name, _comma, text = line.replace(",", "，").partition("，")
        found = find_places(text.strip(), limit=1) if text.strip() else []
        if not name.strip() or not found:
            told = _("“%(line)s”: write the name, a comma, and a known place.")
            raise forms.ValidationError(told, params={"line": line})
        return Place(name.strip(), found[0].full_text, (found[0].lon, found[0].lat))


class SweepForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the sweep"), max_length=80, widget=forms.TextInput(attrs={"class": "form-control"})
    )
    checklist = forms.ChoiceField(
        label=_("By which list"), choices=[(name, one.label) for name, one in CHECKLISTS.items()],
        widget=forms.Select(attrs={"class": "form-control"}),
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of premises"), choices=[*UnitKind.choices, *Trade.choices], widget=forms.CheckboxSelectMultiple
    )
    until = forms.DateField(label=_("Until when"), widget=DayInput({"class": "form-control"}))
    places = PlacesField(label=_("More premises, one a line: name, place"), required=False)
