"""What the steps of a directive ask for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.kinds.directive.words import EFFECTS
from shouwang.matters.common_forms import Line

AREA = {"rows": 3}


class FeedBackForm(forms.Form):
    effect = forms.ChoiceField(label=_("What came of it"), choices=list(EFFECTS.items()))
    feedback = forms.CharField(label=_("What was done and seen"), max_length=500, widget=forms.Textarea(attrs=AREA))


class VerifyForm(forms.Form):
    remark = Line(label=_("Remark of the issuer"), max_length=200, required=False)


class SendBackForm(forms.Form):
    reason = Line(label=_("What is still missing"), max_length=200)


class WithdrawForm(forms.Form):
    reason = Line(label=_("Why it is withdrawn"), max_length=200)
