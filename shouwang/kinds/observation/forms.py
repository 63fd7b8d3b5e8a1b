"""What screening an observation asks for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.matters.common_forms import Line


class NothingForm(forms.Form):
    reason = Line(label=_("Reason"), max_length=200)


class AdvisedForm(forms.Form):
    told = Line(label=_("Who was advised (the place, no name)"), max_length=80)


class HandedForm(forms.Form):
    unit = Line(label=_("Competent unit"), max_length=80)
    reference = Line(label=_("Its receipt"), max_length=40)
