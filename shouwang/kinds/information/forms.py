"""What the steps of an information item ask for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.kinds.information.words import HELPED, JUDGED
from shouwang.matters.common_forms import Line


class AssessForm(forms.Form):
    judged = forms.ChoiceField(label=_("How firm it is"), choices=list(JUDGED.items()))
    remark = Line(label=_("Remark on it"), max_length=200, required=False)


class DirectForm(forms.Form):
    to = forms.UUIDField(label=_("Station or community that acts"))
    what = Line(label=_("What it is to do"), max_length=120)


class AssessAgainForm(forms.Form):
    helped = forms.ChoiceField(label=_("Assessed again"), choices=list(HELPED.items()))
    remark = Line(label=_("Remark on it"), max_length=200, required=False)


class SetAsideForm(forms.Form):
    reason = Line(label=_("Why there is nothing to act on"), max_length=200)
