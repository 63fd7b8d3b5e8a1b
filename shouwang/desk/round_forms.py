"""Planning a round, and noting work beside matters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.translation import gettext_lazy as _

from shouwang.core.window import Window
from shouwang.desk.safety_forms import PlacedForm
from shouwang.rounds.works import BY_HAND
from shouwang.ui.inputs import DayInput, HourInput, MinuteInput


class RoundForm(PlacedForm):
    """`place_text`: where the round begins and ends. `from_…`, `until_…`: within which hours somebody is at a place."""

    walker = forms.ChoiceField(label=_("Who walks"))
    starts_at = forms.DateTimeField(label=_("Sets out"), widget=MinuteInput())
    hours = forms.IntegerField(label=_("Hours at most"), min_value=1, max_value=10, initial=4)
    matters = forms.MultipleChoiceField(label=_("Where to"), widget=forms.CheckboxSelectMultiple)

    field_order = ("walker", "starts_at", "hours", "place_text", "chosen", "matters")

    def __init__(self, *args: Any, walkers: Any, matters: Any, windows: Mapping[UUID, Window], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at_places = windows
        for key, window in windows.items():
            for name, label, kept in (
                ("from", _("There from"), window.opens),
                ("until", _("There until"), window.closes),
            ):
                hour = HourInput(attrs={"class": "form-control"})
                self.fields[f"{name}_{key}"] = forms.TimeField(label=label, widget=hour, required=False, initial=kept)
        self.fields["place_text"].label = _("Begins and ends at")
        self.fields["walker"].choices = walkers  # type: ignore[attr-defined]
        self.fields["matters"].choices = matters  # type: ignore[attr-defined]
        del self.fields["matters"].widget.attrs["class"]

    @property
    def lasts(self) -> dt.timedelta:
        return dt.timedelta(hours=self.cleaned_data["hours"])

    @property
    def windows(self) -> dict[UUID, Window]:
        told = self.cleaned_data
        return {key: Window(told[f"from_{key}"], told[f"until_{key}"]) for key in self.at_places}

    def asked(self) -> list[BoundField]:
        """All but the places and their hours."""
        return [field for field in self.visible_fields() if not field.name.startswith(("matters", "from_", "until_"))]

    def rows(self) -> list[tuple[BoundWidget, BoundField, BoundField]]:
        """Each place with its box and its two hours."""
        boxes = [(box, box.data["value"]) for box in self["matters"]]
        return [(box, self[f"from_{key}"], self[f"until_{key}"]) for box, key in boxes]


class ActivityForm(forms.Form):
    work = forms.ChoiceField(label=_("Sort of work"), choices=list(BY_HAND.items()))
    on = forms.DateField(label=_("Day"), widget=DayInput())
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1440, initial=60)
    n_staff = forms.IntegerField(label=_("How many of us"), min_value=1, max_value=200, initial=1)
    topic = forms.CharField(label=_("Topic"), max_length=80, required=False)
    streets = forms.CharField(label=_("Streets"), max_length=200, required=False)
    reached = forms.IntegerField(
        label=_("How many were reached"), min_value=0, max_value=100_000, required=False,
        help_text=_("A number. Nobody is named or listed."),
    )  # fmt: skip
    questions = forms.CharField(label=_("Questions that were raised"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"
