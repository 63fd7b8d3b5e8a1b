"""What the steps of a trouble ask for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.kinds.trouble.words import HEARD_BY
from shouwang.matters.common_forms import Line


class SolvedForm(forms.Form):
    solved_by = Line(label=_("What was done"), max_length=200)


class ConfirmForm(forms.Form):
    heard_by = forms.ChoiceField(label=_("How the resident was asked"), choices=list(HEARD_BY.items()))


class NotYetForm(forms.Form):
    reason = Line(label=_("What the resident says"), max_length=200)


class CannotForm(forms.Form):
    reason = Line(label=_("Why it cannot be solved here"), max_length=200)
    whom_to_ask = Line(label=_("Whom to ask instead"), max_length=80)
