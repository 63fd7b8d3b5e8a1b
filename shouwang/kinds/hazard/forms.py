"""What the steps of a hazard ask for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.kinds.hazard.words import COMPETENT
from shouwang.matters.common_forms import Line


class NotifyForm(forms.Form):
    told = Line(label=_("Who was told (the unit or shop, no person's name)"), max_length=80)
    to_do = Line(label=_("What has to be done"), max_length=200)


class MendedForm(forms.Form):
    mended_by = Line(label=_("What was mended"), max_length=200)


class NotMendedForm(forms.Form):
    reason = Line(label=_("What is still wrong"), max_length=200)


class ReferForm(forms.Form):
    body = forms.ChoiceField(label=_("Competent body"), choices=list(COMPETENT.items()))
    reference = Line(label=_("Its reference"), max_length=40, required=False)
    reason = Line(label=_("Reason"), max_length=200)


class NoHazardForm(forms.Form):
    reason = Line(label=_("Why it is no hazard"), max_length=200)
