"""What the steps of an event ask for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.kinds.event.words import WENT
from shouwang.matters.common_forms import Line

AREA = {"rows": 3}


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
