"""What the steps of an event ask for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.kinds.event.opening import OF_A_CROWD
from shouwang.kinds.event.words import PARTS, WENT
from shouwang.matters.common_forms import Line
from shouwang.ui.inputs import MinuteInput

AREA = {"rows": 3}


class AmendForm(forms.Form):
    """What of a plan can be changed. The last three are of a crowd only."""

    gist = Line(label=PARTS["gist"], max_length=120)
    starts_at = forms.DateTimeField(label=PARTS["starts_at"], widget=MinuteInput())
    ends_at = forms.DateTimeField(label=PARTS["ends_at"], widget=MinuteInput())
    traffic = forms.CharField(label=PARTS["traffic"], max_length=1000, widget=forms.Textarea(attrs=AREA))
    contingency = forms.CharField(label=PARTS["contingency"], max_length=1000, widget=forms.Textarea(attrs=AREA))
    organiser = forms.CharField(label=PARTS["organiser"], max_length=80, required=False)
    capacity = forms.IntegerField(label=PARTS["capacity"], min_value=1, max_value=1_000_000, required=False)
    lost_child = forms.CharField(label=PARTS["lost_child"], max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"

    def without_crowd(self) -> AmendForm:
        """For an exam or a meeting."""
        for name in OF_A_CROWD:
            del self.fields[name]
        return self


class SendBackForm(forms.Form):
    reason = Line(label=_("What the plan lacks"), max_length=200)


class ReopenForm(forms.Form):
    reason = Line(label=_("What has to be changed"), max_length=200)


class CallOffForm(forms.Form):
    reason = Line(label=_("Why it is called off"), max_length=200)


class ReviewForm(forms.Form):
    went = forms.ChoiceField(label=_("How it went"), choices=list(WENT.items()))
    kept = forms.CharField(label=_("What to keep"), max_length=500, required=False, widget=forms.Textarea(attrs=AREA))
    change = forms.CharField(
        label=_("What to change"), max_length=500, required=False, widget=forms.Textarea(attrs=AREA)
    )
