"""What is asked when a duty level is ordered, a row of the set is changed, everybody is called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.core.clock import SHANGHAI
from shouwang.duty.models import DutyLevel
from shouwang.places.models import Area
from shouwang.ui.inputs import MinuteInput


class Moment(forms.DateTimeField):
    """A minute of Shanghai, as browsers send it."""

    widget = MinuteInput({"class": "form-control"})

    def __init__(self, **given: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%dT%H:%M"], **given)

    def prepare_value(self, value: Any) -> Any:
        return value.astimezone(SHANGHAI).replace(tzinfo=None) if isinstance(value, dt.datetime) else value


class OrderForm(forms.Form):
    level = forms.ChoiceField(label=_("Duty level"), widget=forms.Select(attrs={"class": "form-control"}))
    area = forms.ChoiceField(label=_("For which ground"), widget=forms.Select(attrs={"class": "form-control"}))
    begins_at = Moment(label=pgettext_lazy("order", "Begins"))
    ends_at = Moment(label=_("Ends by itself"))
    reason = forms.CharField(
        label=_("Why"), max_length=300, widget=forms.TextInput(attrs={"class": "form-control"})
    )  # fmt: skip
    rest_plan = forms.CharField(
        label=_("Rest plan"), max_length=500, required=False, help_text=_("Who sleeps when, and where."),
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 2}),
    )  # fmt: skip

    def __init__(self, *given: Any, levels: Iterable[DutyLevel], areas: Iterable[Area], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["level"].choices = [  # type: ignore[attr-defined]
            (str(one.number), f"{one.number} · {one.name} · {one.says}") for one in levels if not one.standing
        ]
        self.fields["area"].choices = [(one.code, one.name) for one in areas]  # type: ignore[attr-defined]


class LevelForm(forms.Form):
    """The share is asked in per cent."""

    says = forms.CharField(
        label=_("What it means"), max_length=200, widget=forms.TextInput(attrs={"class": "form-control"})
    )  # fmt: skip
    longest_h = forms.IntegerField(label=_("Longest, in hours"), min_value=0, max_value=2000)
    percent = forms.IntegerField(label=_("On duty each day, per cent"), min_value=0, max_value=100)
    rest_h = forms.IntegerField(label=_("Hours of rest between two shifts, at least"), min_value=0, max_value=24)
    nights = forms.IntegerField(label=_("Nights running, at most"), min_value=1, max_value=14)

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for name in ("longest_h", "percent", "rest_h", "nights"):
            self.fields[name].widget.attrs["class"] = "form-control"


class MobilisationForm(forms.Form):
    area = forms.ChoiceField(label=_("Who is called"), widget=forms.Select(attrs={"class": "form-control"}))
    reason = forms.CharField(
        label=_("Why"), max_length=300, widget=forms.TextInput(attrs={"class": "form-control"})
    )  # fmt: skip
    place_text = forms.CharField(
        label=_("Where to assemble"), max_length=120, widget=forms.TextInput(attrs={"class": "form-control"})
    )  # fmt: skip
    assemble_at = Moment(label=_("When to be there"))

    def __init__(self, *given: Any, areas: Iterable[Area], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["area"].choices = [(one.code, one.name) for one in areas]  # type: ignore[attr-defined]
