"""Noting that somebody wants to be looked in on: what he tells of himself, what he needs, how often, until when."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.core.window import Window
from shouwang.desk.safety_forms import PlacedForm
from shouwang.kinds.visit.words import NEEDS, SUBKINDS, WHY_AT_HOME
from shouwang.ui.inputs import DayInput, HourInput


class AtHomeForm(PlacedForm):
    """When the person is at home: a round keeps to it."""

    home_from = forms.TimeField(label=_("At home from"), widget=HourInput(), required=False)
    home_until = forms.TimeField(
        label=_("At home until"), widget=HourInput(), required=False, help_text=_("A round comes within these hours."),
    )  # fmt: skip

    @property
    def at_home(self) -> Window:
        return Window(self.cleaned_data["home_from"], self.cleaned_data["home_until"])


class WishForm(AtHomeForm):
    name = forms.CharField(label=_("Name"), max_length=60)
    number = forms.CharField(label=_("Telephone"), max_length=30, required=False)
    need = forms.ChoiceField(label=_("Need"), choices=list(NEEDS.items()))
    every_days = forms.IntegerField(label=_("Every how many days"), min_value=1, max_value=365, initial=7)
    ends_on = forms.DateField(
        label=_("Until when"), widget=DayInput(),
        help_text=_("A year at most; then the person is asked again."),
    )  # fmt: skip
    agreed = forms.BooleanField(label=_("The person wants this and was told that it ends whenever he says so."))

    field_order = (
        "name",
        "number",
        "place_text",
        "chosen",
        "need",
        "every_days",
        "home_from",
        "home_until",
        "ends_on",
        "agreed",
    )


class VisitForm(AtHomeForm):
    name = forms.CharField(label=_("Name"), max_length=60)
    number = forms.CharField(label=_("Telephone"), max_length=30)
    subkind = forms.ChoiceField(
        label=_("What for"), choices=[(one.name, one.label) for one in SUBKINDS.values() if one.group == "asked"]
    )
    why_at_home = forms.ChoiceField(label=_("Why at home"), choices=list(WHY_AT_HOME.items()))

    field_order = ("name", "number", "place_text", "chosen", "subkind", "why_at_home", "home_from", "home_until")


class DeviceForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=40, widget=forms.TextInput(attrs={"class": "form-control"}))
    serial = forms.CharField(
        label=_("Number on the device"), max_length=40, widget=forms.TextInput(attrs={"class": "form-control"})
    )
