"""What the steps of a promise ask for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.matters.common_forms import Line


class KeepForm(forms.Form):
    done = Line(label=_("What was done"), max_length=200)
    person_told = forms.BooleanField(
        label=_("The person was told"), error_messages={"required": _("Tell the person first, then close the promise.")}
    )


class BreakForm(forms.Form):
    reason = Line(label=_("Reason"), max_length=200)
    person_told = forms.BooleanField(
        label=_("The person was told"), error_messages={"required": _("Tell the person first, then close the promise.")}
    )
