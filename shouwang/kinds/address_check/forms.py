"""What the steps of an address check ask for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.matters.common_forms import Line


class FoundForm(forms.Form):
    found = Line(
        label=_("Which address it is"), max_length=200, help_text=_("Enter it under “Addresses” if it is new.")
    )


class NotThereForm(forms.Form):
    seen = Line(label=_("What is there instead"), max_length=200)
