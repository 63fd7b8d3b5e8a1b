"""What a resident types about his own record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.portal.reporting import Control
from shouwang.registry.lists import RequestKind
from shouwang.registry.requests import LONGEST


class WishForm(Control):
    wish = forms.CharField(
        label=_("In your own words"), max_length=LONGEST, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only whoever answers reads this. Write no more than is needed."),
        error_messages={"required": _("Say in a few words what it is about. Nothing was handed in yet.")},
    )  # fmt: skip
    about = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, kind: RequestKind, *args: Any, **kwargs: Any) -> None:
        """Only a look can be asked about without words."""
        super().__init__(*args, **kwargs)
        self.fields["wish"].required = kind != RequestKind.EXPLAIN
