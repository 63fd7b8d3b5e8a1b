"""What the steps of an inspection note ask for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.matters.common_forms import Line


class AnswerForm(forms.Form):
    answered = forms.CharField(
        label=_("What the unit answers"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class SettleForm(forms.Form):
    remark = Line(label=_("Remark of the inspector"), max_length=200, required=False)


class AskAgainForm(forms.Form):
    reason = Line(label=_("What is not answered yet"), max_length=200)


class TakeBackForm(forms.Form):
    reason = Line(label=_("Why the note is taken back"), max_length=200)
