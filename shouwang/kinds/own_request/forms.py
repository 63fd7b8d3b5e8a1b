"""What the steps of a request ask for. The person reads all of it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.matters.common_forms import Line


class DoneForm(forms.Form):
    done = Line(label=_("What was done, or the answer"), max_length=300, help_text=_("The person reads this."))


class RefuseForm(forms.Form):
    reason = Line(label=_("Why it is not done"), max_length=300, help_text=_("Name the rule. The person reads this."))
    remedy = Line(
        label=_("What the person can do now"), max_length=300,
        help_text=_("For example: complain to the bureau, or go to court (Personal Information Protection Law 50)."),
    )  # fmt: skip
