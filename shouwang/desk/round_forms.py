"""Planning a round, and noting work beside matters."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.desk.safety_forms import PlacedForm
from shouwang.rounds.works import BY_HAND
from shouwang.ui.inputs import DayInput, MinuteInput


class RoundForm(PlacedForm):
    """`place_text`: where the round begins and ends."""

    walker = forms.ChoiceField(label=_("Who walks"))
    starts_at = forms.DateTimeField(label=_("Sets out"), widget=MinuteInput())
    hours = forms.IntegerField(label=_("Hours at most"), min_value=1, max_value=10, initial=4)
    matters = forms.MultipleChoiceField(label=_("Where to"), widget=forms.CheckboxSelectMultiple)

    field_order = ("walker", "starts_at", "hours", "place_text", "chosen", "matters")

    def __init__(self, *args: Any, walkers: Any, matters: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place_text"].label = _("Begins and ends at")
        self.fields["walker"].choices = walkers  # type: ignore[attr-defined]
        self.fields["matters"].choices = matters  # type: ignore[attr-defined]
        del self.fields["matters"].widget.attrs["class"]

    @property
    def lasts(self) -> dt.timedelta:
        return dt.timedelta(hours=self.cleaned_data["hours"])


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
