"""What the steps of advice ask for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.kinds.advice.words import CHECKS
from shouwang.matters.common_forms import Line


class AcknowledgeForm(forms.Form):
    acknowledged_by = Line(label=_("Acknowledged by (the shop or unit, no name)"), max_length=80)


class SelfCheckForm(forms.Form):
    """As the owner filled it in: what is ticked is in order."""

    in_order = forms.MultipleChoiceField(
        label=_("In order, the owner says"), choices=list(CHECKS.items()), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if isinstance((kwargs.get("data") or {}).get("in_order"), str):
            kwargs["data"] = {"in_order": [kwargs["data"]["in_order"]]}
        super().__init__(*args, **kwargs)


class FollowForm(forms.Form):
    found = Line(label=_("What was found later"), max_length=200)
