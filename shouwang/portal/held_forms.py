"""What a resident types about his own record."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.portal.reporting import Control
from shouwang.registry.requests import LONGEST


class WishForm(Control):
    wish = forms.CharField(
        label=_("In your own words"), max_length=LONGEST, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only whoever answers reads this. Write no more than is needed."),
    )  # fmt: skip
    about = forms.UUIDField(required=False, widget=forms.HiddenInput)
