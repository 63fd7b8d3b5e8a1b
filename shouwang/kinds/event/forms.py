"""What the steps of an event ask for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.kinds.event.opening import OF_A_CROWD
from shouwang.kinds.event.words import WENT
from shouwang.matters.common_forms import Line
from shouwang.ui.inputs import MinuteInput

AREA = {"rows": 3}


class AmendForm(forms.Form):
    """What of a plan can be changed. The last two are of a crowd only."""

    gist = Line(label=_("What it is called"), max_length=120)
    starts_at = forms.DateTimeField(label=_("Posts begin"), widget=MinuteInput())
    ends_at = forms.DateTimeField(label=_("Posts end"), widget=MinuteInput())
    traffic = forms.CharField(label=_("Traffic plan"), max_length=1000, widget=forms.Textarea(attrs=AREA))
    contingency = forms.CharField(label=_("If something happens"), max_length=1000, widget=forms.Textarea(attrs=AREA))
    capacity = forms.IntegerField(label=_("Licensed capacity"), min_value=1, max_value=1_000_000, required=False)
    lost_child = forms.CharField(label=_("Lost-child point"), max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"

    def without_crowd(self) -> AmendForm:
        """For an exam or a meeting."""
        for name in OF_A_CROWD:
            self.fields.pop(name, None)
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
